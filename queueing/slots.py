"""When somebody may come by appointment, and how many places there are.

A slot is a stretch of `slot_minutes`, counted from midnight. A window gives to it when it is open all
through, and then its bookable share of these minutes. The shares add up over the day and are given out in
whole visits of the window's longest bookable service: with a share of 0.3 and visits of 12 minutes the half
hours of one window have room for 0, 1, 1, 1, 0, … visits, and at no moment of the day has more than 0.3 of
the time since opening been given away. A window that only helps gives nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from queueing.booking_errors import NotBookable, SlotNotOpen
from queueing.bookings import TAKES_A_PLACE, Booking
from queueing.clock import Instant, instant, local, moment
from queueing.hours import OpeningHours
from queueing.house import Window
from queueing.places import Room
from queueing.plan import Plan

DAY_MINUTES = 1440
NEAR = 3
"""So many free slots are named instead of a full one."""


@dataclass(frozen=True)
class Slot:
    """A stretch of a day: places in all, and those still free."""

    slot: Instant
    time: str
    until: str
    places: int
    left: int


@dataclass(frozen=True)
class SlotDay:
    """One day's slots of a service; none on a day when nobody serves it."""

    day: str
    slots: tuple[Slot, ...]

    @property
    def left(self) -> int:
        return sum(slot.left for slot in self.slots)


class Slots:
    """The places of one house, by its hours, windows and calendar."""

    def __init__(self, plan: Plan, hours: OpeningHours) -> None:
        self._plan, self._hours, self._rules = plan, hours, plan.house.bookings
        self._zone = ZoneInfo(plan.house.hall.timezone)
        self._served_by = {
            service.id: [w.id for w in plan.house.windows if service.id in w.serves]
            for service in plan.house.services
            if self._rules.share_of(service.id) > 0
        }
        self._supply = lru_cache(maxsize=64)(self._supply_of)

    @property
    def services(self) -> tuple[str, ...]:
        """Those that can be booked at all."""
        return tuple(service for service, windows in self._served_by.items() if windows)

    def must_be_bookable(self, service: str) -> None:
        """Raises UnknownService, NotBookable."""
        if self._plan.service(service).id not in self.services:
            raise NotBookable(service=service)

    def day(self, service: str, day: date, taken: Iterable[Booking], earliest: Instant) -> SlotDay:
        """The slots of a day that begin no earlier than that instant."""
        used = by_slot(self, taken)
        places = self._of_day(service, day)
        starts = [start for start in sorted(places) if places[start] and self._at(day, start) >= earliest]
        return SlotDay(day.isoformat(), tuple(self._slot(service, day, start, used) for start in starts))

    def start_of(self, slot: Instant) -> tuple[date, int]:
        """The day and the minute of the day at which the slot begins that an instant lies in."""
        wall = local(slot, str(self._zone))
        minute = wall.hour * 60 + wall.minute
        return wall.date(), minute - minute % self._rules.slot_minutes

    def must_be_open(self, service: str, slot: Instant) -> None:
        """Raises SlotNotOpen for what isn't the beginning of a slot with places."""
        day, start = self.start_of(slot)
        if self._at(day, start) != slot or not self._of_day(service, day).get(start):
            raise SlotNotOpen(service=service)

    def _slot(self, service: str, day: date, start: int, used: Mapping[tuple[int, str], int]) -> Slot:
        ends = start + self._rules.slot_minutes
        left = self._left(service, day, start, used)
        return Slot(self._at(day, start), told(start), told(ends), self._of_day(service, day)[start], left)

    def _left(self, service: str, day: date, start: int, used: Mapping[tuple[int, str], int]) -> int:
        """Places that neither the windows' time nor the service's own share forbid."""
        room = Room(self._supply(day).get(start, {}), self._served_by)
        here = {other: count for (at, other), count in used.items() if at == start and count}
        for other, count in here.items():
            if room.take(other, count * self._seconds(other)) < count * self._seconds(other):
                return 0  # the hours or the share were cut after people had booked
        mine = self._seconds(service)
        own = self._of_day(service, day)[start] - here.get(service, 0)
        return max(0, min(own, room.take(service, max(0, own) * mine) // mine))

    def _of_day(self, service: str, day: date) -> dict[int, int]:
        """Places of a service by the minute at which the slot begins, when nobody has booked yet."""
        seconds, carried, found = self._seconds(service), 0.0, {}
        for start, windows in self._supply(day).items():
            mine = {w: windows[w] for w in self._served_by.get(service, ()) if w in windows}
            if mine:
                before = carried
                carried += sum(amount * self._part(service, w) for w, amount in mine.items())
                whole = int(carried // seconds) - int(before // seconds)
                full = all(self._part(service, w) == 1 for w in mine)
                found[start] = sum(mine.values()) // seconds if full else whole
        return found

    def _part(self, service: str, window: str) -> float:
        """A service with a smaller share than another at the window gets only so much of what is bookable."""
        return self._rules.share_of(service) / self._share(window)

    def _share(self, window: str) -> float:
        return max(self._rules.share_of(s) for s in self._booked_at(window))

    def _booked_at(self, window: str) -> list[str]:
        return [service for service, windows in self._served_by.items() if window in windows]

    def _seconds(self, service: str) -> int:
        return max(1, round(self._plan.service(service).minutes * 60))

    def _supply_of(self, day: date) -> dict[int, dict[str, int]]:
        """By the minute at which a slot begins: the bookable seconds of each window that is open then."""
        found: dict[int, dict[str, int]] = {}
        for window in self._plan.house.windows:
            if self._booked_at(window.id):
                for start, seconds in self._given(window, day):
                    found.setdefault(start, {})[window.id] = seconds
        return dict(sorted(found.items()))

    def _given(self, window: Window, day: date) -> Iterable[tuple[int, int]]:
        """The window's slots of the day with what it gives to each: whole visits out of what has added up."""
        visit = max(self._seconds(service) for service in self._booked_at(window.id))
        share, length, added = self._share(window.id), self._rules.slot_minutes, 0.0
        for start in self._whole_slots(window, day):
            before = added
            added += share * length * 60
            yield start, (int((added + 1e-6) // visit) - int((before + 1e-6) // visit)) * visit

    def _whole_slots(self, window: Window, day: date) -> list[int]:
        midnight, length = datetime.combine(day, datetime.min.time()), self._rules.slot_minutes
        stretches = [
            ((opens - midnight) // timedelta(minutes=1), (closes - midnight) // timedelta(minutes=1))
            for opens, closes in self._hours.stretches(window, day)
        ]
        starts = range(0, DAY_MINUTES - length + 1, length)
        return [s for s in starts if any(opens <= s and s + length <= closes for opens, closes in stretches)]

    def _at(self, day: date, start: int) -> Instant:
        wall = datetime.combine(day, datetime.min.time(), tzinfo=self._zone)
        return instant(wall.replace(hour=start // 60, minute=start % 60))


def by_slot(slots: Slots, bookings: Iterable[Booking]) -> Counter[tuple[int, str]]:
    """How many of them take a place, by the minute at which their slot begins and by service."""
    kept = (each for each in bookings if each.state in TAKES_A_PLACE)
    return Counter((slots.start_of(each.slot)[1], each.service) for each in kept)


def told(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def near(days: Iterable[SlotDay], slot: Instant) -> list[Slot]:
    """Free slots beside a full one: the nearest of its own day, else the first of the days after."""
    free = [each for day in days for each in day.slots if each.left]
    return sorted(free, key=lambda each: abs(moment(each.slot) - moment(slot)))[:NEAR]
