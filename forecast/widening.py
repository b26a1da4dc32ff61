"""Estimates and intervals that learn from each outcome: adaptive conformal prediction in groups.

Three quantiles of the actual wait (low, middle, high) are told as the raw one plus a share of the raw spread.
The shares are sums over the groups that a ticket belongs to (all, its class, its hour, the opening rush), and
each outcome moves them by a small step: up by step x (level missed) - step x (level held). Whatever the
world does, each group's rate of misses then goes to its level. Sources: Gibbs and Candes 2021 (adaptive
conformal inference); Angelopoulos, Candes and Tibshirani 2023 (conformal PID); gradient steps on the pinball
loss with one term a group.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from forecast.foresee import Told

LEVELS = (0.08, 0.56, 0.88)
STEP, FIRST_STEP, SLOWS = 0.0025, 0.15, 0.7
"""The step, in raw spreads: large while a group is new, then falling to a floor that can follow a drift."""

MIDDLE, MIDDLE_STEP = 1, 0.0007
"""The middle moves slowly and for all alike: a correction that chases its noise costs more than it gains."""

STARTS = (-0.13, 0.06, 0.06)
"""Shares of the raw spread before anything was learned: plays know less than there is to know."""

LEAST_SPREAD = 1.0
WAITED = 0.2
"""Minutes: a shorter wait wasn't one, and teaches nothing."""

Group = tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """What is told, in minutes."""

    estimate: float
    low: float
    high: float


@dataclass
class Shift:
    """One group's shares for the three levels, and how many outcomes it has seen."""

    shares: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    seen: int = 0

    def step(self) -> float:
        return float(max(STEP, FIRST_STEP / (1 + self.seen) ** SLOWS))


class Widening:
    """The shares of all groups: `told`, and once the wait is known `learn` with the same raw range."""

    def __init__(self) -> None:
        self.shifts: dict[str, Shift] = {"": Shift(list(STARTS))}

    def told(self, raw: Range, groups: Group) -> Range:
        low, estimate, high = (self._level(raw, groups, level) for level in range(3))
        estimate = max(0.0, estimate)
        return Range(estimate, min(estimate, max(0.0, low)), max(estimate, high))

    def _level(self, raw: Range, groups: Group, level: int) -> float:
        share = sum(self.shifts[name].shares[level] for name in ("", *groups) if name in self.shifts)
        return (raw.low, raw.estimate, raw.high)[level] + share * spread(raw)

    def learn(self, raw: Range, groups: Group, actual: float, was_told: Range | None = None) -> None:
        """The wait is known now; what was told then is what missed it or held it."""
        if actual < WAITED:
            return
        said = was_told or self.told(raw, groups)
        errors = [
            q - (actual < end) for q, end in zip(LEVELS, (said.low, said.estimate, said.high), strict=True)
        ]
        for name in ("", *groups):
            shift = self.shifts.setdefault(name, Shift())
            step = shift.step()
            shift.seen += 1
            for i, error in enumerate(errors):
                if i != MIDDLE:
                    shift.shares[i] += step * error
        self.shifts[""].shares[MIDDLE] += MIDDLE_STEP * errors[MIDDLE]


def spread(raw: Range) -> float:
    return max(LEAST_SPREAD, raw.high - raw.low)


def raw_of(told: Told, otherwise: float) -> Range:
    """The plays' quantiles; those that no play reached are told as the longest that could be."""
    low, middle, high = (otherwise if each is None else each for each in (told.low, told.median, told.high))
    return Range(middle, low, high)
