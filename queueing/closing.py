"""A line that would end after closing gives no more numbers; whoever is inside by then is served.

A newcomer's service would end at now + the expected wait + the service's minutes. It has to lie within the
hours that the service's windows still keep today, breaks left out, and `[closing] grace_minutes` more.
Looked at only in the last `ahead_minutes` before closing: how many clerks will sit there hours from now is
not known at the window. A line that has stopped goes on once it would end `slack_minutes` earlier than it
had to, so that a tile doesn't change with every call. A supervisor may let a line go on for the day; that
is a note in the log, and what is asked here. No number given out is ever touched by any of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING

from queueing.change import Change
from queueing.clock import Instant, instant, local
from queueing.errors import HallError
from queueing.hours import OpeningHours
from queueing.house import Service
from queueing.plan import Plan
from queueing.records import Json, Press, Ticket
from queueing.store import Desk
from queueing.waits import Place

if TYPE_CHECKING:
    from queueing.hall import Hall

KEPT_OPEN, NOT_KEPT_OPEN = "line_kept_open", "line_not_kept_open"
"""What the log calls a supervisor's word that a line goes on, and that it doesn't after all."""

Stretch = tuple[datetime, datetime]


class LineEndsAfterClosing(HallError):
    code = "line_ends_after_closing"
    sentence = "{service} gives no more numbers today: {waiting} wait and it closes at {closes}."


@dataclass(frozen=True)
class Stopped:
    """Why a line gives no more numbers: when its windows close for the day, and when they next open."""

    closes_at: Instant
    opens_at: Instant | None


class Closing:
    """Decides for one hall whether a line still ends in time."""

    def __init__(self, plan: Plan, hours: OpeningHours) -> None:
        self._plan, self._hours = plan, hours
        self._rules, self._timezone = plan.house.closing, plan.house.hall.timezone
        self._stopped: dict[str, date] = {}
        self._today: tuple[date, dict[str, list[Stretch]]] = (date.min, {})

    def stopped(
        self, desk: Desk, service: Service, place: Place, at: Instant, *, for_all: bool = True
    ) -> Stopped | None:
        """Why somebody at that place can't be given a number; None while there is no reason.

        `for_all`: the place is the one that everybody is told, so it decides when the line goes on again.
        """
        wall = local(at, self._timezone)
        looked_at = self._rules.stop and not self._is_unattended(desk, service, place)
        beyond = self._beyond(service, place, wall) if looked_at else None
        was = self._stopped.get(service.id) == wall.date()
        stops = beyond is not None and (beyond > 0 or (was and beyond > -self._rules.slack_minutes))
        if for_all:
            self._remember(service, wall.date() if stops else None)
        if not stops or service.id in kept_open(desk, start_of(wall)):
            return None
        return self._told(service, wall)

    def admit(self, change: Change, ticket: Ticket, place: Place) -> None:
        """Raises LineEndsAfterClosing for a fresh ticket at that place; nothing of it is then kept."""
        service, for_all = self._plan.service(ticket.service), ticket.ticket_class == "walk_in"
        late = self.stopped(change.desk, service, place, change.at, for_all=for_all)
        if late is not None:
            closes = f"{local(late.closes_at, self._timezone):%H:%M}"
            raise LineEndsAfterClosing(
                service=service.name.zh, service_id=service.id, waiting=place.ahead, closes=closes,
                closes_at=late.closes_at, opens_at=late.opens_at,
            )  # fmt: skip

    @property
    def stopped_lines(self) -> dict[str, str]:
        """The lines that have stopped, each with its day; for the hall's other processes."""
        return {service: day.isoformat() for service, day in self._stopped.items()}

    def hear_stopped(self, told: Mapping[str, str]) -> None:
        """As the process that leads sees it."""
        self._stopped = {service: date.fromisoformat(day) for service, day in told.items()}

    def _remember(self, service: Service, day: date | None) -> None:
        if day:
            self._stopped[service.id] = day
        else:
            self._stopped.pop(service.id, None)

    def _is_unattended(self, desk: Desk, service: Service, place: Place) -> bool:
        """Whether an endless wait only says that nobody sits there yet, or no longer: then none is known.

        Nor is it endless for somebody who has nobody ahead: the hall was played forward before a clerk came.
        """
        if expected_minutes(place) != inf:
            return False
        windows = desk.windows()
        there = [windows[w] for w in self._plan.windows_of[service.id] if w in windows]
        return not place.ahead or all(window.state == "closed" for window in there)

    def _beyond(self, service: Service, place: Place, wall: datetime) -> float | None:
        """By how many minutes it would end too late; None when that isn't known, or isn't looked at yet.

        Nor is it for who would be called at once: within the hours a free window serves whoever comes.
        """
        wait = expected_minutes(place)
        if not wait:
            return None
        left = minutes_left(self._stretches(service.id, wall.date()), wall.replace(tzinfo=None))
        if not 0 < left <= self._rules.ahead_minutes:
            return None
        return wait + service.minutes - left - self._rules.grace_minutes

    def _told(self, service: Service, wall: datetime) -> Stopped:
        closes = self._stretches(service.id, wall.date())[-1][1].replace(tzinfo=wall.tzinfo)
        windows = (self._plan.window(w) for w in self._plan.windows_of[service.id])
        openings = [opens for w in windows if (opens := self._hours.next_opening(w, closes))]
        return Stopped(instant(closes), instant(min(openings)) if openings else None)

    def _stretches(self, service: str, day: date) -> list[Stretch]:
        """When at least one window of the service is open that day, joined; worked out once a day."""
        if self._today[0] != day:
            self._today = (day, {})
        known = self._today[1]
        if service not in known:
            windows = [self._plan.window(w) for w in self._plan.windows_of[service]]
            known[service] = joined(each for w in windows for each in self._hours.stretches(w, day))
        return known[service]


def expected_minutes(place: Place) -> float | None:
    """The wait to count with, in minutes: the likely one; None while none is known.

    Endless, when the hall played forward doesn't call somebody at that place today.
    """
    if place.span is not None:
        return place.span.likely
    return inf if place.played else None


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time as stretches that neither meet nor overlap, earliest first."""
    found: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(closes, found[-1][1]))
        else:
            found.append((opens, closes))
    return found


def minutes_left(stretches: Iterable[Stretch], wall: datetime) -> float:
    """How many minutes of these are still to come; a break in between isn't counted."""
    left = (closes - max(opens, wall) for opens, closes in stretches if closes > wall)
    return sum(left, timedelta()).total_seconds() / 60.0


def start_of(wall: datetime) -> Instant:
    """The beginning of the hall's day."""
    return instant(wall.replace(hour=0, minute=0, second=0, microsecond=0))


def kept_open(desk: Desk, since: Instant) -> set[str]:
    """The services whose lines a supervisor lets go on today; the last word of each counts."""
    notes = desk.notes_since(since, (KEPT_OPEN, NOT_KEPT_OPEN))
    last = {str(note.after["line"]): note.action for note in notes}
    return {service for service, action in last.items() if action == KEPT_OPEN}


def keep_open(hall: Hall, *, service: str, on: bool, by: Press) -> Json:
    """A supervisor lets a line go on for the day, or takes that back; no more than a note in the log."""
    named = hall.plan.service(service).id

    def work(change: Change) -> Json:
        wall = local(change.at, hall.house.hall.timezone)
        if (named in kept_open(change.desk, start_of(wall))) != on:
            change.note(KEPT_OPEN if on else NOT_KEPT_OPEN, {"line": named})
        return {"service": named, "kept_open": on, "seq": change.desk.seq()}

    return hall.change(by, work)
