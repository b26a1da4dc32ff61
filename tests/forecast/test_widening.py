"""Intervals learn from outcomes: they hold what they promise, also after the world has changed."""

from __future__ import annotations

import numpy as np

from forecast.widening import Range, Widening


def shares_within(spreads: list[float], *, seed: int = 1) -> list[float]:
    """How often the told interval held, in each phase of 3,000 waits whose noise has that spread."""
    widening, rng, found = Widening(), np.random.default_rng(seed), []
    for spread in spreads:
        held = []
        for i in range(3000):
            raw, groups = Range(20.0, 16.0, 24.0), (("walk_in", "priority")[i % 2],)
            told, actual = widening.told(raw, groups), 20 + spread * (1 + i % 2) * rng.standard_normal()
            held.append(told.low <= actual <= told.high)
            widening.learn(raw, groups, actual)
        found.append(float(np.mean(held[1200:])))
    return found


def test_intervals_hold_eight_of_ten_also_after_a_drift() -> None:
    assert all(0.76 <= share <= 0.84 for share in shares_within([3.0, 4.5, 3.0]))


def test_each_group_is_held() -> None:
    widening, rng = Widening(), np.random.default_rng(2)
    held: dict[str, list[bool]] = {"walk_in": [], "priority": []}
    for i in range(6000):
        name = ("walk_in", "priority")[i % 2]
        raw, actual = Range(20.0, 16.0, 24.0), 20 + (2, 6)[i % 2] * rng.standard_normal()
        told = widening.told(raw, (name,))
        held[name].append(told.low <= actual <= told.high)
        widening.learn(raw, (name,), actual)
    assert all(0.76 <= np.mean(each[2000:]) <= 0.84 for each in held.values())


def test_the_estimate_moves_to_the_middle_of_what_comes() -> None:
    widening, rng = Widening(), np.random.default_rng(3)
    raw = Range(20.0, 15.0, 25.0)
    for _ in range(2000):
        widening.learn(raw, (), 24 + rng.standard_normal())
    assert abs(widening.told(raw, ()).estimate - 24) < 1


def test_who_was_called_at_once_teaches_nothing() -> None:
    widening = Widening()
    before = widening.told(Range(5, 1, 9), ())
    for _ in range(50):
        widening.learn(Range(5, 1, 9), (), 0.0)
    assert widening.told(Range(5, 1, 9), ()) == before
