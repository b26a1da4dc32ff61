"""How many people a day brings, and how unsure that is: the level, the weekday, the planned staffing.

    log(people) = level + weekday + staffing x log(planned minutes / usual) + noise

Weekday and staffing count as much as their past effect stands out from the days' own chance (empirical
Bayes). The chance of single arrivals (Poisson) comes on top when a day is drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log

import numpy as np

from forecast.logs import Stretch
from forecast.scenes import Floats

DAYS_DIFFER, WEEKDAYS_DIFFER, STAFFING_TELLS = 0.08, 0.1, 0.5
"""Assumed while few days are known: standard deviations of the logarithm, and the effect of staffing."""
ASSUMED_DAYS = 3.0
LEAST = 0.01


@dataclass(frozen=True)
class Demand:
    """The fitted model."""

    level: float = 0.0
    weekday: Mapping[int, float] = field(default_factory=dict)
    staffing: float = 0.0
    usual_minutes: float = 0.0
    sd: float = DAYS_DIFFER
    """Of a day to come, without the chance of single arrivals."""

    def expected(self, day: str, planned_minutes: float) -> float:
        """The logarithm of how many are expected."""
        known = planned_minutes > 0 and self.usual_minutes > 0
        scale = log(planned_minutes / self.usual_minutes) if known else 0.0
        return self.level + self.weekday.get(weekday_of(day), 0.0) + self.staffing * scale


def demand_of(people: Mapping[str, int], plan: Iterable[Stretch]) -> Demand:
    """Fits it to how many came on each past day."""
    days = sorted(day for day, count in people.items() if count > 0)
    if not days:
        return Demand()
    counts, usual, scale = np.log([people[day] for day in days]), *staffing_of(days, plan)
    level = float(counts.mean())
    effect, rest = effect_of(scale, counts - level)
    weekday = weekdays_of(days, rest)
    rest = rest - np.array([weekday.get(weekday_of(day), 0.0) for day in days])
    spread = float((rest**2).sum()) + ASSUMED_DAYS * DAYS_DIFFER**2
    variance = spread / (max(len(days) - 2, 0) + ASSUMED_DAYS) - float(np.exp(-counts).mean())
    sd = max(variance, LEAST**2) ** 0.5 * (1 + 1 / len(days)) ** 0.5
    return Demand(level, weekday, effect, usual, sd)


def weekday_of(day: str) -> int:
    return date.fromisoformat(day).weekday()


def staffing_of(days: Sequence[str], plan: Iterable[Stretch]) -> tuple[float, Floats]:
    """The usual planned minutes of a day, and the logarithm of each day's by it; zeros if some have none."""
    minutes: dict[str, float] = defaultdict(float)
    for stretch in plan:
        minutes[stretch.day] += stretch.closes - stretch.opens
    planned = np.array([minutes[day] for day in days])
    if not (planned > 0).all():
        return 0.0, np.zeros(len(days))
    usual = float(np.exp(np.log(planned).mean()))
    return usual, np.asarray(np.log(planned / usual))


def effect_of(scale: Floats, rest: Floats) -> tuple[float, Floats]:
    """What staffing tells of the number of people, shrunk, and what it leaves untold."""
    noise = max(float(rest.var()), 0.02**2) / STAFFING_TELLS**2
    effect = float((rest * scale).sum() / ((scale**2).sum() + noise))
    return effect, rest - effect * scale


def weekdays_of(days: Sequence[str], rest: Floats) -> dict[int, float]:
    """Each weekday's mean, as far as weekdays differ more than chance has them."""
    groups: dict[int, list[float]] = defaultdict(list)
    for day, value in zip(days, rest, strict=True):
        groups[weekday_of(day)].append(float(value))
    noise = within(groups.values())
    means = {weekday: float(np.mean(own)) for weekday, own in groups.items()}
    chance = noise * float(np.mean([1 / len(own) for own in groups.values()]))
    between = min(max(float(np.var(list(means.values()))) - chance, 0.0), WEEKDAYS_DIFFER**2)
    return {at: mean * between / (between + noise / len(groups[at])) for at, mean in means.items()}


def within(groups: Iterable[Sequence[float]]) -> float:
    """The variance inside the groups, with a few assumed days."""
    known = [own for own in groups if len(own) > 1]
    squares = sum(float(np.var(own)) * len(own) for own in known)
    return (squares + ASSUMED_DAYS * DAYS_DIFFER**2) / (sum(len(own) - 1 for own in known) + ASSUMED_DAYS)


def updated(sd: float, expected: float, came: int) -> tuple[float, float]:
    """Mean and sd of today's logarithm against what was expected, once so many have come.

    A normal approximation of a lognormal day with Poisson arrivals.
    """
    precision = 1 / sd**2 + expected
    pull = expected * log(max(came, 0.5) / expected) if expected > 0 else 0.0
    return pull / precision, precision**-0.5
