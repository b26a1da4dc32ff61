"""Yihuang's staff (hall-rules 3.2), a month worked out by hand.

Clerk 12, October 2026:

    1 conduct         3 meetings missed: -15, the item at most 10
                      1 complaint about attitude: -5                         20 - 15 = 5
    2 ability         2 errors: -10
                      ability that doesn't satisfy: blank in the source, 0   20 - 10 = 10
    3 diligence       left the post: -2; 11 times late: -5.5
                      ten of them are half a day's absence: -2.5
                      absent a day: -5; a sign-in missed: -1; no badge: -0.5 30 - 16.5 = 13.5
    4 results         3 dissatisfied: -15, the item at most 10
                      a complaint about a case: -5                           30 - 15 = 15
    bonus             county media 2 x 2, city media 2 x 4: 12, at most 10
                      suggestion 5; praise 2                                 + 17

    5 + 10 + 13.5 + 15 + 17 = 60.5
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.assess import assess
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

STAFF = load_scheme(ROOT / "schemes" / "yihuang-clerk.toml")
MONTH = [
    fact("1.1", times=3), fact("complaint"),
    fact("2.2", times=2), fact("2.1"),
    fact("left_post", value=20), fact("late", times=9, value=15), fact("left_early", times=2),
    fact("absent", value=1),
    fact("missed_sign_in"), fact("3.5"),
    fact("rated:dissatisfied", times=2), fact("callback_dissatisfied"), fact("complaint:case"),
    fact("rated:satisfied"),
    fact("media_county", times=2), fact("media_city", times=2), fact("suggestion"), fact("praise"),
]  # fmt: skip


def score(*facts):
    return assess(STAFF, facts).score


def test_the_month_by_hand():
    found = assess(STAFF, MONTH)
    assert [part.score for part in found.parts] == [5, 10, Decimal("13.5"), 15]
    assert (found.bonus, found.score) == (17, Decimal("60.5"))


def test_the_caps_are_named_where_they_cut():
    lines = {line.code: line for line in assess(STAFF, MONTH).lines}
    assert {code: line.cuts for code, line in lines.items() if line.cuts} == {
        "1.1": ["item"], "4.1": ["item"], "B2": ["group:media"],
    }  # fmt: skip
    assert (lines["3.4"].points, lines["3.2"].times, lines["3.2"].points) == (
        Decimal("-5.5"),
        Decimal("1.5"),
        Decimal("-7.5"),
    )


@pytest.mark.parametrize(("late", "off"), [(9, "4.5"), (10, "7.5"), (19, "12"), (20, "15")])
def test_every_ten_times_late_make_half_a_days_absence(late, off):
    assert score(fact("late", times=late, value=30)) == 100 - Decimal(off)


def test_ten_minutes_arent_late_and_what_nobody_measured_is():
    assert score(fact("late", value=10)) == 100
    assert score(fact("late", value=10.5)) == score(fact("late")) == Decimal("99.5")


def test_a_complaint_about_a_case_counts_there_and_not_as_attitude():
    assert {line.code for line in assess(STAFF, [fact("complaint:case")]).lines} == {"4.3"}
    assert {line.code for line in assess(STAFF, [fact("complaint:attitude")]).lines} == {"1.2"}


@pytest.mark.parametrize(
    ("days", "off"), [(None, "5"), (0.4, "0"), (0.5, "2.5"), (0.9, "2.5"), (1, "5"), (2.5, "12.5")]
)
def test_whole_half_days_of_absence_count_and_a_day_when_nobody_says_how_long(days, off):
    assert score(fact("absent", value=days)) == 100 - Decimal(off)


POINTS = """
1.1 -5, 1.2 -5, 2.1 0, 2.2 -5, 3.1 -2, 3.2 -5, 3.3 -1, 3.4 -0.5, 3.5 -0.5, 4.1 -5, 4.2 -5, 4.3 -5,
B1 2, B2 4, B3 5, B4 2
"""
FIGURES = {code: Decimal(points) for code, points in (each.split() for each in POINTS.split(","))}


def test_every_figure_is_the_one_of_the_rules():
    assert {item.code: score(fact(item.code)) - 100 for item in STAFF.items} == FIGURES


def test_a_part_stops_at_zero():
    assert score(fact("3.2", times=7)) == 70
