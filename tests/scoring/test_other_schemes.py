"""Yihuang's second version, the weighted mix, thousand points, seven parts, the five national levels."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.assess import assess
from scoring.scheme_rules import LevelPoints
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact


def scheme(name):
    return load_scheme(ROOT / "schemes" / f"{name}.toml")


SECOND, FIRST, MIX = scheme("yihuang-window-second"), scheme("yihuang-window"), scheme("weighted-mix")
THOUSAND, SEVEN, NATIONAL = scheme("thousand-points"), scheme("seven-parts"), scheme("national-five")


def test_yihuangs_second_version_by_hand():
    """A quarrel without complaint -6, an error -5, criticised in city media -20, county honour +5: 74."""
    found = assess(SECOND, [fact("3.5"), fact("2.10"), fact("M2"), fact("B3")])
    assert (found.score, [each.bars for each in found.barred]) == (74, ["month"])


def test_yihuangs_second_version_differs_in_four_places():
    def figures(one):
        return {item.code: (item.points, item.how, item.cap, item.group) for item in one.items}

    first, second = figures(FIRST), figures(SECOND)
    assert set(first) - set(second) == {"2.9", "B5"} and set(second) <= set(first)
    assert {code for code in second if second[code] != first[code]} == {"M2"}
    assert SECOND.item("3.5").text != FIRST.item("3.5").text


def test_the_mix_by_hand():
    """Head 90, managers 80 and 85 (82.5), inspection 95.5, public 19 of 20 (95): the mean is 90.75."""
    facts = [
        fact("1.1", value=90), fact("figure:managers", value=80), fact("2.1", value=85),
        fact("3.1", value=95.5), fact("rated:satisfied", times=19), fact("rated:dissatisfied"),
    ]  # fmt: skip
    found = assess(MIX, facts)
    assert [part.score for part in found.parts] == [90, Decimal("82.5"), Decimal("95.5"), 95]
    assert found.score == Decimal("90.75")


def test_the_mix_weighs_as_the_hall_says():
    """0.1 x 90 + 0.2 x 80 + 0.3 x 70 + 0.4 x 100 = 86."""
    weights = [Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("0.4")]
    parts = tuple(replace(part, weight=weight) for part, weight in zip(MIX.parts, weights, strict=True))
    facts = [fact("1.1", value=90), fact("2.1", value=80), fact("3.1", value=70), fact("rated:satisfied")]
    assert assess(replace(MIX, parts=parts), facts).score == 86


def test_while_a_part_has_no_figure_the_mix_has_no_score():
    found = assess(MIX, [fact("1.1", value=90), fact("2.1", value=80), fact("3.1", value=70)])
    assert found.score is None and [part.code for part in found.parts if part.missing] == ["4"]
    assert found.plain()["score"] is None and found.plain()["lines"][3]["note"]["zh_Hans"]
    without = tuple(
        replace(part, weight=Decimal(0) if part.code == "4" else part.weight) for part in MIX.parts
    )
    assert assess(replace(MIX, parts=without), [fact("1.1", value=90), fact("2.1"), fact("3.1")]).score == 23


def test_a_figure_beyond_the_parts_maximum_is_cut_to_it():
    found = assess(
        MIX, [fact("1.1", value=120), fact("2.1", value=100), fact("3.1", value=100), fact("4.1", value=100)]
    )
    assert (found.score, found.parts[0].cut) == (100, 20)


def test_the_mix_can_be_entered_in_times_as_well():
    facts = [fact(code, times=score) for code, score in (("1.1", 90), ("2.1", 80), ("3.1", 70), ("4.1", 100))]
    assert assess(MIX, facts).score == 85


def test_thousand_points_by_hand():
    """Deductions of 80 and 30 make 890, an addition of 10 makes 900: just passed."""
    off = [fact("1.1", points=-80), fact("1.1", points=30)]
    told = [assess(THOUSAND, facts) for facts in (off, [*off, fact("B1", points=10)])]
    assert [(each.score, each.passes) for each in told] == [(890, False), (900, True)]


def test_open_items_change_nothing_without_points():
    for one in (THOUSAND, SEVEN):
        assert assess(one, [fact(item.code) for item in one.items]).score == one.base


def test_seven_parts_by_hand():
    """2 and 3.5 off part two, 10 off part seven: 84.5."""
    facts = [fact("2.1", points=-2), fact("2.1", points=-3.5), fact("7.1", points=-10)]
    found = assess(SEVEN, facts)
    assert (len(found.parts), found.score, found.parts[1].points) == (7, Decimal("84.5"), Decimal("-5.5"))


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        (
            {
                "very_satisfied": 40,
                "satisfied": 30,
                "fairly_satisfied": 26,
                "dissatisfied": 3,
                "very_dissatisfied": 1,
            },
            "96",
        ),
        ({"satisfied": 2, "dissatisfied": 1}, "66.67"),
        ({"very_dissatisfied": 5}, "0"),
        ({"fairly_satisfied": 1}, "100"),
    ],
)
def test_the_national_levels_by_hand(counts, score):
    facts = [fact(f"rated:{level}", times=n) for level, n in counts.items()]
    assert assess(NATIONAL, facts).score == Decimal(score)


def test_without_ratings_there_is_no_national_score():
    assert assess(NATIONAL, []).score is None
    few = replace(NATIONAL, items=(replace(NATIONAL.items[0], fewest=3),))
    assert assess(few, [fact("rated:satisfied", times=2)]).score is None


def test_the_halls_own_points_of_the_levels():
    """(2 x 100 + 80 + 0) / 4 = 70."""
    points = LevelPoints(*map(Decimal, (100, 80, 60, 30, 0)))
    by_level = replace(NATIONAL.items[0], per="level_points")
    facts = [fact("rated:very_satisfied", times=2), fact("rated:satisfied"), fact("rated:very_dissatisfied")]
    assert assess(replace(NATIONAL, items=(by_level,), levels=points), facts).score == 70


def test_single_ratings_arent_named_by_a_measure():
    line = assess(NATIONAL, [fact("rated:satisfied", times=5)]).lines[0]
    assert (line.times, line.facts) == (5, ())


def note_of(found, code):
    return next(line.plain()["note"]["en"] for line in found.lines if line.code == code)


@pytest.mark.parametrize("name", ["national-five", "most-satisfied-window", "most-satisfied-clerk"])
def test_an_entered_figure_never_takes_the_place_of_ratings(name):
    """19 of 20 are 95; somebody wants 100."""
    ratings = [fact("rated:satisfied", times=19), fact("rated:dissatisfied")]
    found = assess(scheme(name), [*ratings, fact("1.1", value=100)])
    assert (found.score, found.rated.n) == (95, 20)
    assert "the figure of 100 that was entered doesn't count" in note_of(found, "1.1")


def test_where_the_mix_takes_a_figure_the_ratings_are_told_beside_it():
    parts = [fact(code, value=80) for code in ("1.1", "2.1", "3.1")]
    ratings = [fact("rated:satisfied", times=3), fact("rated:dissatisfied")]
    found = assess(MIX, [*parts, *ratings, fact("figure:public_satisfaction", value=80)])
    assert found.score == 80 and "the 4 ratings make 75 and don't" in note_of(found, "4.1")


@pytest.mark.parametrize("one", [FIRST, SECOND], ids=lambda one: one.id)
def test_a_complaint_about_a_case_is_no_quarrel(one):
    for what, off in (("complaint", 6), ("complaint:attitude", 6), ("complaint:case", 0)):
        assert assess(one, [fact(what)]).score == 100 - off
