"""Red-flag windows: the best by the scheme, with enough ratings, and never moved by a single rating."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.records import Press
from scoring.red_flags import MOST, flagged, red_flags, stretch
from scoring.scores import score_row
from settings.reading import ROOT
from settings.schemes import load_scheme

COUNTY = load_scheme(ROOT / "schemes" / "county-window.toml")


def rows(**windows):
    return {name: score_row(COUNTY, counts, 100) for name, counts in windows.items()}


def test_a_window_with_too_few_ratings_has_no_flag():
    assert flagged(COUNTY, rows(a={"very_satisfied": 4})) == set()
    assert flagged(COUNTY, rows(a={"very_satisfied": 5})) == {"a"}


def test_a_window_below_the_best_verdict_has_no_flag():
    assert flagged(COUNTY, rows(a={"very_satisfied": 94, "dissatisfied": 6})) == set()


def test_the_best_few_have_flags_and_those_exactly_as_good():
    found = flagged(
        COUNTY,
        rows(
            a={"very_satisfied": 9},
            b={"very_satisfied": 8, "satisfied": 1},
            c={"very_satisfied": 5, "satisfied": 5},
            d={"very_satisfied": 20, "satisfied": 20},
            e={"satisfied": 30},
        ),
    )
    assert found == {"a", "b", "c", "d"} and len(found) == MOST + 1


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-10-12", ("2026-10-01", "2026-10-11")),
        ("2026-10-01", ("2026-09-01", "2026-09-30")),
        ("2026-01-01", ("2025-12-01", "2025-12-31")),
    ],
)
def test_the_month_goes_until_yesterday(today, days):
    assert stretch(today) == days


def test_a_rating_of_today_moves_no_flag_until_tomorrow(scene):
    scene.sit("1", "li")
    for _visitor in range(5):
        scene.take()
        key = scene.serve_one("1", "li", minutes=1)
        scene.ratings.rate_by_phone(ticket=key, level="very_satisfied", by=Press(f"ticket:{key}", "holder"))
    eager = replace(COUNTY)

    def flags(today):
        return scene.store.look(lambda desk: red_flags(scene.hall, eager, desk, today))

    assert flags("2026-10-12")["windows"] == []
    assert [each["window"] for each in flags("2026-10-13")["windows"]] == ["1"]
