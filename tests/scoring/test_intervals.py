"""Intervals against figures that were published, and what must hold for any share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.intervals import difference, wilson

ratings = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("positive", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_four_shares_that_newcombe_published(positive, n, low, high):
    """R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3."""
    assert wilson(positive, n) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)],
)
def test_differences_that_newcombe_published(first, second, low, high):
    """R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10."""
    assert difference(*first, *second) == pytest.approx((low, high), abs=0.00005)


def test_three_of_three_is_far_from_certain_and_three_hundred_of_three_hundred_nearly_is():
    """By hand: with every rating positive the lower end is n / (n + 1.96²)."""
    assert wilson(3, 3) == (pytest.approx(3 / (3 + 3.841459)), 1.0)
    assert wilson(300, 300) == (pytest.approx(300 / (300 + 3.841459)), 1.0)


def test_without_ratings_there_is_no_interval():
    assert wilson(0, 0) is None
    assert difference(0, 0, 5, 9) is None
    assert difference(5, 9, 0, 0) is None


@given(ratings)
def test_the_share_lies_within_and_the_interval_within_none_and_all(rated):
    positive, n = rated
    low, high = wilson(positive, n)
    assert 0 <= low <= positive / n <= high <= 1


@given(ratings, st.integers(2, 20))
def test_fewer_ratings_of_the_same_share_say_less(rated, times):
    positive, n = rated
    few, many = wilson(positive, n), wilson(positive * times, n * times)
    assert many[1] - many[0] < few[1] - few[0]


@given(ratings)
def test_negative_mirrors_positive(rated):
    positive, n = rated
    low, high = wilson(positive, n)
    assert wilson(n - positive, n) == pytest.approx((1 - high, 1 - low))


@given(ratings, ratings)
def test_a_difference_seen_from_the_other_side_is_its_opposite(first, second):
    low, high = difference(*first, *second)
    assert difference(*second, *first) == pytest.approx((-high, -low))
    assert low <= first[0] / first[1] - second[0] / second[1] <= high
