"""Means that few ratings can't carry far: each is drawn towards the mean of those who do the same work.

Empirical Bayes credibility after H. Bühlmann and E. Straub (1970), "Glaubwürdigkeit für Schadensätze",
Mitteilungen der Vereinigung schweizerischer Versicherungsmathematiker 70; the estimators are those of
S. Klugman, H. Panjer and G. Willmot, "Loss Models", chapter "Empirical Bayes parameter estimation":

    within  = sum over all ratings of (rating − own mean)² / sum of (n − 1)
    between = (sum of n × (own mean − pooled mean)² − within × (groups − 1)) / (N − sum of n² / N)
    strength = within / between;  credibility = n / (n + strength)
    mean of all = sum of credibility × own mean / sum of credibility
    shrunken = credibility × own mean + (1 − credibility) × mean of all

`strength` is told in ratings: so many ratings of one's own weigh as much as what the others show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from scoring.levels import POINTS

LEAST, MOST = 10.0, 200.0
"""Bounds of the strength: by chance a few windows can look as if ratings told all about them, or nothing."""


@dataclass(frozen=True)
class Sample:
    """So many ratings, their mean, and the sum of their squared distances from it."""

    n: int
    mean: float
    scatter: float


@dataclass(frozen=True)
class Common:
    """What those who do the same work have in common."""

    mean: float
    strength: float

    def drawn(self, sample: Sample) -> float:
        """The sample's mean, drawn towards the common one: the less it rests on, the more."""
        return (sample.n * sample.mean + self.strength * self.mean) / (sample.n + self.strength)


def sample_of(counts: Mapping[str, int]) -> Sample | None:
    """Of levels from 5 (best) to 1; None without ratings."""
    n = sum(counts.values())
    if n == 0:
        return None
    mean = sum(POINTS[level] * times for level, times in counts.items()) / n
    return Sample(n, mean, fsum(times * (POINTS[level] - mean) ** 2 for level, times in counts.items()))


def common(samples: Sequence[Sample], least: float = LEAST, most: float = MOST) -> Common | None:
    """None with fewer than two samples: there is nothing to be drawn towards."""
    if len(samples) < 2:
        return None
    strength = min(max(strength_of(samples), least), most)
    weights = [sample.n / (sample.n + strength) for sample in samples]
    drawn = fsum(weight * sample.mean for weight, sample in zip(weights, samples, strict=True))
    return Common(drawn / fsum(weights), strength)


def strength_of(samples: Sequence[Sample]) -> float:
    """Within over between, unbounded: infinite when the means differ no more than chance makes them."""
    total, free = sum(sample.n for sample in samples), sum(sample.n - 1 for sample in samples)
    within = fsum(sample.scatter for sample in samples) / free if free else 0.0
    pooled = fsum(sample.n * sample.mean for sample in samples) / total
    apart = fsum(sample.n * (sample.mean - pooled) ** 2 for sample in samples)
    beyond_chance = apart - within * (len(samples) - 1)
    between = beyond_chance / (total - fsum(sample.n**2 for sample in samples) / total)
    return within / between if between > 0 else float("inf")
