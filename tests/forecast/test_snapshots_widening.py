"""Intervals that learn: as many outcomes beyond each end as was promised, also when the world changes."""

from __future__ import annotations

from math import expm1, log1p

import numpy as np
import pytest

from forecast.snapshots_widening import MISS_HIGH, MISS_LOW, Widening


def shares(widening: Widening, outcomes: np.ndarray, minutes: float) -> tuple[float, float]:
    """The shares of outcomes (log) below and above; each is known before the next is told."""
    below = above = 0
    for at, outcome in enumerate(outcomes.tolist()):
        low, high = widening.ends(500.0 + at / 1000, minutes, log1p(minutes), log1p(minutes))
        below, above = below + (outcome < low), above + (outcome > high)
        widening.expect(500.0 + at / 1000, 0.0005, minutes, (low, high, outcome))
    return below / len(outcomes), above / len(outcomes)


@pytest.mark.parametrize("spread", [0.1, 1.2])
def test_both_ends_learn_their_share(spread: float) -> None:
    chance = np.random.default_rng(2)
    widening = Widening.fresh()
    outcomes = log1p(20.0) + spread * chance.standard_normal(16_000)
    shares(widening, outcomes[:8_000], 20.0)
    below, above = shares(widening, outcomes[8_000:], 20.0)
    assert below == pytest.approx(MISS_LOW, abs=0.015)
    assert above == pytest.approx(MISS_HIGH, abs=0.02)


def test_ends_follow_when_everything_gets_slower() -> None:
    chance = np.random.default_rng(2)
    widening = Widening.fresh()
    noise = 0.3 * chance.standard_normal(12_000)
    shares(widening, log1p(20.0) + noise[:4_000], 20.0)
    shares(widening, log1p(20.0) + 0.5 + noise[4_000:8_000], 20.0)
    below, above = shares(widening, log1p(20.0) + 0.5 + noise[8_000:], 20.0)
    assert 1 - below - above == pytest.approx(0.8, abs=0.04)


def test_an_outcome_counts_when_it_is_known_and_not_before() -> None:
    widening = Widening.fresh()
    first = widening.ends(500.0, 20.0, 3.0, 3.0)
    widening.expect(500.0, 30.0, 20.0, (*first, log1p(expm1(first[1]) + 60)))
    assert widening.ends(529.9, 20.0, 3.0, 3.0) == first
    assert widening.ends(530.0, 20.0, 3.0, 3.0)[1] > first[1]


def test_night_hears_whoever_was_still_waiting() -> None:
    widening = Widening.fresh()
    first = widening.ends(900.0, 20.0, 3.0, 3.0)
    widening.expect(900.0, 500.0, 20.0, (*first, 6.0))
    widening.end_day()
    assert widening.ends(480.0, 20.0, 3.0, 3.0)[1] > first[1]


def test_a_copy_learns_by_itself() -> None:
    widening = Widening.fresh()
    copy = widening.copy()
    copy.expect(500.0, 0.0, 20.0, (3.0, 3.0, 6.0))
    copy.end_day()
    assert copy.high != widening.high
