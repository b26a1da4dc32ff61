"""Who comes on the day that is played: a list of visitors, drawn once from a seed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from math import log
from random import Random
from typing import Literal

from bench.day_demand import Demand, Stretch, merged, moment_in, taken_by
from bench.day_trace import Trace
from queueing.house import House, Service

RatesBy = Literal["pad", "phone", ""]

PRIORITY = 0.12
NO_SHOW = 0.08
COMES_BACK = 0.35
GIVES_UP = 0.03
HAS_PHONE = 0.02
RATES_BY: dict[RatesBy, float] = {"pad": 0.6, "phone": 0.1, "": 0.3}

LEVELS = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied")
SHARES = (0.52, 0.28, 0.12, 0.055, 0.025)
NEGATIVE = frozenset(LEVELS[3:])

KNOWN_HALLS = {"yihuang": 600, "weicheng": 300, "longquanyi": 6000}
"""Visitors a day of the halls that come with the project."""
PER_WINDOW = 25
"""Visitors a day and window of any other."""


@dataclass(frozen=True)
class Visitor:
    """One person: when they come, what for, and how they behave."""

    name: int
    arrives: datetime
    service: str
    ticket_class: str
    ground: int | None
    language: str
    comes: bool
    comes_back: bool
    patience_minutes: float | None
    has_phone: bool
    rates_by: RatesBy
    level: str


def usual_visitors(house: House) -> int:
    """How many come on an ordinary day."""
    return KNOWN_HALLS.get(house.hall.id, PER_WINDOW * len(house.windows))


def service_minutes(service: Service, pace: float, rng: Random) -> float:
    """How long one visit takes at the window: lognormal around the service's usual time."""
    spread = rng.uniform(0.5, 0.8)
    return rng.lognormvariate(log(service.minutes * pace) - spread**2 / 2, spread)


def service_stretches(house: House, open_at: Mapping[str, list[Stretch]]) -> dict[str, list[Stretch]]:
    """When each service has a window of its own open."""
    found: dict[str, list[Stretch]] = {service.id: [] for service in house.services}
    for window in house.windows:
        for service in taken_by(window, house):
            found[service.id] += open_at[window.id]
    return {service: merged(stretches) for service, stretches in found.items()}


def visitors(
    house: House, open_at: Mapping[str, list[Stretch]], wanted: Demand, trace: Trace, count: int, rng: Random
) -> list[Visitor]:
    """So many visitors, in the order in which they come."""
    when = service_stretches(house, open_at)
    weights = [wanted.weights[s.id] if when[s.id] else 0.0 for s in house.services]
    if not any(weights) or not count:
        return []
    chosen = [house.services[place] for place in in_proportion(weights, count, rng)]
    arrivals = sorted(
        ((_arrives(s, when[s.id], wanted, trace, rng), s) for s in chosen), key=lambda pair: pair[0]
    )
    return [_visitor(house, name, at, s, rng) for name, (at, s) in enumerate(arrivals, start=1)]


def in_proportion(weights: list[float], count: int, rng: Random) -> list[int]:
    """Places drawn by weight, each as often as its share says, give or take one."""
    step, up_to = sum(weights) / count, list(accumulate(weights))
    first = rng.random() * step
    return [min(bisect_right(up_to, first + n * step), len(weights) - 1) for n in range(count)]


def _arrives(service: Service, when: list[Stretch], wanted: Demand, trace: Trace, rng: Random) -> datetime:
    return moment_in(when, trace.queue(wanted.rank[service.department]).moment(rng))


def _visitor(house: House, name: int, at: datetime, service: Service, rng: Random) -> Visitor:
    ticket_class, ground = _class(house, rng)
    return Visitor(
        name=name,
        arrives=at,
        service=service.id,
        ticket_class=ticket_class,
        ground=ground,
        language=rng.choices(house.hall.languages, weights=(90, 5, 5)[: len(house.hall.languages)])[0],
        comes=rng.random() >= NO_SHOW,
        comes_back=rng.random() < COMES_BACK,
        patience_minutes=rng.uniform(10, 45) if rng.random() < GIVES_UP else None,
        has_phone=rng.random() < HAS_PHONE,
        rates_by=rng.choices(list(RATES_BY), list(RATES_BY.values()))[0],
        level=rng.choices(LEVELS, SHARES)[0],
    )


def _class(house: House, rng: Random) -> tuple[str, int | None]:
    priority = house.classes.get("priority")
    if priority is None or rng.random() >= PRIORITY:
        return "walk_in", None
    return "priority", rng.randrange(len(priority.grounds)) if priority.grounds else None
