"""Yihuang's windows (hall-rules 3.1), a month worked out by hand.

Window 7, October 2026:

    1 support by the bureau, 15:  no leader in charge, found twice: once -2            15 - 2    = 13
    2 by the rules, 40:           4 x fees (-5) = -20, 5 x errors (-5) = -25: -45,
                                  the part ends at zero                               40 - 40   =  0
    3 courteous, 45:              3 persons late (-1.5), absent 2 days (-10), left the post (-2),
                                  quarrel with complaint (-6): -19.5                   45 - 19.5 = 25.5
    bonus:                        3 x county media (+6), 2 x city media (+8) = 14, at most 10;
                                  county honour +5                                               +15
    malus:                        criticised in county media                                     -10
                                                                           13 + 0 + 25.5 + 15 - 10 = 43.5
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.assess import assess
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

YIHUANG = load_scheme(ROOT / "schemes" / "yihuang-window.toml")
MONTH = [
    fact("1.1", day=2), fact("1.1", day=9),
    fact("2.4", times=4), fact("2.10", times=5),
    fact("late", times=2, value=11), fact("left_early", value=25), fact("late", value=10),
    fact("absent", value=2), fact("left_post", value=40), fact("complaint"),
    fact("media_county", times=3), fact("media_city", times=2), fact("honour_county"), fact("M1"),
]  # fmt: skip

POINTS = """
1.1 -2, 1.2 -2, 1.3 -2, 1.4 -2, 1.5 -3, 2.1 -2, 2.2 -2, 2.3 -2, 2.4 -5, 2.5 -5, 2.6 -2, 2.7 -2, 2.8 -3,
2.9 -3, 2.10 -5, 3.1 -0.5, 3.2 -5, 3.3 -2, 3.4 -2, 3.5 -6, 3.6 -2, 3.7 -2, 3.8 -2, 3.9 -5, 3.10 -10,
B1 2, B2 4, B3 5, B4 10, B5 2, M1 -10, M2 0, M3 -10
"""
FIGURES = {code: Decimal(points) for code, points in (each.split() for each in POINTS.split(","))}


def score(*facts):
    return assess(YIHUANG, facts).score


def test_the_month_by_hand():
    found = assess(YIHUANG, MONTH)
    assert [(part.score, part.cut) for part in found.parts] == [(13, 0), (0, 5), (Decimal("25.5"), 0)]
    assert (found.bonus, found.malus, found.score) == (15, -10, Decimal("43.5"))
    assert found.plain()["score"] == 43.5


def test_every_line_says_what_was_asked_and_what_cut_it():
    lines = {line["code"]: line for line in assess(YIHUANG, MONTH).plain()["lines"]}
    told = {
        code: (each["times"], each["asked"], each["points"], each["cut_by"]) for code, each in lines.items()
    }
    assert told["1.1"] == (1, -2, -2, []) and len(lines["1.1"]["facts"]) == 2
    assert (told["2.4"], told["2.10"]) == ((4, -20, -20, []), (5, -25, -20, ["part"]))
    assert told["3.1"] == (3, -1.5, -1.5, []) and told["3.2"] == (2, -10, -10, [])
    assert (told["B1"], told["B2"]) == ((3, 6, 6, []), (2, 8, 4, ["group:media"]))


def test_without_facts_the_score_is_the_base():
    found = assess(YIHUANG, [])
    assert (found.score, found.lines, found.barred) == (100, (), ())


def test_bonuses_lift_the_sum_over_a_hundred():
    assert score(fact("honour_city", times=2), fact("B5", times=3), fact("3.1")) == Decimal("125.5")


@pytest.mark.parametrize(("code", "points"), FIGURES.items())
def test_every_figure_is_the_one_of_the_rules(code, points):
    once = {"1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.9"}
    assert score(fact(code)) == 100 + points
    assert score(fact(code), fact(code)) == 100 + points * (1 if code in once else 2)


def test_no_figure_is_missing_and_none_is_too_many():
    assert [item.code for item in YIHUANG.items] == list(FIGURES)


def test_criticism_in_city_media_bars_from_the_months_award():
    found = assess(YIHUANG, [fact("criticised_city")])
    assert (found.score, [(each.code, each.periods) for each in found.barred]) == (
        100,
        [("criticised", ("2026-10",))],
    )
