"""County rules, staff (hall-rules 3.4), a year's facts worked out by hand.

1 character       quarrel: -5; no badge, 3 times: -3; not clean: -8; grave: -20
                  36, the part at most 20                                20 - 20 = 0
2 skill           examination failed: -5; policy misapplied without points: -1
                  a case late: -5                                        20 - 11 = 9
3 attendance      16 days of leave: -5; absent a day: -4; 9, at most 7; 3 x late: blank
                  meetings: joint review missed -5, weekly one missed -2, late -1; 8, at most 7
                  duty: left -2                                          20 - 16 = 4
4 results         2 errors: -2; 1 of 40 cases overdue, 97.5 %, 2 whole points under: -2
                  4 dissatisfied: -12, at most 10                        40 - 14 = 26
letters           4 praise quality with 3 points each: 12; one criticises attitude: -1
                  11, at most 10                                         + 10

0 + 9 + 4 + 26 + 10 = 49
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from queueing.house import Text
from scoring.assess import assess
from scoring.scheme_rules import Grade
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

STAFF = load_scheme(ROOT / "schemes" / "county-clerk.toml")
YEAR = [
    fact("1.1"), fact("1.2", times=3), fact("1.4", points=-8), fact("1.5", points=-20),
    fact("examination:failed"), fact("2.3"), fact("2.6"), fact("case_overdue"), fact("finished", times=40),
    fact("private_leave", value=10), fact("sick_leave", value=6), fact("absent", value=1),
    fact("late", times=3),
    fact("3.10"), fact("3.8"), fact("3.7"), fact("3.11"),
    fact("4.1", times=2), fact("complaint", times=3), fact("callback_dissatisfied"),
    fact("praise:quality", times=4, points=3), fact("M1"),
]  # fmt: skip


def score(*facts):
    return assess(STAFF, facts).score


def test_the_facts_by_hand():
    found = assess(STAFF, YEAR)
    assert [part.score for part in found.parts] == [0, 9, 4, 26]
    assert (found.bonus + found.malus, found.score) == (10, 49)
    cut = {line.code: line.cuts for line in found.lines if line.cuts}
    assert cut == {
        "1.5": ["part"], "3.4": ["group:attendance"], "3.10": ["group:meetings"], "4.3": ["item"],
        "B2": ["group:letters"],
    }  # fmt: skip


@pytest.mark.parametrize(("days", "off"), [((8, 7), 0), ((8, 7.5), 5), ((100, 0), 5)])
def test_leave_over_fifteen_days_counts_once(days, off):
    private, sick = days
    assert score(fact("private_leave", value=private), fact("sick_leave", value=sick)) == 100 - off


@pytest.mark.parametrize(("rate", "off"), [(100, 0), (99.1, 0), (99, 1), (96.24, 3), (80, 15), (101, 0)])
def test_every_whole_percentage_point_under_a_hundred_costs_one(rate, off):
    assert score(fact("4.2", value=rate)) == 100 - off


def test_a_rate_that_somebody_enters_goes_before_the_halls_own():
    halls = [fact("case_overdue", times=10), fact("finished", times=100)]
    by_code = {line.code: line.points for line in assess(STAFF, halls).lines}
    assert by_code["4.2"] == -10
    by_code = {line.code: line.points for line in assess(STAFF, [*halls, fact("4.2", value=98)]).lines}
    assert by_code["4.2"] == -2


def test_letters_count_at_most_ten_either_way():
    assert score(fact("B2", times=5, points=3)) == 110
    assert score(fact("M2", times=5, points=-3)) == 90
    assert score(fact("B2", times=5, points=3), fact("M2", times=4, points=-3)) == 103


def test_an_examination_that_was_passed_costs_nothing():
    assert score(fact("examination:passed"), fact("examination", value=91)) == 100


def test_grades_are_the_halls_to_give():
    assert assess(STAFF, []).grade is None
    graded = replace(
        STAFF, grades=(Grade("fair", Text("", ""), Decimal(60)), Grade("good", Text("", ""), Decimal(95)))
    )
    told = [assess(graded, [fact("2.1", times=times)]).grade for times in (0.5, 1, 2)]
    assert told == ["good", "good", "fair"]
    assert assess(replace(graded, base=Decimal(50)), []).grade is None


def test_an_overdue_case_costs_five_only_where_somebody_enters_it():
    """At discretion; the rate of cases in time counts by itself."""
    lines = assess(STAFF, [fact("case_overdue"), fact("finished", times=100)]).lines
    assert [(line.code, line.points) for line in lines] == [("4.2", -1)]
    assert score(fact("2.6")) == 95


@pytest.mark.parametrize(
    ("days", "off"), [(None, 2), (0.3, 0), (0.5, 2), (0.9, 2), (1, 4), (1.4, 4), (1.5, 6)]
)
def test_whole_half_days_of_absence_count_and_one_when_nobody_says_how_long(days, off):
    assert score(fact("absent", value=days)) == score(fact("3.4", value=days)) == 100 - off


def test_half_days_arent_added_up_from_hours():
    assert score(fact("absent", value=0.3), fact("absent", value=0.3)) == 100
    assert score(fact("private_leave", value=7.3), fact("sick_leave", value=8)) == 95


POINTS = """
1.1 -5, 1.2 -1, 1.3 -1, 1.4 -5, 1.5 -10, 2.1 -5, 2.2 -2, 2.3 -1, 2.4 -2, 2.5 -1, 2.6 -5,
3.1 -5, 3.2 0, 3.3 -1, 3.4 -2, 3.5 0, 3.6 -1, 3.7 -1, 3.8 -2, 3.9 -3, 3.10 -5, 3.11 -2, 3.12 -5,
4.1 -1, 4.2 -1, 4.3 -3, B1 1, B2 2, M1 -1, M2 -2
"""
FIGURES = {code: Decimal(points) for code, points in (each.split() for each in POINTS.split(","))}


def test_every_figure_is_the_one_of_the_rules():
    assert {item.code: score(fact(item.code)) - 100 for item in STAFF.items} == FIGURES
    assert {item.code: item.up_to for item in STAFF.items if item.up_to} == {
        "1.3": -3, "1.4": -10, "1.5": -20, "2.3": -3, "B1": 2, "B2": 3, "M1": -2, "M2": -3,
    }  # fmt: skip
