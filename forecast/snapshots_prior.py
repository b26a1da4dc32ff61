"""What a new hall begins with: trees and sums learned elsewhere, and the file that they are kept in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from forecast.boosting import Binning, Bins, Numbers, Trees
from forecast.snapshots_features import FEATURES
from forecast.snapshots_file import WrongSnapshots
from forecast.snapshots_history import History, Sums
from forecast.snapshots_widening import Widening

SHIPPED = Path(__file__).parent / "priors" / "warsaw.npz"
PARTS = ("whole", "half0", "half1")
FOREST = ("middle", "low", "high")
KEPT_AS = {"feature": np.int8, "cut": np.uint8, "left": np.int8, "value": np.float16}


@dataclass(frozen=True)
class Forest:
    """Three kinds of trees: the median's, and those of the 5 % and 85 % quantiles."""

    middle: Trees = field(default_factory=Trees.none)
    low: Trees = field(default_factory=Trees.none)
    high: Trees = field(default_factory=Trees.none)

    def told(self, bins: Bins) -> tuple[Numbers, Numbers, Numbers]:
        """Median, low and high, each as log((1 + wait) / (1 + plain estimate))."""
        return self.middle.predict(bins), self.low.predict(bins), self.high.predict(bins)


@dataclass(frozen=True)
class Part:
    """What was learned from some days: the trees, and the sums of those days."""

    days: frozenset[str] = frozenset()
    forest: Forest = field(default_factory=Forest)
    history: History = field(default_factory=History)


@dataclass(frozen=True)
class Prior:
    """The whole, and two halves that know half of the days each.

    A day that the whole has learned from is estimated by the half that hasn't, so that replaying it shows
    what a new day would have.
    """

    binning: Binning = field(default_factory=Binning)
    whole: Part = field(default_factory=Part)
    halves: tuple[Part, ...] = ()
    widening: Widening = field(default_factory=Widening.fresh)

    def part(self, day: str) -> Part:
        """What may be used on that day."""
        fair = [half for half in self.halves if day not in half.days]
        return fair[0] if day in self.whole.days and fair else self.whole


def save(prior: Prior, path: Path) -> None:
    """One compressed file of arrays."""
    kept: dict[str, Any] = {
        "features": np.array(FEATURES),
        "edges": np.concatenate(prior.binning.edges),
        "edges_each": np.array([len(edges) for edges in prior.binning.edges]),
        "widening": np.array([prior.widening.low, prior.widening.high, prior.widening.heard]),
    }
    for name, part in zip(PARTS, (prior.whole, *prior.halves), strict=True):
        kept |= _kept_trees(name, part) | {
            f"{name}_days": np.array(sorted(part.days)),
            f"{name}_groups": np.array(list(part.history.sums)),
            f"{name}_sums": np.array(list(part.history.sums.values()), dtype=np.float32),
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **kept)


def _kept_trees(name: str, part: Part) -> dict[str, Any]:
    trees = {f"{name}_{kind}": getattr(part.forest, kind) for kind in FOREST}
    return {
        f"{key}_{array}": getattr(each, array).astype(kind)
        for key, each in trees.items()
        for array, kind in KEPT_AS.items()
    }


def load(path: Path) -> Prior:
    """The prior of a file that `save` wrote. Raises WrongSnapshots."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return _prior({name: kept[name] for name in kept.files})
    except (OSError, ValueError, KeyError) as error:
        told = "is no prior of this release. Make one: python -m forecast.snapshots_fit"
        raise WrongSnapshots(f"{path}: {told} ({error})") from None


def prior_of(name: str) -> Prior:
    """The shipped one, none at all ("none"), or that of a file. Raises WrongSnapshots."""
    return Prior() if name == "none" else load(Path(name) if name else SHIPPED)


def _prior(kept: Mapping[str, Any]) -> Prior:
    if tuple(kept["features"]) != FEATURES:
        raise ValueError("it knows other features")
    edges = np.split(kept["edges"], np.cumsum(kept["edges_each"])[:-1])
    whole, *halves = (_part(kept, name) for name in PARTS)
    return Prior(Binning(list(edges)), whole, tuple(halves), Widening(*kept["widening"].tolist()))


def _part(kept: Mapping[str, Any], name: str) -> Part:
    sums: list[Sums] = list(kept[f"{name}_sums"].astype(np.float64))
    history = History(dict(zip(kept[f"{name}_groups"].tolist(), sums, strict=True)))
    return Part(frozenset(kept[f"{name}_days"].tolist()), _forest(kept, name), history)


def _forest(kept: Mapping[str, Any], name: str) -> Forest:
    return Forest(*(_trees(kept, f"{name}_{kind}") for kind in FOREST))


def _trees(kept: Mapping[str, Any], name: str) -> Trees:
    kinds = Trees.none()
    return Trees(**{each: kept[f"{name}_{each}"].astype(getattr(kinds, each).dtype) for each in KEPT_AS})
