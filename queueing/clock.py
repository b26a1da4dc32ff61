"""The hall's clock: the only file of the domain that asks the time."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

Instant = str
"""A moment as stored: UTC, ISO 8601 with milliseconds, such as 2026-10-12T00:25:00.000Z; sorts as text."""


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""No hall has days outside; near the ends of the calendar there is no day before or after."""

TREMBLE_SECONDS = 1.0
"""A clock that is kept right by the network steps back by less, now and then."""


class Clock(Protocol):
    """Tells the hall's time; `speed` is hall seconds per real second."""

    @property
    def simulated(self) -> bool: ...

    @property
    def speed(self) -> float: ...

    def now(self) -> datetime: ...


class RealClock:
    """The machine's own time."""

    simulated = False
    speed = 1.0

    def now(self) -> datetime:
        return datetime.now(UTC)


class HallClock:
    """A simulated clock that starts at a given moment and runs at a given speed."""

    simulated = True

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self.speed = speed
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self.speed)


class HandClock:
    """A clock that a test turns by hand."""

    simulated = True
    speed = 0.0

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def turn(self, *, minutes: float = 0.0, seconds: float = 0.0) -> None:
        self._at += timedelta(minutes=minutes, seconds=seconds)


class Onward:
    """A clock that never goes back, whatever the one behind it does.

    When that one jumps back, this one walks on at half its pace until it has been caught up with: what lasts
    ten minutes still lasts a while, no day comes twice, and the wall is right again after twice the jump.
    """

    def __init__(self, clock: Clock, last: Instant) -> None:
        self._clock, self._asked = clock, time.monotonic()
        self._shown = self._told = moment(last) if last else clock.now()
        self.jumped = 0.0
        """By how many seconds the clock jumped back, as long as nobody has taken note of it."""

    @property
    def simulated(self) -> bool:
        return self._clock.simulated

    @property
    def speed(self) -> float:
        return self._clock.speed

    def now(self) -> datetime:
        told, walked = self._clock.now(), self._walked()
        if told >= self._shown:
            self._shown = self._told = told
            return told
        back = (self._told - told).total_seconds()
        if back > TREMBLE_SECONDS:
            self.jumped = back
        self._told = told
        self._shown = max(told, self._shown + timedelta(seconds=walked))
        return self._shown

    def reach(self, at: Instant) -> None:
        """Something has happened at that moment, by another process's clock: it isn't earlier here."""
        self._shown = max(self._shown, moment(at))

    def _walked(self) -> float:
        """Half of the seconds that have passed since this was last asked."""
        before, self._asked = self._asked, time.monotonic()
        return (self._asked - before) * self.speed / 2


class Stopwatch:
    """Real seconds since it was made."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def seconds(self) -> float:
        return time.monotonic() - self._began


def instant(moment: datetime) -> Instant:
    """The stored form of an aware datetime."""
    here = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{here.isoformat(timespec='milliseconds')[:-6]}Z"


def moment(at: Instant) -> datetime:
    """The aware datetime of a stored instant."""
    return datetime.fromisoformat(at)


def day_written(text: str) -> date:
    """The day of an ISO date that somebody typed; ValueError for none, and for one that no hall has."""
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{text} lies outside of {FIRST_DAY} to {LAST_DAY}")
    return day


def minutes_between(earlier: Instant, later: Instant) -> float:
    """Minutes from one instant to another; negative when `later` comes first."""
    return (moment(later) - moment(earlier)).total_seconds() / 60.0


def shifted(at: Instant, *, minutes: float = 0.0, seconds: float = 0.0) -> Instant:
    """The instant that lies so much later."""
    return instant(moment(at) + timedelta(minutes=minutes, seconds=seconds))


@lru_cache(maxsize=256)
def local(at: Instant, timezone: str) -> datetime:
    """The same moment on the hall's wall clock."""
    return moment(at).astimezone(ZoneInfo(timezone))


def business_day(at: Instant, timezone: str) -> date:
    """The hall's calendar day at that instant; days begin on whole minutes in all zones."""
    return _day_at(minute_of(at), timezone)


def minute_of(at: Instant) -> str:
    """The minute in which it lies: what holds by a timetable holds for the whole of it."""
    return at[:16]


@lru_cache(maxsize=256)
def _day_at(minute: str, timezone: str) -> date:
    return local(f"{minute}Z", timezone).date()
