"""Shrunken means: a published example, three ratings against three hundred, and what holds for any group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.levels import LEVELS
from scoring.shrinking import LEAST, MOST, Common, Sample, common, sample_of, strength_of

counts = st.fixed_dictionaries({level: st.integers(0, 400) for level in LEVELS})
samples = counts.map(sample_of).filter(lambda sample: sample is not None)
groups = st.lists(samples, min_size=2, max_size=15)


def test_the_textbook_example():
    """Two risks, observed 3, 5, 7 and 6, 12, 9. By hand, with the formulas of the module:

    means 5 and 9; within = (4+0+4 + 9+9+0) / 4 = 6.5; pooled mean 7; between = (3·4 + 3·4 − 6.5) / (6 − 18/6)
    = 35/6; strength 6.5 / (35/6) = 39/35; credibility 3 / (3 + 39/35) = 35/48; 5 → 7 − 2·35/48 = 5.5417.
    """
    first, second = Sample(3, 5.0, 8.0), Sample(3, 9.0, 18.0)
    assert strength_of([first, second]) == pytest.approx(39 / 35)
    shared = common([first, second], least=0.0)
    assert [shared.drawn(each) for each in (first, second)] == pytest.approx([5.5417, 8.4583], abs=0.00005)


def test_unequal_numbers_by_hand():
    """20 ratings with mean 4.8 and scatter 3.2, 10 with mean 4.1 and scatter 8.9:

    within = 12.1 / 28; pooled mean (96 + 41) / 30;
    between = (20·(7/30)² + 10·(7/15)² − within) / (30 − 500/30).
    """
    within = 12.1 / 28
    between = (20 * (7 / 30) ** 2 + 10 * (7 / 15) ** 2 - within) / (30 - 500 / 30)
    assert strength_of([Sample(20, 4.8, 3.2), Sample(10, 4.1, 8.9)]) == pytest.approx(within / between)


def test_a_sample_is_counted_from_levels():
    """5, 5, 3, 1: mean 3.5, scatter 2.25 + 2.25 + 0.25 + 6.25."""
    found = sample_of({"very_satisfied": 2, "fairly_satisfied": 1, "very_dissatisfied": 1})
    assert found == Sample(4, 3.5, 11.0)
    assert sample_of({"satisfied": 0}) is None


def test_three_of_the_best_stand_behind_three_hundred_that_are_nearly_all_the_best():
    three, many = sample_of({"very_satisfied": 3}), sample_of({"very_satisfied": 285, "satisfied": 15})
    usual = sample_of({"very_satisfied": 120, "satisfied": 60, "dissatisfied": 20})
    shared = common([three, many, usual])
    assert three.mean > many.mean
    assert shared.drawn(three) < shared.drawn(many)


@given(groups)
def test_strength_and_common_mean_stay_within_bounds(group):
    shared = common(group)
    assert LEAST <= shared.strength <= MOST
    assert min(each.mean for each in group) - 1e-9 <= shared.mean <= max(each.mean for each in group) + 1e-9


@given(groups)
def test_a_shrunken_mean_lies_between_the_own_and_the_common_one(group):
    shared = common(group)
    for each in group:
        low, high = sorted((each.mean, shared.mean))
        assert low - 1e-9 <= shared.drawn(each) <= high + 1e-9


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_windows_doesn_t_matter(group, chance):
    mixed = list(group)
    chance.shuffle(mixed)
    assert common(mixed).mean == pytest.approx(common(group).mean)
    assert common(mixed).strength == pytest.approx(common(group).strength)


@given(groups, counts.map(sample_of).filter(lambda sample: sample is not None), st.integers(2, 50))
def test_among_equal_means_above_the_common_one_more_ratings_stand_higher(group, sample, times):
    shared = common(group)
    more = Sample(sample.n * times, sample.mean, sample.scatter * times)
    gain = shared.drawn(more) - shared.drawn(sample)
    assert gain * (sample.mean - shared.mean) >= -1e-9


@given(st.integers(1, 3), st.floats(1, 5), st.floats(LEAST, MOST), st.floats(4.5, 5))
def test_three_ratings_move_the_mean_by_less_than_a_quarter_of_the_way(n, mean, strength, own):
    drawn = Common(mean, strength).drawn(Sample(n, own, 0.0))
    assert abs(drawn - mean) <= abs(own - mean) * 3 / 13 + 1e-9


def test_when_means_differ_by_chance_only_the_common_one_counts_most():
    same = [sample_of({"very_satisfied": 9, "dissatisfied": 1}) for _ in range(5)]
    assert strength_of(same) == float("inf")
    assert common(same).strength == MOST


def test_one_window_alone_is_drawn_nowhere():
    assert common([sample_of({"satisfied": 40})]) is None
    assert common([]) is None
