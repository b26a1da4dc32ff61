"""The hall's own past as a log of visits and a plan, as other halls' are read from files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from queueing.clock import Instant, moment
from queueing.hall import Hall
from queueing.records import Ticket
from storage.desk import SqlDesk

if TYPE_CHECKING:
    from forecast.logs import Stretch, Visit

DAYS = 400
"""The past is read for so many days back."""

LAST_USED = 14
"""A window is in a day's plan if somebody was called to it within so many days before."""


def own_past(hall: Hall, days: int = DAYS) -> tuple[list[Visit], list[Stretch]]:
    """Every visit of the last days in the order of joining, and the opening hours of the windows in use."""
    zone = ZoneInfo(hall.house.hall.timezone)
    since = moment(hall.now()).astimezone(zone).date() - timedelta(days=days)
    tickets = hall.store.look(lambda desk: cast(SqlDesk, desk).tickets_since(since.isoformat()))
    visits = sorted((visit_of(each, zone) for each in tickets), key=lambda each: (each.day, each.joined))
    return visits, own_plan(hall, visits)


def visit_of(ticket: Ticket, zone: ZoneInfo) -> Visit:
    """A ticket in minutes of its day."""
    from forecast.logs import Visit

    midnight = datetime.fromisoformat(ticket.day)

    def at(instant: Instant | None) -> float | None:
        return None if instant is None else (wall(instant, zone) - midnight).total_seconds() / 60

    called, joined, line_at = at(ticket.called_at), at(ticket.joined_at) or 0.0, at(ticket.line_at) or 0.0
    served = ticket.started_at is not None and ticket.outcome != "unclosed"
    return Visit(
        ticket.number, ticket.day, ticket.service, ticket.ticket_class, joined, called, ticket.window or "",
        at(ticket.started_at), at(ticket.finished_at) if served else None, ticket.outcome or ticket.state,
        ticket.clerk or "", line_at if ticket.ticket_class == "appointment" else None, line_at,
    )  # fmt: skip


def wall(instant: Instant, zone: ZoneInfo) -> datetime:
    return moment(instant).astimezone(zone).replace(tzinfo=None)


def own_plan(hall: Hall, visits: list[Visit]) -> list[Stretch]:
    """Each day's opening hours, of the windows that were used shortly before; on the first day of all."""
    used: dict[str, set[str]] = {}
    for visit in visits:
        used.setdefault(visit.day, set()).update([visit.window] if visit.window else [])
    days = sorted(used)
    in_use = {day: recently(used, days[:i], day) for i, day in enumerate(days)}
    return [each for day in days for each in stretches_of(hall, day, in_use[day])]


def recently(used: dict[str, set[str]], before: list[str], day: str) -> set[str]:
    """The windows in use within the last days before that one; empty: none known."""
    first = (date.fromisoformat(day) - timedelta(days=LAST_USED)).isoformat()
    return set().union(*(used[each] for each in before if each >= first))


def stretches_of(hall: Hall, day: str, windows: set[str]) -> list[Stretch]:
    from forecast.logs import Stretch

    midnight = datetime.fromisoformat(day)
    found = []
    for window in hall.house.windows:
        if window.id in windows or not windows:
            services = tuple(hall.plan.reluctances[window.id])
            for stretch in hall.hours.stretches(window, midnight.date()):
                opens, closes = ((each - midnight).total_seconds() / 60 for each in stretch)
                found.append(Stretch(day, window.id, "", services, opens, closes))
    return found
