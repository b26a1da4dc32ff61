"""Judges the estimates on a log: each wait is told as it would have been told then, and compared.

Everything is done in the order of time: days, and events within a day. What is learned comes from what was
over by then, so that a change of later rows changes no earlier estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from forecast.foresee import foresee
from forecast.learning import Learned
from forecast.logs import Stretch, Visit
from forecast.past import CALLED, Event, PastDay, event_times
from forecast.situations import CLASSES, TurnFigures
from forecast.widening import Group, Range, Widening, raw_of

PLAYS = 40
RUSH = 30.0
"""Minutes from the first opening of a morning or afternoon: a group of its own."""

LONG_BREAK = 45.0

OfDay = TypeVar("OfDay", Visit, Stretch)


@dataclass(frozen=True)
class Rules:
    """What is known of the hall beside its log: turn figures, reluctances by window, minutes by service."""

    classes: Mapping[str, TurnFigures] = field(default_factory=lambda: dict(CLASSES))
    reluctances: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    minutes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One estimate and what came of it; minutes, `at` of the day."""

    ticket: str
    day: str
    at: float
    service: str
    ticket_class: str
    waited: float
    """Before it was told."""
    told: Range
    actual: float
    les: float
    naive: float


@dataclass(frozen=True)
class Asked:
    """An estimate that waits for its outcome."""

    raw: Range
    groups: Group
    at: float
    told: Range
    les: float
    naive: float


class Backtest:
    """Replays a log; `rows` tells every estimate once its outcome is known, a day after the other."""

    def __init__(
        self, visits: Iterable[Visit], plan: Iterable[Stretch], rules: Rules | None = None,
        renew: float | None = None, plays: int = PLAYS,
    ) -> None:  # fmt: skip
        self.rules, self.renew, self.plays = rules or Rules(), renew, plays
        self.learned = Learned(self.rules.minutes)
        self.widenings = {False: Widening(), True: Widening()}
        self.never_called = 0
        self._days = by_day(visits)
        self._plans = by_day(plan)
        self._services: dict[str, None] = {}
        self._takes: dict[tuple[str, tuple[str, ...]], dict[str, float]] = {}
        self._last_plan: list[Stretch] = []

    def rows(self) -> Iterator[Row]:
        for day, visits in self._days.items():
            plan = self._plans.get(day) or [replace(each, day=day) for each in self._last_plan]
            self._last_plan = plan
            yield from OneDay(self, day, visits, plan).rows()
            self.learned.end_day(visits, plan)

    def takes(self, stretch: Stretch) -> Mapping[str, float]:
        """The services of a stretch with their reluctances; none named: all that were ever seen."""
        known = self.rules.reluctances.get(stretch.window, {})
        services = stretch.services or tuple(known) or tuple(self._services)
        key = (stretch.window if known else "", services)
        if key not in self._takes:
            self._takes[key] = {name: known.get(name, 0.0) for name in services}
        return self._takes[key]

    def meet(self, services: Iterable[str]) -> None:
        self._services.update(dict.fromkeys(services))


class OneDay:
    """One day of a backtest."""

    def __init__(self, test: Backtest, day: str, visits: list[Visit], plan: list[Stretch]) -> None:
        self.test, self.day, self.visits = test, day, visits
        test.meet(name for each in plan for name in each.services)
        self.hall = PastDay(day, visits, plan, test.takes, test.learned, test.rules.classes)
        self.begins = beginnings(plan)
        self.last_waits: dict[tuple[str, str], float] = {}
        self.asked: dict[int, list[Asked]] = {}
        self.ends = max((each.closes for each in plan), default=24 * 60.0)

    def rows(self) -> Iterator[Row]:
        self.test.learned.begin_day()
        for event in self._events():
            yield from self._happens(event)

    def _events(self) -> list[Event]:
        events = event_times(self.visits)
        for i, visit in enumerate(self.visits):
            events += [Event(at, "renewed", i) for at in renewals(visit, self.test.renew)]
        return sorted(events, key=lambda each: (each.at, each.kind == "renewed"))

    def _happens(self, event: Event) -> Iterator[Row]:
        visit = self.visits[event.visit]
        if event.kind == "renewed":
            self._ask(event.visit, event.at)
            return
        self.hall.happens(event)
        if event.kind == "joined":
            self.test.learned.joined(visit)
            self.test.meet([visit.service])
            self._ask(event.visit, event.at)
        elif event.kind in CALLED:
            yield from self._answer(event.visit, event.at)
        elif event.kind == "over":
            self.test.learned.over(visit)

    def _ask(self, i: int, now: float) -> None:
        visit = self.visits[i]
        if visit.called is None:
            self.test.never_called += 1
            return
        widening = self.test.widenings[now > visit.joined]
        raw, groups = self._raw(i, now), self._groups(visit, now)
        les = self.last_waits.get((visit.service, visit.ticket_class), 0.0) - (now - visit.joined)
        asked = Asked(raw, groups, now, widening.told(raw, groups), max(0.0, les), self._naive(visit, now))
        self.asked.setdefault(i, []).append(asked)

    def _raw(self, i: int, now: float) -> Range:
        seed = hash_of(self.day, i, now)
        told = foresee(
            self.hall.situation(now, i), self.test.learned, plays=self.test.plays, seed=seed, watch={str(i)}
        )
        return raw_of(told.tickets[str(i)], max(30.0, self.ends + 30.0 - now))

    def _groups(self, visit: Visit, now: float) -> Group:
        """Its class, its hour, and the rush of those who come while the hall opens."""
        rush = any(-RUSH <= now - each < RUSH for each in self.begins)
        return (visit.ticket_class, f"{int(now // 60)}h", *(["rush"] if rush else []))

    def _naive(self, visit: Visit, now: float) -> float:
        """People ahead x mean / windows."""
        ahead = sum(each.service == visit.service for each in self.hall.waiting.values()) - 1
        windows = self.hall.planned(visit.service, now)
        return ahead * self.test.learned.durations.minutes(visit.service) / max(1, windows)

    def _answer(self, i: int, called: float) -> Iterator[Row]:
        visit = self.visits[i]
        for asked in self.asked.pop(i, ()):
            actual = called - asked.at
            widening = self.test.widenings[asked.at > visit.joined]
            widening.learn(asked.raw, asked.groups, actual, asked.told)
            yield Row(
                visit.ticket, self.day, asked.at, visit.service, visit.ticket_class, asked.at - visit.joined,
                asked.told, actual, asked.les, asked.naive,
            )  # fmt: skip
        self.last_waits[visit.service, visit.ticket_class] = called - visit.joined


def by_day(each: Iterable[OfDay]) -> dict[str, list[OfDay]]:
    """In the order of days."""
    ordered = sorted(each, key=lambda one: one.day)
    return {day: list(of_day) for day, of_day in groupby(ordered, key=lambda one: one.day)}


def renewals(visit: Visit, renew: float | None) -> Iterator[float]:
    """Each so many minutes after it joined, while it waits."""
    if renew and visit.called is not None:
        at = visit.joined + renew
        while at < visit.called:
            yield at
            at += renew


def beginnings(plan: Sequence[Stretch]) -> list[float]:
    """When the hall's mornings and afternoons begin: a first opening after a long time without."""
    found, covered = [], -1e9
    for stretch in sorted(plan, key=lambda each: each.opens):
        if stretch.opens - covered > LONG_BREAK:
            found.append(stretch.opens)
        covered = max(covered, stretch.closes)
    return found


def hash_of(day: str, i: int, now: float) -> int:
    """A seed that depends on nothing else."""
    year, month, of_month = (int(part) for part in day.split("-"))
    return ((year * 12 + month) * 31 + of_month) * 1_000_003 + i * 1009 + int(now * 60)
