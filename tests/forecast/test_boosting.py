"""Boosted trees: the quantile asked for, leaves with rows enough, unknown numbers."""

from __future__ import annotations

import numpy as np
import pytest

from forecast.boosting import Growth, Trees, binning, boosted

SMALL = Growth(rounds=60, rate=0.2, leaves=8, least=20, features=1.0)


@pytest.fixture(scope="module")
def steps() -> tuple[np.ndarray, np.ndarray]:
    """A number that decides, one that doesn't; the outcome is skewed."""
    chance = np.random.default_rng(1)
    table = chance.uniform(0, 10, (4000, 2))
    return table, np.where(table[:, 0] > 5, 20.0, 5.0) + chance.exponential(4.0, 4000)


@pytest.mark.parametrize("quantile", [0.1, 0.5, 0.9])
def test_as_many_outcomes_lie_below_as_were_asked_for(
    steps: tuple[np.ndarray, np.ndarray], quantile: float
) -> None:
    table, wanted = steps
    edges = binning(table)
    growth = Growth(rounds=60, rate=0.2, leaves=8, least=20, features=1.0, quantile=quantile)
    told = boosted(edges.bins(table), wanted, growth).predict(edges.bins(table))
    for side in (table[:, 0] > 5.2, table[:, 0] < 4.8):
        assert np.mean(wanted[side] < told[side]) == pytest.approx(quantile, abs=0.04)


def test_an_unknown_number_is_a_value_of_its_own(steps: tuple[np.ndarray, np.ndarray]) -> None:
    table, wanted = steps[0].copy(), steps[1].copy()
    table[:500, 0], wanted[:500] = np.nan, 100.0
    edges = binning(table)
    told = boosted(edges.bins(table), wanted, SMALL).predict(
        edges.bins(np.array([[np.nan, 5.0], [9.0, 5.0]]))
    )
    assert told[0] > 90
    assert told[1] == pytest.approx(22.8, abs=2)


def test_no_leaf_has_too_few_rows(steps: tuple[np.ndarray, np.ndarray]) -> None:
    table, wanted = steps
    bins = binning(table).bins(table)
    middle = np.median(wanted)
    one = boosted(
        bins, wanted - middle, Growth(rounds=1, rate=1.0, leaves=31, least=300, features=1.0, rows=1.0)
    )
    values, counts = np.unique(one.predict(bins), return_counts=True)
    assert len(values) > 2
    assert counts.min() >= 300


def test_the_same_seed_grows_the_same_trees(steps: tuple[np.ndarray, np.ndarray]) -> None:
    bins = binning(steps[0]).bins(steps[0])
    one, other = (boosted(bins, steps[1], SMALL) for _ in range(2))
    assert np.array_equal(one.value, other.value)
    assert np.array_equal(one.feature, other.feature)


def test_no_trees_tell_nothing() -> None:
    assert Trees.none().predict(np.zeros((3, 2), dtype=np.uint8)).tolist() == [0, 0, 0]
