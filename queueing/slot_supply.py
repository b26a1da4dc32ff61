"""How much of the windows' time may be booked in each slot of a day, when nobody has booked yet.

A window gives to a slot when it is open all through, and then its bookable share of these minutes. The
shares add up over the day and are given out in whole visits of the window's longest bookable service: with
a share of 0.3 and visits of 12 minutes the half hours of one window have room for 0, 1, 1, 1, 0, … visits,
and at no moment of the day has more than 0.3 of the time since opening been given away. A window that only
helps gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from queueing.hours import OpeningHours
from queueing.house import House, Window

DAY_MINUTES = 1440
KEPT_DAYS, KEPT_PLACES = 70, 4096
TINY = 1e-6
"""Seconds: what adding shares up loses."""


class Supply:
    """The bookable seconds of one house; services and windows are told apart by their ids."""

    def __init__(self, house: House, hours: OpeningHours) -> None:
        self._hours, self._rules = hours, house.bookings
        self.seconds = {each.id: max(1, round(each.minutes * 60)) for each in house.services}
        self._windows = [window for window in house.windows if any(map(self._share_of, window.serves))]
        self._taken_at = {
            window.id: [service for service in window.serves if self._share_of(service) > 0]
            for window in self._windows
        }
        self.served_by: dict[str, list[str]] = {}
        for window, services in self._taken_at.items():
            for service in services:
                self.served_by.setdefault(service, []).append(window)
        self._share = {w: max(map(self._share_of, s)) for w, s in self._taken_at.items()}
        self.of_day = lru_cache(maxsize=KEPT_DAYS)(self._of_day)
        self.places = lru_cache(maxsize=KEPT_PLACES)(self._places)
        self.sharing = lru_cache(maxsize=None)(self._sharing)

    def _share_of(self, service: str) -> float:
        return self._rules.share_of(service)

    def _sharing(self, service: str) -> frozenset[str]:
        """All services that draw on the same windows as this one, over any others; itself included."""
        found, new = {service}, [service]
        while new:
            windows = self.served_by.get(new.pop(), ())
            near = {other for window in windows for other in self._taken_at[window]} - found
            found |= near
            new += near
        return frozenset(found)

    def _places(self, service: str, day: date) -> Mapping[int, int]:
        """Places of a service by the minute at which the slot begins; slots without any are left out."""
        seconds, carried, found = self.seconds[service], 0.0, {}
        for start, given in self.of_day(day).items():
            mine = {window: given[window] for window in self.served_by.get(service, ()) if window in given}
            parts = [self._share_of(service) / self._share[window] for window in mine]
            before = carried
            carried += sum(part * amount for part, amount in zip(parts, mine.values(), strict=True))
            whole = int((carried + TINY) // seconds) - int((before + TINY) // seconds)
            found[start] = sum(mine.values()) // seconds if all(part == 1 for part in parts) else whole
        return {start: places for start, places in found.items() if places}

    def _of_day(self, day: date) -> Mapping[int, Mapping[str, int]]:
        """By the minute at which a slot begins: the bookable seconds of each window that is open then."""
        found: dict[int, dict[str, int]] = {}
        for window in self._windows:
            for start, seconds in self._given(window, day):
                found.setdefault(start, {})[window.id] = seconds
        return dict(sorted(found.items()))

    def _given(self, window: Window, day: date) -> Iterator[tuple[int, int]]:
        """The window's slots with what it gives to each: whole visits out of what has added up."""
        visit = max(self.seconds[service] for service in self._taken_at[window.id])
        more, added = self._share[window.id] * self._rules.slot_minutes * 60, TINY
        for start in self._whole_slots(window, day):
            yield start, (int((added + more) // visit) - int(added // visit)) * visit
            added += more

    def _whole_slots(self, window: Window, day: date) -> list[int]:
        midnight, length = datetime.combine(day, datetime.min.time()), self._rules.slot_minutes
        stretches = [
            ((opens - midnight) // timedelta(minutes=1), (closes - midnight) // timedelta(minutes=1))
            for opens, closes in self._hours.stretches(window, day)
        ]
        starts = range(0, DAY_MINUTES - length + 1, length)
        return [s for s in starts if any(opens <= s and s + length <= closes for opens, closes in stretches)]
