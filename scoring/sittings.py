"""Who took the seat of which window on which day: whom a window's facts concern."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from queueing.clock import Instant, instant
from queueing.hall import Hall
from queueing.store import Desk

Sat = frozenset[tuple[str, str]]
"""Windows and days."""
NOWHERE: Sat = frozenset()


class SittingStore(Desk, Protocol):
    """A desk that tells who sat where."""

    def windows_sat_at(self, clerk: str, first: Instant, last: Instant) -> dict[str, set[Instant]]:
        """The windows where the clerk took the seat between two moments, with those moments."""
        ...


def sat_at(desk: Desk, hall: Hall, clerk: str | None, first: str, last: str) -> Sat:
    """Where the clerk sat from one day to another."""
    if not clerk or first > last:
        return NOWHERE
    found = cast(SittingStore, desk).windows_sat_at(clerk, *moments(hall.house.hall.timezone, first, last))
    return frozenset((window, hall.day(at)) for window, taken in found.items() for at in taken)


def is_concerned(who: str, sat: Sat, day: str, window: str | None, clerk: str | None) -> bool:
    """By a fact: whom it names, and without a name whoever sat at the window on that day."""
    return clerk == who or (clerk is None and (window, day) in sat)


def moments(timezone: str, first: str, last: str) -> tuple[Instant, Instant]:
    """From the first day's midnight to the last one's end."""
    zone = ZoneInfo(timezone)
    begins = datetime.combine(date.fromisoformat(first), time.min, zone)
    return instant(begins), instant(datetime.combine(date.fromisoformat(last), time.max, zone))
