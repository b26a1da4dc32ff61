"""How the share positive went from day to day or week to week, and where it changed for good.

Change points by optimal partitioning: of all ways to cut the stretch into pieces, each with a share of its
own, the one with the least −2 × log-likelihood (binomial, so that a day with three ratings weighs as three)
plus a price for each cut. B. Jackson and others (2005), "An algorithm for optimal partitioning of data on an
interval", IEEE Signal Processing Letters 12; the likelihood ratio for a change of a binomial share:
D. V. and E. A. Hinkley (1970), "Inference about the change-point in a sequence of binomial variables",
Biometrika 57.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from math import inf, log
from typing import Literal

from scoring.levels import NEGATIVE

Step = Literal["day", "week"]
PRICE = 12.0
"""What a cut must gain. Where nothing changed, about 1 stretch in 100 gets a mark all the same."""
LEAST_POINTS, LEAST_RATINGS = 3, 10
"""A piece between changes has at least so much: an odd day is one of three before it makes a mark."""


@dataclass(frozen=True)
class Point:
    """One day, or one week by its Monday."""

    first: str
    n: int
    positive: int


@dataclass(frozen=True)
class Change:
    """From that day or week on the share was another one; shares between this change and its neighbours."""

    first: str
    before: float
    after: float


def points_of(days: Mapping[str, Mapping[str, int]], step: Step) -> list[Point]:
    """From each day's counts of levels, in order; days without ratings make no point."""
    found: dict[str, list[int]] = {}
    for day, counts in days.items():
        point = found.setdefault(monday_of(day) if step == "week" else day, [0, 0])
        n = sum(counts.values())
        point[0] += n
        point[1] += n - sum(counts.get(level, 0) for level in NEGATIVE)
    return [Point(first, *found[first]) for first in sorted(found) if found[first][0]]


def monday_of(day: str) -> str:
    at = date.fromisoformat(day)
    return (at - timedelta(days=at.weekday())).isoformat()


def changes(points: Sequence[Point], price: float = PRICE) -> list[Change]:
    """Where the share changed, the earliest first."""
    sums = Sums(points)
    cuts = [0, *best_cuts(sums, len(points), price), len(points)]
    shares = [sums.share(start, end) for start, end in pairwise(cuts)] if points else []
    return [
        Change(points[cut].first, before, after)
        for cut, (before, after) in zip(cuts[1:-1], pairwise(shares), strict=True)
    ]


class Sums:
    """Ratings of any piece of the stretch at one subtraction."""

    def __init__(self, points: Iterable[Point]) -> None:
        held = list(points)
        self._n = list(accumulate((point.n for point in held), initial=0))
        self._positive = list(accumulate((point.positive for point in held), initial=0))

    def share(self, start: int, end: int) -> float:
        return (self._positive[end] - self._positive[start]) / (self._n[end] - self._n[start])

    def cost(self, start: int, end: int) -> float:
        """−2 × the log-likelihood of the piece under its own share; infinite if it is too small a piece."""
        n, positive = self._n[end] - self._n[start], self._positive[end] - self._positive[start]
        if end - start < LEAST_POINTS or n < LEAST_RATINGS:
            return inf
        return -2 * (weighed(positive, n) + weighed(n - positive, n))


def weighed(part: int, n: int) -> float:
    return part * log(part / n) if part else 0.0


def best_cuts(sums: Sums, end: int, price: float) -> list[int]:
    """The cheapest partition of points 0 … end, as the starts of its pieces but the first."""
    cheapest, came_from = [-price], [0]
    for at in range(1, end + 1):
        total, start = min((cheapest[start] + sums.cost(start, at) + price, start) for start in range(at))
        cheapest.append(total)
        came_from.append(start)
    return walked_back(came_from, end) if end and cheapest[end] < inf else []


def walked_back(came_from: Sequence[int], end: int) -> list[int]:
    cuts = []
    while came_from[end]:
        end = came_from[end]
        cuts.append(end)
    return cuts[::-1]
