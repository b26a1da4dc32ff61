"""Trends: where the share positive changed for good, against every possible cut and against chance."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.trends import PRICE, Change, Point, Sums, best_cuts, changes, points_of

days = st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
stretches = st.lists(days, max_size=9).map(
    lambda held: [Point(f"2026-10-{at + 1:02d}", n, positive) for at, (n, positive) in enumerate(held)]
)


def month(*shares: tuple[int, int, int]) -> list[Point]:
    """So many days, each with so many ratings of which so many are positive."""
    held = [(n, positive) for times, n, positive in shares for _ in range(times)]
    return [Point(f"2026-10-{at + 1:02d}", *day) for at, day in enumerate(held)]


def test_a_step_down_is_found_on_its_day_with_both_shares():
    assert changes(month((10, 40, 38), (10, 40, 30))) == [Change("2026-10-11", 0.95, 0.75)]


def test_down_and_up_again_are_two_changes():
    found = changes(month((6, 40, 39), (6, 40, 28), (6, 40, 39)))
    assert [change.first for change in found] == ["2026-10-07", "2026-10-13"]


def test_what_stays_the_same_has_no_change():
    assert changes(month((20, 40, 38))) == []
    assert changes([]) == []


def test_one_odd_day_and_a_handful_of_ratings_are_no_trend():
    """6 bad ratings of 40 on a day would be enough for a mark by themselves, but not as one day of three."""
    assert changes(month((8, 40, 40), (1, 40, 34), (8, 40, 40))) == []
    assert changes(month((8, 40, 40), (3, 40, 37), (8, 40, 40))) != []
    assert changes(month((4, 2, 2), (4, 2, 0))) == []
    assert changes(month((5, 2, 2), (5, 2, 0))) != []


def test_the_gain_by_hand():
    """20 of 20, then 10 of 20: whole −2 (30 ln .75 + 10 ln .25) = 44.987; cut 0 − 2·20·ln .5 = 27.726;

    so the cut gains 17.261 and is made at a price of 17.2, not at 17.3.
    """
    points = month((5, 4, 4), (5, 4, 2))
    assert Sums(points).cost(0, 10) == pytest.approx(44.987, abs=0.001)
    assert Sums(points).cost(5, 10) == pytest.approx(27.726, abs=0.001)
    assert len(changes(points, price=17.2)) == 1
    assert changes(points, price=17.3) == []


@given(stretches)
def test_no_other_cut_is_cheaper(points):
    sums, end = Sums(points), len(points)

    def price_of(cuts: tuple[int, ...]) -> float:
        return sum(sums.cost(a, b) for a, b in pairwise((0, *cuts, end))) + PRICE * len(cuts)

    every = [cuts for k in range(end) for cuts in combinations(range(1, end), k)]
    best = min((price_of(cuts) for cuts in every), default=inf)
    assert best == inf or price_of(tuple(best_cuts(sums, end, PRICE))) == pytest.approx(best)


@given(stretches)
def test_positive_and_negative_change_on_the_same_days(points):
    turned = [Point(point.first, point.n, point.n - point.positive) for point in points]
    assert [c.first for c in changes(points)] == [c.first for c in changes(turned)]


def test_chance_alone_hardly_ever_makes_a_mark():
    """200 months without any change, of 22 days with 30 ratings at 95 %."""
    chance = Random(20261012)
    marked = sum(
        bool(changes(month(*((1, 30, sum(chance.random() < 0.95 for _ in range(30))) for _ in range(22)))))
        for _ in range(200)
    )
    assert marked <= 4


def test_days_become_points_and_weeks_begin_on_monday():
    held = {
        "2026-10-18": {"dissatisfied": 1},
        "2026-10-12": {"very_satisfied": 2, "very_dissatisfied": 1},
        "2026-10-19": {"satisfied": 4},
        "2026-10-20": {},
    }
    by_day = [Point("2026-10-12", 3, 2), Point("2026-10-18", 1, 0), Point("2026-10-19", 4, 4)]
    assert points_of(held, "day") == by_day
    assert points_of(held, "week") == [Point("2026-10-12", 4, 2), Point("2026-10-19", 4, 4)]
