"""Scores worked out by hand, and what a clerk may see of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import UnknownPeriod
from scoring.levels import LEVELS
from scoring.scores import Scores, month_days, score_row, whole_batches
from settings.reading import ROOT
from settings.schemes import load_scheme

COUNTY = load_scheme(ROOT / "schemes" / "county-window.toml")
levels = st.sampled_from(LEVELS)


def row(finished=100, **counts):
    return score_row(COUNTY, counts, finished)


@pytest.mark.parametrize(
    ("positive", "negative", "verdict", "adjustment", "score"),
    [
        (19, 1, "good", 2, 102),  # 95 %
        (94, 6, "fairly_good", 1, 101),  # 94 %
        (17, 3, "fairly_good", 1, 101),  # 85 %
        (7, 3, "average", 0, 100),  # 70 %
        (6, 4, "poor", -2, 98),  # 60 %
        (0, 5, "poor", -2, 98),
    ],
)
def test_the_county_rule_moves_the_base_once_by_the_verdict(positive, negative, verdict, adjustment, score):
    found = row(satisfied=positive, dissatisfied=negative)
    assert (found["verdict"], found["adjustment"], found["score"]) == (verdict, adjustment, score)


def test_four_ratings_are_too_few_for_a_verdict():
    found = row(very_dissatisfied=4)
    assert (found["verdict"], found["score"], found["n"]) == (None, 100, 4)


def test_the_ceiling_and_the_floor_hold():
    high = replace(COUNTY, base=Decimal(109))
    assert score_row(high, {"satisfied": 5}, 5)["score"] == 110
    low = replace(COUNTY, base=Decimal(1))
    assert score_row(low, {"dissatisfied": 5}, 5)["score"] == 0


def test_figures_by_hand():
    found = row(finished=8, very_satisfied=2, fairly_satisfied=1, very_dissatisfied=1)
    assert (found["n"], found["response_rate"], found["positive"]) == (4, 0.5, 0.75)
    assert found["mean_level"] == (5 + 5 + 3 + 1) / 4


def test_unrated_is_not_a_bad_rating():
    found = row(finished=10)
    assert (found["n"], found["positive"], found["mean_level"], found["score"]) == (0, None, None, 100)
    assert row(finished=0)["response_rate"] is None


@given(st.lists(levels, max_size=23))
def test_what_is_released_moves_in_whole_batches_only(given_levels):
    released = sum(whole_batches(given_levels, 5).values())
    assert released == len(given_levels) // 5 * 5


@given(st.lists(levels, min_size=5, max_size=30))
def test_a_rating_in_an_open_batch_changes_nothing_that_a_clerk_sees(given_levels):
    full = given_levels[: len(given_levels) // 5 * 5]
    assert whole_batches(given_levels, 5) == whole_batches(full, 5)


def test_the_score_of_the_window_moves_when_the_fifth_rating_arrives(scene):
    scene.sit("1", "li")
    scores = Scores(scene.hall, COUNTY)
    seen = []
    for _ in range(5):
        scene.take()
        key = scene.serve_one("1", "li")
        scene.ratings.rate_at_pad(window="1", ticket=key, level="very_satisfied", by=scene.by(role="pad"))
        table = scene.store.look(lambda desk: scores.table(desk, "2026-10"))
        own = scene.store.look(lambda desk: scores.own(desk, "li", "2026-10"))
        first = next(r for r in table["rows"] if r["window"] == "1")
        seen.append((first["n"], first["score"], own["n"]))
    assert seen == [(1, 100, 0), (2, 100, 0), (3, 100, 0), (4, 100, 0), (5, 102, 5)]
    clerks = scene.store.look(lambda desk: scores.table(desk, "2026-10", "clerk"))["rows"]
    assert [(r["clerk"], r["n"]) for r in clerks] == [("li", 5), ("wang", 0)]


def test_ratings_of_another_month_do_not_count(scene):
    scene.sit("1", "li"), scene.take()
    key = scene.serve_one("1", "li")
    scene.ratings.rate_at_pad(window="1", ticket=key, level="satisfied", by=scene.by(role="pad"))
    scores = Scores(scene.hall, COUNTY)
    november = scene.store.look(lambda desk: scores.table(desk, "2026-11"))
    assert {r["n"] for r in november["rows"]} == {0}


def test_a_month_has_its_own_last_day():
    assert month_days("2028-02") == ("2028-02-01", "2028-02-29")
    for wrong in ("2026-13", "2026", "0000-01", "october", "2026-1"):
        with pytest.raises(UnknownPeriod, match="2026-10"):
            month_days(wrong)
