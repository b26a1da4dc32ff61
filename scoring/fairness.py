"""How fair a period's turns were: overtakings from the log, waits against what the hall promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol, cast

from queueing.clock import Instant
from queueing.fairness import Step, Turns, turns_of
from queueing.hall import Hall
from queueing.ruling import day_of, rule_notes
from queueing.store import Desk
from scoring.figure_store import Stretch
from scoring.gathering import promised_minutes
from scoring.periods import Period


class Waited(NamedTuple):
    """The visits of one service and class; `longest` is in seconds.

    Promise and longest wait are of visits that waited once: called, never sent on, put off or brought back.
    """

    service: str
    ticket_class: str
    tickets: int
    called: int
    promised: int
    kept: int
    longest: float | None


class FairnessStore(Desk, Protocol):
    """A desk that reads turns."""

    def steps_between(self, since: Instant, until: Instant) -> list[Step]:
        """What moved tickets in the lines, in order; of tickets that joined since then."""
        ...

    def waited_by_class(self, stretch: Stretch, promised: Mapping[str, float]) -> Iterable[Waited]:
        """`promised`: the seconds that a visit for a service waits at most, where that was said."""
        ...


@dataclass(frozen=True)
class Fairness:
    """The figures of a period; `until` is the last day that they know of."""

    period: Period
    until: str
    turns: Turns
    waits: tuple[Waited, ...]

    @property
    def longest(self) -> float | None:
        """The longest wait in seconds."""
        return max((each.longest for each in self.waits if each.longest is not None), default=None)

    @property
    def by_class(self) -> list[Waited]:
        """The services of each class together."""
        classes = dict.fromkeys(each.ticket_class for each in self.waits)
        return [together("", name, [w for w in self.waits if w.ticket_class == name]) for name in classes]

    @property
    def whole(self) -> Waited:
        return together("", "", self.waits)


def together(service: str, ticket_class: str, rows: Iterable[Waited]) -> Waited:
    rows = list(rows)
    return Waited(
        service, ticket_class,
        tickets=sum(each.tickets for each in rows), called=sum(each.called for each in rows),
        promised=sum(each.promised for each in rows), kept=sum(each.kept for each in rows),
        longest=max((each.longest for each in rows if each.longest is not None), default=None),
    )  # fmt: skip


def day_turns(hall: Hall, desk: Desk, day: str) -> Turns:
    """One day from its log. A second or so for a very large hall, so never on the event loop."""
    since, until = day_of(day, hall.house.hall.timezone)
    steps = cast(FairnessStore, desk).steps_between(since, until)
    return turns_of(hall.plan, day, steps, rule_notes(desk, since, hall.house.hall.timezone))


def waits_of(hall: Hall, desk: Desk, stretch: Stretch) -> tuple[Waited, ...]:
    """By service and class, in the order of the hall's file."""
    promised = {name: 60.0 * most for name, most in promised_minutes(hall.house).items()}
    places = {service.id: place for place, service in enumerate(hall.house.services)}
    rows = cast(FairnessStore, desk).waited_by_class(stretch, promised)
    return tuple(sorted(rows, key=lambda row: (places.get(row.service, len(places)), *row[:2])))


def days_of(period: Period, today: str) -> list[str]:
    """The period's days up to today."""
    first, last = date.fromisoformat(period.first), date.fromisoformat(min(period.last, today))
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def added(days: Iterable[str], turns: Callable[[str], Turns]) -> Turns:
    """All days together."""
    whole = Turns()
    for day in days:
        whole.add(turns(day))
    return whole
