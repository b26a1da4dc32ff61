"""Intervals that learn from each outcome: as many waits fall below, and above, as was promised.

Conformalised quantile regression (Romano, Patterson, Candès 2019): an interval from two quantiles is moved by
what past outcomes missed it by. Adaptive conformal inference (Gibbs, Candès 2021) in its form for scores
(Angelopoulos, Candès, Tibshirani 2023, "quantile tracking"): after an outcome an end moves out by
step × (1 − miss) if it was missed, in by step × miss if not, so the share of misses tends to `miss` however
the hall changes. Each end is a sum over groups (all, size of the estimate, time of day); one that has heard
little takes longer steps.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from math import sqrt

from forecast.snapshots_history import LAST_BIN, bin_of

MISS_LOW, MISS_HIGH = 0.05, 0.15
"""The shares of outcomes beyond the ends of an interval that covers 80 %: waits have a long tail above, so
this one is shorter than one that leaves out as many on both sides."""
SIZES = (5.0, 10.0, 15.0, 25.0, 40.0, 70.0, 120.0)
"""Estimates in minutes at which another group begins."""
STEP, FIRST_STEPS = 0.001, 0.02
"""In units of log(1 + minutes): the step of an outcome once many were heard, and what is added for few."""
START = 0.5
"""How far an end lies from the estimate when nothing has been learned."""
GROUPS = 1 + len(SIZES) + 1 + LAST_BIN + 1


@dataclass
class Widening:
    """How far each end has moved, by group: `low` and `high`, in units of log(1 + minutes)."""

    low: list[float] = field(default_factory=lambda: [0.0] * GROUPS)
    high: list[float] = field(default_factory=lambda: [0.0] * GROUPS)
    heard: list[float] = field(default_factory=lambda: [0.0] * GROUPS)
    """Outcomes of each group."""
    coming: list[tuple[float, int, tuple[int, ...], float, float, float]] = field(default_factory=list)

    @staticmethod
    def fresh() -> Widening:
        """For ends that both lie at the estimate."""
        made = Widening()
        made.low[0] = made.high[0] = START
        return made

    def copy(self) -> Widening:
        """The same, to learn on by itself."""
        return Widening([*self.low], [*self.high], [*self.heard])

    def ends(self, now: float, minutes: float, low: float, high: float) -> tuple[float, float]:
        """Both ends at minute `now` for an estimate in minutes; raw and moved ones as log(1 + minutes)."""
        self._hear(now)
        chosen = _groups(now, minutes)
        return low - sum(self.low[at] for at in chosen), high + sum(self.high[at] for at in chosen)

    def expect(self, now: float, wait: float, minutes: float, told: tuple[float, float, float]) -> None:
        """The outcome, told as (low, high, outcome) in log(1 + minutes), will count when it is known."""
        heapq.heappush(self.coming, (now + wait, len(self.coming), _groups(now, minutes), *told))

    def end_day(self) -> None:
        """Whoever was still waiting has been called by now."""
        self._hear(float("inf"))

    def _hear(self, now: float) -> None:
        while self.coming and self.coming[0][0] <= now:
            _, _, groups, low, high, outcome = heapq.heappop(self.coming)
            for at in groups:
                self.heard[at] += 1.0
                step = STEP + FIRST_STEPS / sqrt(self.heard[at])
                self.low[at] += step * ((outcome < low) - MISS_LOW)
                self.high[at] += step * ((outcome > high) - MISS_HIGH)


def _groups(now: float, minutes: float) -> tuple[int, ...]:
    size = sum(minutes >= edge for edge in SIZES)
    return 0, 1 + size, 2 + len(SIZES) + bin_of(now)
