"""All that a twin learns from the days before the one that is asked about, and from its morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.calibrating import Days, correction
from forecast.demand import Demand, demand_of
from forecast.learning import Learned
from forecast.logs import Stretch, Visit
from forecast.past import CALLED, PastDay, Takes, event_times, openings_of
from forecast.presence import REST
from forecast.scenes import Floats
from forecast.situations import CLASSES, Situation, TurnFigures

KEPT_DAYS = 60
OLDER = 0.98
"""A day counts so much of the one after it when somebody to come is drawn from those who came."""


@dataclass(frozen=True)
class History:
    """What is known when the plays begin."""

    learned: Learned
    demand: Demand
    pool: tuple[Visit, ...]
    """Those who came and were called; whoever comes is drawn from them."""
    weight: Floats
    plan: tuple[Stretch, ...]
    """The day's own."""
    usual: Mapping[str, Stretch]
    """By window, the last stretch that it had."""
    ends: Mapping[int, int]
    """By minute of the day, how many windows close then for the night or at noon."""
    situation: Situation
    over: tuple[Visit, ...] = ()
    """Those of the day itself who had been called."""
    takes: Takes | None = None
    correction: float = 0.0
    """By how much all work is longer than the model has it, as a logarithm."""

    @property
    def came(self) -> int:
        """How many had come on the day itself."""
        return len(self.over) + len(self.situation.waiting)


@dataclass(frozen=True)
class Rules:
    """What a hall's file says; without one, what is usual."""

    classes: Mapping[str, TurnFigures]
    reluctance: Mapping[str, Mapping[str, float]]
    """By window and service, where it isn't 0."""
    minutes: Mapping[str, float]
    """By service, as configured."""

    def takes(self, services: Iterable[str]) -> Takes:
        """What a stretch serves; one that names no services serves them all."""
        every = tuple(services)

        def of(stretch: Stretch) -> dict[str, float]:
            own = self.reluctance.get(stretch.window, {})
            return {service: own.get(service, 0.0) for service in stretch.services or every}

        return of


USUAL = Rules(CLASSES, {}, {})


def history_of(
    visits: Sequence[Visit], plan: Sequence[Stretch], day: str, at: float | None = None, rules: Rules = USUAL
) -> History:
    """Learns from every day before `day`, in order, and from the day itself what was known by `at`."""
    own, planned = days_of(visits), plan_of(plan)
    learned = Learned(rules.minutes)
    before = [date for date in own if date < day]
    for date in before:
        learn_day(learned, own[date], planned.get(date, []))
    learned.begin_day()
    days = before[-KEPT_DAYS:]
    pool = [visit for date in days for visit in own[date] if visit.called is not None]
    weight = np.array([OLDER ** (len(days) - days.index(visit.day)) for visit in pool])
    people = {date: sum(visit.called is not None for visit in own[date]) for date in days}
    services = {v.service for v in visits if v.day < day} | {name for s in plan for name in s.services}
    today, takes = planned.get(day, []), rules.takes(sorted(services))
    known = {date: own[date] for date in before}
    longer = correction(Days(learned, known, planned, takes, rules.classes))
    relived = PastDay(day, own.get(day, []), today, takes, learned, rules.classes)
    over = relive(relived, learned, -1.0 if at is None else at)
    return History(
        learned, demand_of(people, [each for each in plan if each.day in people]), tuple(pool),
        weight / max(float(weight.sum()), 1e-9), tuple(today), usual_of(plan), ends_of(planned, day),
        relived.situation(at) if at is not None else beginning(day, today, takes, rules), over, takes, longer,
    )  # fmt: skip


def beginning(day: str, plan: Sequence[Stretch], takes: Takes, rules: Rules) -> Situation:
    """The day before anybody has come."""
    openings = tuple(each for own in openings_of(plan, takes).values() for each in own)
    return Situation(day, 0.0, openings=openings, classes=rules.classes)


def relive(day: PastDay, learned: Learned, until: float) -> tuple[Visit, ...]:
    """Moves the day on to that minute; says who has been called by then."""
    called = []
    for event in event_times(day.visits):
        if event.at > until:
            break
        visit = day.visits[event.visit]
        day.happens(event)
        if event.kind in CALLED:
            called.append(visit)
        elif event.kind == "over":
            learned.over(visit)
    return tuple(called)


def learn_day(learned: Learned, visits: Sequence[Visit], plan: Sequence[Stretch]) -> None:
    learned.begin_day()
    for visit in visits:
        learned.joined(visit)
    for visit in sorted(visits, key=lambda each: each.finished or each.called or 0.0):
        learned.over(visit)
    learned.end_day(visits, plan)


def days_of(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    """Each day's visits in the order in which they joined."""
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.day].append(visit)
    return dict(sorted(found.items()))


def plan_of(plan: Iterable[Stretch]) -> dict[str, list[Stretch]]:
    """Each day's stretches by window and time."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in sorted(plan, key=lambda each: (each.window, each.opens)):
        found[stretch.day].append(stretch)
    return dict(found)


def usual_of(plan: Iterable[Stretch]) -> dict[str, Stretch]:
    return {stretch.window: stretch for stretch in sorted(plan, key=lambda each: (each.day, each.opens))}


def ends_of(planned: Mapping[str, Sequence[Stretch]], day: str) -> dict[int, int]:
    """On that day, or on any if that one has no plan."""
    found: dict[int, int] = defaultdict(int)
    for of_day in [planned[day]] if day in planned else planned.values():
        for one, following in zip(of_day, [*of_day[1:], None], strict=True):
            apart = following is None or following.window != one.window or following.opens - one.closes > REST
            if apart:
                found[round(one.closes)] += 1
    return dict(found)
