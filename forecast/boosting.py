"""Boosted trees for a quantile: small, on binned numbers, compiled by Numba.

Friedman 2001 (gradient boosting, absolute loss: a leaf holds the quantile of its residuals); Ke et al. 2017
(LightGBM: histograms, the leaf with the largest gain grows next, a sibling's histogram by subtraction).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Bins = NDArray[np.uint8]
Places = NDArray[np.int64]
Nodes = NDArray[np.int16]
Tree = tuple[Nodes, Bins, Nodes, NDArray[np.float32]]
"""One row of each array of Trees."""

compiled = njit(cache=True, nogil=True)

MOST_BINS = 63
MISSING = 0
"""The bin of an unknown number; it lies left of every cut."""


@dataclass(frozen=True)
class Growth:
    """How trees grow: 0.5 is the median; `rate` is how much of a leaf's quantile counts."""

    rounds: int = 300
    leaves: int = 31
    rate: float = 0.05
    least: int = 60
    """Rows in a leaf at least."""
    quantile: float = 0.5
    features: float = 0.6
    rows: float = 0.8
    """Shares drawn anew for each tree."""
    seed: int = 6


@dataclass(frozen=True)
class Trees:
    """Trees of one size: a row per tree, a column per node; node 0 is the root.

    `feature` is −1 at a leaf; a row goes left if its bin is at most `cut`, and `right` = `left` + 1.
    """

    feature: Nodes
    cut: Bins
    left: Nodes
    value: NDArray[np.float32]

    def predict(self, bins: Bins) -> Numbers:
        """The sum over all trees, a number per row of (rows, features)."""
        return _sums(bins, self.feature, self.cut, self.left, self.value)

    @staticmethod
    def none() -> Trees:
        """No tree: predicts 0."""
        return Trees(*(np.zeros((0, 1), dtype=kind) for kind in (np.int16, np.uint8, np.int16, np.float32)))


@dataclass(frozen=True)
class Binning:
    """Edges per feature; a number's bin is 1 + how many edges lie below it."""

    edges: list[NDArray[np.float32]] = field(default_factory=list)

    def bins(self, table: Numbers) -> Bins:
        """(rows, features) of numbers, unknown ones NaN, as bins."""
        found = np.zeros(table.shape, dtype=np.uint8)
        for at, edges in enumerate(self.edges):
            column = table[:, at].astype(np.float32)
            found[:, at] = np.where(np.isnan(column), MISSING, 1 + np.searchsorted(edges, column))
        return found


def binning(table: Numbers) -> Binning:
    """Edges so that each bin holds about as many rows of (rows, features)."""
    edges = []
    for column in table.T:
        known = column[~np.isnan(column)].astype(np.float32)
        cuts = np.quantile(known, np.linspace(0, 1, MOST_BINS)[1:-1]) if len(known) else known
        edges.append(np.unique(cuts).astype(np.float32))
    return Binning(edges)


def boosted(bins: Bins, wanted: Numbers, growth: Growth) -> Trees:
    """Trees whose sum lies near the asked quantile of `wanted`; `wanted` are differences from a start."""
    chance = np.random.default_rng(growth.seed)
    rows, features = bins.shape
    told = np.zeros(rows)
    grown = []
    for _ in range(growth.rounds):
        chosen = np.sort(chance.permutation(rows)[: max(1, round(rows * growth.rows))])
        asked = np.sort(chance.permutation(features)[: max(1, round(features * growth.features))])
        left = wanted - told
        pull = np.where(left > 0, growth.quantile, growth.quantile - 1.0)
        tree = _grown(bins, pull, left, chosen, asked, growth.leaves, growth.least, growth.quantile)
        tree[3][:] *= growth.rate
        grown.append(tree)
        _add(bins, tree[0], tree[1], tree[2], tree[3], told)
    return _joined(grown)


def _joined(grown: list[Tree]) -> Trees:
    if not grown:
        return Trees.none()
    feature, cut, left, value = (np.stack(part) for part in zip(*grown, strict=True))
    return Trees(feature, cut, left, value)


@compiled
def _grown(
    bins: Bins, pull: Numbers, wanted: Numbers, chosen: Places, asked: Places, leaves: int, least: int,
    quantile: float,
) -> Tree:  # fmt: skip
    """One tree; its arrays as in Trees, a node per column."""
    size = 2 * leaves - 1
    feature, left = np.full(size, -1, np.int16), np.zeros(size, np.int16)
    cut, value = np.zeros(size, np.uint8), np.zeros(size, np.float32)
    rows = chosen.copy()
    start, stop = np.zeros(size, np.int64), np.zeros(size, np.int64)
    stop[0] = len(rows)
    held = np.zeros((size, len(asked), 64, 2))
    best = np.zeros((size, 3))
    _count(bins, pull, rows, 0, len(rows), asked, held[0])
    _best_cut(held[0], least, best[0])
    nodes = 1
    while nodes < size:
        leaf = np.argmax(best[:nodes, 0])
        if best[leaf, 0] <= 0.0:
            break
        feature[leaf], cut[leaf], left[leaf] = asked[int(best[leaf, 1])], int(best[leaf, 2]), nodes
        middle = _part(bins, rows, start[leaf], stop[leaf], feature[leaf], cut[leaf])
        start[nodes], stop[nodes] = start[leaf], middle
        start[nodes + 1], stop[nodes + 1] = middle, stop[leaf]
        small = nodes if middle - start[leaf] <= stop[leaf] - middle else nodes + 1
        large = 2 * nodes + 1 - small
        _count(bins, pull, rows, start[small], stop[small], asked, held[small])
        held[large] = held[leaf] - held[small]
        best[leaf, 0] = 0.0
        _best_cut(held[small], least, best[small])
        _best_cut(held[large], least, best[large])
        nodes += 2
    for node in range(nodes):
        if feature[node] < 0:
            value[node] = _quantile(wanted, rows, start[node], stop[node], quantile)
    return feature, cut, left, value


@compiled
def _quantile(wanted: Numbers, rows: Places, start: int, stop: int, quantile: float) -> Any:
    """Of these rows, between the two nearest as NumPy does."""
    kept = np.empty(stop - start)
    for at in range(start, stop):
        kept[at - start] = wanted[rows[at]]
    kept.sort()
    place = quantile * (len(kept) - 1)
    below = int(place)
    above = min(below + 1, len(kept) - 1)
    return kept[below] + (place - below) * (kept[above] - kept[below])


@compiled
def _count(
    bins: Bins, pull: Numbers, rows: Places, start: int, stop: int, asked: Places, held: Numbers
) -> None:
    """The histogram of one node: per feature and bin the sum of pulls and the rows."""
    for at in range(start, stop):
        row = rows[at]
        force = pull[row]
        for place in range(len(asked)):
            bin_ = bins[row, asked[place]]
            held[place, bin_, 0] += force
            held[place, bin_, 1] += 1.0


@compiled
def _best_cut(held: Numbers, least: int, best: Numbers) -> None:
    """Writes gain, place of the feature and bin of the best cut; gain 0 if none has rows enough."""
    best[0] = 0.0
    force, count = 0.0, 0.0
    for bin_ in range(held.shape[1]):
        force += held[0, bin_, 0]
        count += held[0, bin_, 1]
    for place in range(held.shape[0]):
        force_left, count_left = 0.0, 0.0
        for bin_ in range(held.shape[1] - 1):
            force_left += held[place, bin_, 0]
            count_left += held[place, bin_, 1]
            count_right = count - count_left
            if count_left < least or count_right < least:
                continue
            force_right = force - force_left
            gain = force_left**2 / count_left + force_right**2 / count_right - force**2 / count
            if gain > best[0] + 1e-9:
                best[0], best[1], best[2] = gain, place, bin_


@compiled
def _part(bins: Bins, rows: Places, start: int, stop: int, feature: int, cut: int) -> int:
    """Sorts the node's rows into left and right; where the right ones begin."""
    kept = np.empty(stop - start, rows.dtype)
    middle, others = start, 0
    for at in range(start, stop):
        if bins[rows[at], feature] <= cut:
            rows[middle] = rows[at]
            middle += 1
        else:
            kept[others] = rows[at]
            others += 1
    rows[middle:stop] = kept[:others]
    return middle


@compiled
def _add(
    bins: Bins, feature: Nodes, cut: Bins, left: Nodes, value: NDArray[np.float32], told: Numbers
) -> None:
    """Adds one tree's leaves to what is told of each row."""
    for row in range(len(told)):
        node = 0
        while feature[node] >= 0:
            node = left[node] + (bins[row, feature[node]] > cut[node])
        told[row] += value[node]


@compiled
def _sums(bins: Bins, feature: Nodes, cut: Bins, left: Nodes, value: NDArray[np.float32]) -> Numbers:
    """The sum of all trees per row."""
    told = np.zeros(len(bins))
    for tree in range(len(feature)):
        _add(bins, feature[tree], cut[tree], left[tree], value[tree], told)
    return told
