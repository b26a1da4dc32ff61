"""How good told waits were: errors in minutes, and how often an interval held what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TOO_SHORT_MINUTES = 10.0


@dataclass(frozen=True)
class Told:
    """Errors of one estimator over `n` waits, minutes; all 0 if there is none."""

    n: int
    mean_abs_error: float
    root_mean_square: float
    bias: float
    """Told minus actual: below 0, people wait longer than they were told."""
    told_over_10_too_short: float
    """Share of waits that were more than 10 minutes longer than told."""

    @property
    def shown(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in vars(self).items()}


def judged(told: Numbers, actual: Numbers) -> Told:
    """Compares where both are known (not NaN)."""
    error = (told - actual)[~np.isnan(told) & ~np.isnan(actual)]
    if not len(error):
        return Told(0, 0.0, 0.0, 0.0, 0.0)
    return Told(
        len(error),
        float(np.mean(np.abs(error))),
        float(np.sqrt(np.mean(error**2))),
        float(np.mean(error)),
        float(np.mean(error < -TOO_SHORT_MINUTES)),
    )


def covered(low: Numbers, high: Numbers, actual: Numbers) -> dict[str, float]:
    """Share of the known waits within their intervals, and the intervals' mean width in minutes."""
    known = ~np.isnan(actual) & ~np.isnan(low)
    if not known.any():
        return {"coverage": 0.0, "mean_width": 0.0}
    low, high, actual = low[known], high[known], actual[known]
    within = np.mean((low <= actual) & (actual <= high))
    return {"coverage": round(float(within), 4), "mean_width": round(float(np.mean(high - low)), 4)}
