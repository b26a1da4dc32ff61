"""The hall at one moment, as whoever plays it forward is told of it: who waits, what runs, who is there.

Times are minutes of the business day since its midnight; those of tickets go as they are stored, since there
may be thousands of them, and whoever is told works them out. Everything is plain JSON. A window counts as
planned when it is staffed, was so today, or has called somebody in the past days (`used`): a hall's file
names more windows than ever open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from queueing.bookings import booking_rows
from queueing.clock import Instant, instant
from queueing.hours import Stretches
from queueing.outlook import wall
from queueing.plan import Plan
from queueing.records import Json, PastVisit, WindowState
from queueing.store import Desk

if TYPE_CHECKING:
    from queueing.hall import Hall

SHORT_REST, MAY_STILL_COME = 35.0, 60.0
"""Minutes: a longer gap between two stretches is no break; an empty window is waited for so long."""

MOST_KEPT = 1024
"""Days of windows, in minutes; most windows of a hall keep the same hours."""


class Moment:
    """One desk at one moment, in minutes of its day."""

    def __init__(self, hall: Hall, desk: Desk, at: Instant, used: Collection[str] = ()) -> None:
        self._hall, self._desk, self.at, self._used = hall, desk, at, used
        self.day = hall.day(at)
        self._date = date.fromisoformat(self.day)
        self._midnight = wall(midnight(self.day, hall.house.hall.timezone))
        self.now = self.minutes(at) or 0.0
        self.waiting = desk.waiting()
        self._running = desk.under_way()
        self._windows = desk.windows()

    @property
    def is_quiet(self) -> bool:
        """Nobody waits and nobody is served."""
        return not self.waiting and not self._running

    def told(self, plan: Plan) -> Json:
        """All of it but for what each window takes, which seldom changes (`Plan.reluctances`).

        `waiting`, `running`: rows of `queueing.records.Waiting` and `UnderWay`.
        """
        openings = [each for window in plan.house.windows for each in self._openings(window.id)]
        return {
            "day": self.day,
            "now": self.now,
            "waiting": self.waiting,
            "running": self._running,
            "openings": openings,
            "away": dict(self._away(openings)),
            "silent": [],
            "booked": self._booked(),
            "classes": {
                name: {"head_start": rule.head_start, "rate": rule.rate}
                for name, rule in plan.classes.items()
            },
        }

    def minutes(self, at: Instant | None) -> float | None:
        return None if at is None else round(wall(at) - self._midnight, 3)

    def _openings(self, window: str) -> Iterator[Json]:
        """What is left of the window's day; a window that goes on after its hours has its last stretch."""
        state = self._windows.get(window) or WindowState(window)
        if not self._is_used(state):
            return
        ends = in_minutes(self._hall.hours.stretches(self._hall.plan.window(window), self._date))
        goes_on = state.state == "open"
        for at, (opens, closes) in enumerate(ends):
            follows = at > 0 and opens - ends[at - 1][1] <= SHORT_REST
            rests = at + 1 < len(ends) and ends[at + 1][0] - closes <= SHORT_REST
            is_last = at + 1 == len(ends) or ends[at + 1][0] > self.now
            if closes > self.now or (goes_on and is_last):
                yield {
                    "window": window, "clerk": state.clerk or "", "opens": opens, "closes": closes,
                    "after_break": follows, "to_break": rests,
                }  # fmt: skip

    def _is_used(self, state: WindowState) -> bool:
        today = state.since is not None and (self.minutes(state.since) or 0.0) >= 0
        return state.state != "closed" or today or state.window in self._used

    def _away(self, openings: Collection[Json]) -> Iterator[tuple[str, Json]]:
        """Windows that should be calling and aren't: paused, or without a clerk."""
        for opening in openings:
            window = opening["window"]
            state = self._windows.get(window) or WindowState(window)
            if state.state != "open" and opening["opens"] <= self.now < opening["closes"]:
                yield window, self._missing(state, opening["opens"])

    def _missing(self, state: WindowState, opens: float) -> Json:
        left = self.minutes(state.since)
        was_there = left is not None and left > opens
        since = left if was_there and left is not None else opens
        return {"since": since, "late": not was_there, "until": self._until(state, since)}

    def _until(self, state: WindowState, since: float) -> float | None:
        """When it said it would be back, by the limit of its reason."""
        if state.state != "paused":
            return None
        limits = {pause.id: pause.minutes for pause in self._hall.house.pauses}
        limit = limits.get(state.pause_reason or "", 0.0)
        return max(self.now, since + limit) if limit else None

    def _booked(self) -> list[Json] | None:
        """Appointments of today that are still to come; None in a hall that takes none."""
        if not self._hall.house.bookings.is_on:
            return None
        booked = booking_rows(self._desk).bookings_of(self.day)
        return [
            {"service": each.service, "slot": self.minutes(each.slot)}
            for each in booked
            if each.state == "booked"
        ]


def planned(hall: Hall, day: str, visits: Collection[PastVisit]) -> list[list[object]]:
    """The plan of a past day, as far as its windows ever called anybody."""
    used = {visit.window for visit in visits if visit.called_at}
    rows: list[list[object]] = []
    for window in hall.house.windows:
        if window.id in used:
            kept = hall.hours.stretches(window, date.fromisoformat(day))
            services = list(hall.plan.reluctances[window.id])
            rows += [[window.id, services, opens, closes] for opens, closes in in_minutes(kept)]
    return rows


def midnight(day: str, zone: str) -> Instant:
    return instant(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)))


@lru_cache(MOST_KEPT)
def in_minutes(kept: Stretches) -> tuple[tuple[float, float], ...]:
    """A day's stretches in minutes of that day."""
    return tuple((minutes_of(opens), minutes_of(closes)) for opens, closes in kept)


def minutes_of(moment: datetime) -> float:
    """Minutes of the day on the wall."""
    return moment.hour * 60.0 + moment.minute
