"""What the hall tells the forecast process, turned into what the forecast works with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from forecast.logs import Stretch, Visit
from forecast.situations import Away, Booked, Opening, Running, Situation, TurnFigures, Waiting
from queueing import records
from queueing.records import PastVisit

OUTCOMES = {"no_show": "no_show", "abandoned": "abandoned"}


class Wall:
    """Minutes of one day on the hall's wall clock."""

    def __init__(self, day: str, zone: str) -> None:
        self._midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).timestamp()

    def minutes(self, at: str | None) -> float | None:
        return None if at is None else (datetime.fromisoformat(at).timestamp() - self._midnight) / 60.0

    def joined(self, at: str) -> float:
        return self.minutes(at) or 0.0

    def rounded(self, at: str | None) -> float | None:
        """To milliseconds, more or less."""
        minutes = self.minutes(at)
        return None if minutes is None else round(minutes, 3)


def visit_of(row: Sequence[Any], day: str, wall: Wall) -> Visit:
    """A visit that is over, as a log has it; time that it was set aside doesn't count as service."""
    past = PastVisit(*row)
    started, finished = wall.minutes(past.started_at), wall.minutes(past.finished_at)
    if started is not None and finished is not None:
        finished = max(started, finished - past.held_seconds / 60.0)
    missed = past.state == "no_show"
    return Visit(
        past.key, day, past.service, past.ticket_class, wall.joined(past.joined_at),
        None if past.state == "abandoned" else wall.minutes(past.called_at), past.window or "",
        None if missed else started, None if missed else finished,
        OUTCOMES.get(past.state, past.outcome or ""), past.clerk or "", None, wall.joined(past.line_at),
    )  # fmt: skip


def stretch_of(row: Sequence[Any], day: str) -> Stretch:
    window, services, opens, closes = row
    return Stretch(day, window, "", tuple(services), opens, closes)


def situation_told(told: Mapping[str, Any], takes: Mapping[str, Mapping[str, float]], zone: str) -> Situation:
    """The situation; what each window takes was told apart from it."""
    wall, booked = Wall(told["day"], zone), told["booked"]
    openings = (Opening(**each, takes=takes.get(each["window"], {})) for each in told["openings"])
    return Situation(
        told["day"], told["now"],
        tuple(waiting_told(records.Waiting(*row), wall) for row in told["waiting"]),
        tuple(running_told(records.UnderWay(*row), wall, told["now"]) for row in told["running"]),
        tuple(openings),
        {window: Away(**each) for window, each in told["away"].items()},
        frozenset(told["silent"]),
        None if booked is None else tuple(Booked(**each) for each in booked),
        {name: TurnFigures(**each) for name, each in told["classes"].items()},
    )  # fmt: skip


def waiting_told(row: records.Waiting, wall: Wall) -> Waiting:
    line_at = wall.rounded(row.line_at) or 0.0
    not_before = wall.rounded(row.not_before) or 0.0
    window = row.direct_window or ""
    return Waiting(row.key, row.service, row.ticket_class, line_at, line_at, row.tie, not_before, window)


def running_told(row: records.UnderWay, wall: Wall, now: float) -> Running:
    """Who was set aside meanwhile seems to have begun later by as much."""
    started = wall.rounded(row.started_at)
    begun = None if started is None else min(now, started + row.held_seconds / 60.0)
    called = wall.rounded(row.called_at) or now
    return Running(row.window, row.clerk or "", row.service, row.ticket_class, called, begun)


def alike_of(takes: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """For each service the first one that the same windows take as readily: newcomers of both wait alike."""
    columns: dict[str, list[tuple[str, float]]] = {}
    for window, taken in takes.items():
        for service, reluctance in taken.items():
            columns.setdefault(service, []).append((window, reluctance))
    firsts: dict[tuple[tuple[str, float], ...], str] = {}
    return {service: firsts.setdefault(tuple(column), service) for service, column in columns.items()}


def newly(ticket: Waiting, day: str) -> Visit:
    """Somebody who has come and waits."""
    return Visit(
        ticket.ticket, day, ticket.service, ticket.ticket_class, ticket.joined, None, "", None, None, "", "",
        None, ticket.line_at,
    )  # fmt: skip
