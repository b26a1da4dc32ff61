"""A window's ratings beside those of windows that do the same work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.levels import LEVELS
from scoring.reading import alike, read, work_of_clerks, work_of_windows
from settings import load_house
from tests.scene import SMALL

POLICE, SOCIAL = frozenset({"police"}), frozenset({"social"})
counts = st.fixed_dictionaries({level: st.integers(0, 60) for level in LEVELS})


def readings(counts, works=None, fewest=10):
    works = works or dict.fromkeys(counts, POLICE)
    return read(works, counts, {}, "day", fewest)


def test_three_perfect_ratings_have_no_place_and_no_verdict():
    found = readings(
        {
            "1": {"very_satisfied": 3},
            "2": {"very_satisfied": 270, "satisfied": 30},
            "3": {"satisfied": 50, "dissatisfied": 10},
        }
    )
    assert (found["1"].mean, found["1"].place.place, found["1"].against) == (5.0, None, None)
    assert (found["2"].place.place, found["3"].place.place) == (1, 2)
    assert found["1"].place.placed == 2
    assert found["1"].place.shrunken < found["2"].place.shrunken
    assert (found["2"].against, found["3"].against) == ("above", "below")


def test_a_small_difference_is_no_verdict():
    found = readings({"1": {"satisfied": 95, "dissatisfied": 5}, "2": {"satisfied": 93, "dissatisfied": 7}})
    assert (found["1"].against, found["2"].against) == ("alike", "alike")


def test_equal_windows_share_a_place():
    same = {"satisfied": 20, "dissatisfied": 1}
    found = readings({"1": same, "2": same, "3": {"satisfied": 10, "dissatisfied": 11}})
    assert [found[window].place.place for window in "123"] == [1, 1, 3]


def test_other_work_is_another_comparison():
    works = {"1": POLICE, "2": POLICE, "3": SOCIAL}
    alone = {"1": {"satisfied": 40}, "2": {"satisfied": 20, "dissatisfied": 20}}
    found = readings(alone | {"3": {"very_dissatisfied": 90}}, works)
    assert (found["3"].place, found["3"].alike, found["3"].against) == (None, 0, None)
    assert found["1"] == readings(alone)["1"]


def test_who_does_the_same_work_in_the_small_hall():
    """Windows 1 and 2 take the police's services; that 2 helps with pensions makes it no pension window."""
    house = load_house(SMALL)
    assert alike(work_of_windows(house)) == [["1", "2"], ["3"]]
    assert work_of_clerks(house) == {"li": POLICE, "wang": POLICE | SOCIAL}


def test_clerks_without_a_window_of_their_own_are_like_nobody():
    assert alike({"li": frozenset(), "wang": frozenset(), "zhao": POLICE}) == [["li"], ["wang"], ["zhao"]]


def test_nobody_rated_nobody_is_judged():
    found = readings({"1": {}, "2": {"satisfied": 30}})
    assert (found["1"].n, found["1"].interval, found["1"].place, found["1"].against) == (0, None, None, None)


def test_the_trend_may_reach_further_back_than_the_period():
    days = {"2026-09-30": {"satisfied": 2}, "2026-10-01": {"satisfied": 1, "dissatisfied": 1}}
    found = read({"1": POLICE}, {"1": days["2026-10-01"]}, {"1": days}, "day", 10)["1"]
    assert (found.n, [point.n for point in found.trend]) == (2, [2, 2])


@given(st.lists(counts, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_neither_order_nor_names_of_windows_matter(every, chance):
    named = {str(at): each for at, each in enumerate(every)}
    mixed = list(named)
    chance.shuffle(mixed)
    found, again = readings(named), readings({who: named[who] for who in mixed})
    for who in named:
        assert again[who].against == found[who].against
        assert again[who].place == found[who].place or (
            again[who].place.place == found[who].place.place
            and again[who].place.shrunken == pytest.approx(found[who].place.shrunken)
        )


@given(st.lists(counts, min_size=2, max_size=6))
def test_places_run_from_one_without_gaps_but_for_ties(every):
    found = readings({str(at): each for at, each in enumerate(every)})
    places = sorted(each.place.place for each in found.values() if each.place and each.place.place)
    assert all(place <= at + 1 for at, place in enumerate(places))
    assert places[:1] in ([], [1])
