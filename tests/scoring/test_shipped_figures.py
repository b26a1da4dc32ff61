"""Every shipped scheme: limits, caps, winners, ties and years; worked months of those with few figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.assess import assess
from scoring.ranking import ranked, winners
from scoring.stretches import MonthOf, annual
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

SHARE = ("share_positive", "fewer_deductions")
MORE = ("more_ratings",)
# Limits, parts, caps, winners by month, quarter and year, ties, and what a year is made of.
FIGURES = {
    "yihuang-window": ((100, None, None, None), (15, 40, 45), {"media": 10}, (5, 0, 5), SHARE, "months"),
    "yihuang-window-second": (
        (100, None, None, None), (15, 40, 45), {"media": 10}, (5, 0, 5), SHARE, "months",
    ),
    "yihuang-clerk": (
        (100, None, None, None), (20, 20, 30, 30),
        {"media": 10, "1.1": 10, "1.2": 10, "2.1": 5, "2.2": 15, "4.1": 10, "4.2": 10, "4.3": 10},
        (0, 10, 15), SHARE, "scores",
    ),
    "county-window": ((100, 0, 110, None), (20, 15, 10, 15, 15, 3, 2), {}, (0, 0, 5), SHARE, "scores"),
    "county-clerk": (
        (100, None, 110, None), (20, 20, 20, 40),
        {"attendance": 7, "meetings": 7, "duty": 6, "letters": 10, "4.1": 15, "4.2": 15, "4.3": 10},
        (0, 0, 0), SHARE, "facts",
    ),
    "weighted-mix": ((100, None, None, None), (100,) * 4, {}, (0, 0, 0), SHARE, "scores"),
    "thousand-points": ((1000, None, None, 900), (1000,), {}, (3, 3, 3), SHARE, "scores"),
    "seven-parts": ((100, None, None, None), (None,) * 7, {}, (0, 0, 0), SHARE, "scores"),
    "national-five": ((100, None, None, None), (100,), {}, (0, 0, 0), MORE, "facts"),
    "most-satisfied-window": ((100, None, None, None), (100,), {}, (1, 0, 0), MORE, "facts"),
    "most-satisfied-clerk": ((100, None, None, None), (100,), {}, (1, 0, 0), MORE, "facts"),
}  # fmt: skip


def scheme(name):
    return load_scheme(ROOT / "schemes" / f"{name}.toml")


THOUSAND, SEVEN, LIKED = scheme("thousand-points"), scheme("seven-parts"), scheme("most-satisfied-window")


def test_every_shipped_scheme_is_here():
    assert {file.stem for file in (ROOT / "schemes").glob("*.toml")} == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_the_figures_of_a_whole_scheme(name):
    one = scheme(name)
    caps = {group.code: group.at_most for group in one.groups}
    caps |= {item.code: item.cap for item in one.items if item.cap is not None}
    named = (one.winners.month, one.winners.quarter, one.winners.year)
    limits = (one.base, one.floor, one.ceiling, one.passing)
    told = (limits, tuple(part.maximum for part in one.parts), caps, named, one.ranking.ties, one.annual.of)
    assert told == FIGURES[name]


@pytest.mark.parametrize("name", FIGURES)
def test_what_a_source_leaves_open_is_written_out(name):
    text = (ROOT / "schemes" / f"{name}.toml").read_text("utf-8")
    assert "\n[annual]\nof = " in text and "\n[ranking]\nties = " in text


# -- thousand points ------------------------------------------------------------------------------


def test_a_month_of_thousand_points_by_hand():
    """Off: 40, 25.5 and 30; added: 12: 1000 - 95.5 + 12 = 916.5, passed; without points nothing."""
    found = assess(THOUSAND, [
        fact("1.1", points=-40), fact("1.1", points=-25.5), fact("1.1", times=2, points=-15), fact("1.1"),
        fact("B1", points=12),
    ])  # fmt: skip
    assert (found.score, found.passes, found.deducted, found.bonus) == (
        Decimal("916.5"),
        True,
        Decimal("95.5"),
        12,
    )


def test_the_thousand_stop_at_nought_and_what_is_added_comes_on_top():
    found = assess(THOUSAND, [fact("1.1", points=-700), fact("1.1", points=-400), fact("B1", points=5)])
    assert (found.parts[0].score, found.parts[0].cut, found.score, found.passes) == (0, 100, 5, False)


@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_the_first_three_that_pass_win_and_who_shares_the_third_place(kind):
    off = {"a": 10, "b": 20, "c": 30, "d": 30, "e": 40, "f": 101}
    told = {who: assess(THOUSAND, [fact("1.1", points=-points)]).plain() for who, points in off.items()}
    won = winners(THOUSAND, told, kind, "2026-10")
    assert [(each.subject, each.place, each.shared) for each in won] == [
        ("a", 1, False), ("b", 2, False), ("c", 3, True), ("d", 3, True),
    ]  # fmt: skip
    del told["a"], told["b"], told["c"]
    assert [each.subject for each in winners(THOUSAND, told, kind, "2026-10")] == ["d", "e"]


def test_among_equal_thousands_the_public_decides_then_fewer_deductions():
    """All 990: b by a deduction of 20 and 10 added; c is disliked."""
    liked, disliked = [fact("rated:satisfied", times=20)], [fact("rated:dissatisfied", times=20)]
    told = {
        "a": assess(THOUSAND, [fact("1.1", points=-10), *liked]).plain(),
        "b": assess(THOUSAND, [fact("1.1", points=-20), fact("B1", points=10), *liked]).plain(),
        "c": assess(THOUSAND, [fact("1.1", points=-10), *disliked]).plain(),
    }
    assert [(each.subject, each.place) for each in ranked(THOUSAND, told)] == [("a", 1), ("b", 2), ("c", 3)]


# -- seven parts ----------------------------------------------------------------------------------


def test_a_month_of_seven_parts_by_hand():
    """1, 2 x 2.5, 3, 0, 4.5, 6 and 7.25 off the seven: 26.75 of 100: 73.25."""
    found = assess(SEVEN, [
        fact("1.1", points=-1), fact("2.1", times=2, points=-2.5), fact("3.1", points=-3), fact("4.1"),
        fact("5.1", points=4.5), fact("6.1", points=-6), fact("7.1", points=-7.25),
    ])  # fmt: skip
    assert [-part.points for part in found.parts] == [1, 5, 3, 0, Decimal("4.5"), 6, Decimal("7.25")]
    assert (found.score, found.deducted) == (Decimal("73.25"), Decimal("26.75"))
    assert {part.score for part in found.parts} == {None}


def test_no_part_of_the_seven_stops_anything_for_the_source_names_no_limit():
    found = assess(SEVEN, [fact("1.1", points=-90), fact("2.1", points=-30)])
    assert (found.score, [part.cut for part in found.parts]) == (-20, [0] * 7)


def test_seven_parts_that_are_equal_go_by_what_was_taken_off():
    told = {
        "a": assess(SEVEN, [fact("1.1", points=-5)]).plain(),
        "b": assess(SEVEN, [fact("7.1", points=-5)]).plain(),
        "c": assess(SEVEN, [fact("3.1", points=-6)]).plain(),
    }  # fmt: skip
    assert [(each.subject, each.place) for each in ranked(SEVEN, told)] == [("a", 1), ("b", 1), ("c", 3)]


# -- whom the public is most satisfied with ---------------------------------------------------------


def rated(good, bad=0):
    facts = [fact("rated:satisfied", times=good)] if good else []
    return [*facts, *([fact("rated:very_dissatisfied", times=bad)] if bad else [])]


@pytest.mark.parametrize("name", ["most-satisfied-window", "most-satisfied-clerk"])
def test_a_month_of_the_contest_by_hand(name):
    """Shares 98 (49 of 50), 98 (98 of 100), 95, none, 0: of two equal ones more ratings win."""
    one = scheme(name)
    facts = {"a": rated(49, 1), "b": rated(98, 2), "c": rated(19, 1), "d": [], "e": rated(0, 3)}
    told = {who: assess(one, found).plain() for who, found in facts.items()}
    assert {who: each["score"] for who, each in told.items()} == {
        "a": 98,
        "b": 98,
        "c": 95,
        "d": None,
        "e": 0,
    }
    assert [(each.subject, each.place) for each in ranked(one, told)] == [
        ("b", 1),
        ("a", 2),
        ("c", 3),
        ("e", 4),
    ]
    assert [each.subject for each in winners(one, told, "month", "2026-10")] == ["b"]
    told["a"] = told["b"]
    assert [each.subject for each in winners(one, told, "month", "2026-10")] == ["a", "b"]
    assert winners(one, told, "year", "2026") == []


def test_a_year_of_shares_weighs_every_rating_alike():
    """1 of 1 in January, 90 of 99 in February: 91 of 100, not the mean of 100 and 90.91."""
    months = [
        MonthOf("2026-01", 1, LIKED, tuple(rated(1))),
        MonthOf("2026-02", 1, LIKED, tuple(rated(90, 9))),
    ]
    assert annual(months, []).assessment.score == 91


def test_the_county_s_duty_costs_six_at_most_and_a_window_of_the_second_version_forty():
    assert assess(scheme("county-clerk"), [fact("3.12", times=3)]).score == 94
    second = assess(scheme("yihuang-window-second"), [fact("2.4", times=20)])
    assert (second.score, second.parts[1].score, second.parts[1].maximum) == (60, 0, 40)
