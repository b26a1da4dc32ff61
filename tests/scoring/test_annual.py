"""A year worked out by hand: months without bonus and malus in the mean, bonus and malus of the year once.

January   96 and nothing on top
February  94, 3 x city media: 12, at most 10 in the month: 104
March     98, county honour +5, criticised in county media -10: 93

mean without what is on top: (96 + 94 + 98) / 3 = 96
on top for the year: media 12, at most 10 in the year; honour 5; criticised -10: +5      96 + 5 = 101
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scoring.assess import assess
from scoring.scheme_rules import AnnualRule
from scoring.stretches import MonthOf, annual
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

YIHUANG = load_scheme(ROOT / "schemes" / "yihuang-window.toml")
MONTHS = [
    [fact("3.3", times=2)],
    [fact("3.5"), fact("B2", times=3)],
    [fact("1.1"), fact("B3"), fact("M1")],
]


def year(*months, scheme=YIHUANG):
    told = [MonthOf(f"2026-{at:02}", 1, scheme, tuple(facts)) for at, facts in enumerate(months, 1)]
    return annual(told, [])


def test_the_months_by_hand():
    assert [assess(YIHUANG, facts).score for facts in MONTHS] == [96, 104, 93]


def test_the_year_by_hand():
    found = year(*MONTHS)
    assert [score for _, score in found.months] == [96, 94, 98]
    assert (found.mean, found.assessment.bonus, found.assessment.malus) == (96, 15, -10)
    assert found.plain()["score"] == 101


def test_the_cap_on_media_holds_for_the_year_not_for_each_month():
    months = [[fact("B2", times=2)] for _ in range(3)]
    assert [assess(YIHUANG, facts).score for facts in months] == [108] * 3
    assert year(*months).assessment.score == 110
    by_month = replace(YIHUANG, annual=AnnualRule(caps="month"))
    assert year(*months, scheme=by_month).assessment.score == 124
    assert year(*months, scheme=replace(YIHUANG, annual=AnnualRule(bonus="none"))).assessment.score == 100


def test_a_year_is_rounded_once_at_the_end():
    assert year([], [], [fact("1.1")]).assessment.score == Decimal("99.33")


def test_the_order_of_the_months_never_matters():
    assert year(*MONTHS).assessment.score == year(*reversed(MONTHS)).assessment.score


def test_where_the_rules_count_by_the_year_its_facts_are_assessed_at_once():
    """County staff: 10 and 8 days of leave, neither over 15, together 18: -5; three errors: -3."""
    staff = load_scheme(ROOT / "schemes" / "county-clerk.toml")
    may, june = [fact("private_leave", value=10)], [fact("sick_leave", value=8)]
    months = [[*may, fact("4.1")], [*june, fact("4.1", times=2)]]
    assert [assess(staff, facts).score for facts in months] == [99, 98]
    found = year(*months, scheme=staff)
    assert (found.assessment.score, found.mean) == (92, None)
