"""Who had which seat when, and which hours windows had to keep: from the log and from the hall's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from queueing.clock import moment
from queueing.hall import Hall
from scoring.fact_store import SeatStep
from scoring.periods import Period
from scoring.spans import Span

EMPTY = {"state": "closed", "clerk": None, "pause_reason": None}


@dataclass(frozen=True)
class Seat:
    """As long as one person had it without a change; `pause`: the reason on the sign, if one stood there."""

    window: str
    day: str
    clerk: str | None
    begins: datetime
    ends: datetime
    pause: str | None = None

    @property
    def span(self) -> Span:
        return self.begins, self.ends


@dataclass(frozen=True)
class Duty:
    """A stretch of a window's hours on one day."""

    window: str
    day: str
    opens: datetime
    closes: datetime

    @property
    def span(self) -> Span:
        return self.opens, self.closes


def seats_of(steps: Iterable[SeatStep], timezone: str) -> Iterator[Seat]:
    """What lies between the steps. A day begins with empty seats; who never left, left at midnight."""
    zone = ZoneInfo(timezone)
    walked: dict[str, _Sitting] = {}
    for step in steps:
        at = moment(step.at).astimezone(zone)
        sitting = walked.get(step.window)
        if sitting is None or at >= sitting.midnight:
            if sitting is not None and sitting.taken(sitting.midnight):
                yield sitting.seat(step.window, sitting.midnight)
            sitting = walked[step.window] = _Sitting(*day_of(at), at, EMPTY)
        elif sitting.taken(at):
            yield sitting.seat(step.window, at)
        sitting.since, sitting.facts = at, sitting.facts | step.after
    for window, sitting in walked.items():
        if sitting.taken(sitting.midnight):
            yield sitting.seat(window, sitting.midnight)


def day_of(at: datetime) -> tuple[str, datetime]:
    """The day of a moment on the hall's wall, and its end."""
    day = at.date()
    return day.isoformat(), datetime.combine(day + timedelta(days=1), time.min, at.tzinfo)


@dataclass
class _Sitting:
    """How a window stands while its day is walked through."""

    day: str
    midnight: datetime
    since: datetime
    facts: dict[str, str | None]

    def taken(self, until: datetime) -> bool:
        return self.facts["state"] != "closed" and self.since < until

    def seat(self, window: str, until: datetime) -> Seat:
        pause = self.facts["pause_reason"] if self.facts["state"] == "paused" else None
        return Seat(window, self.day, self.facts["clerk"], self.since, until, pause)


def duties_of(hall: Hall, stretch: Period, now: datetime) -> Iterator[Duty]:
    """The hours of every window that are over."""
    zone = ZoneInfo(hall.house.hall.timezone)
    for day in days_of(stretch):
        for window in hall.house.windows:
            for opens, closes in hall.hours.stretches(window, day):
                duty = Duty(
                    window.id, day.isoformat(), opens.replace(tzinfo=zone), closes.replace(tzinfo=zone)
                )
                if duty.closes <= now:
                    yield duty


def days_of(stretch: Period) -> Iterator[date]:
    first, last = date.fromisoformat(stretch.first), date.fromisoformat(stretch.last)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
