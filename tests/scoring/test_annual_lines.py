"""What a year or quarter tells of itself: the lines that made it, what was taken off, whose rules counted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.ranking import ranked
from scoring.stretches import MonthOf, annual
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact


def scheme(name):
    return load_scheme(ROOT / "schemes" / f"{name}.toml")


FIRST, SECOND, STAFF = scheme("yihuang-window"), scheme("yihuang-window-second"), scheme("yihuang-clerk")
COUNTY = scheme("county-window")


def year(facts_of, by=lambda month: FIRST, months=12):
    """`facts_of` and `by` tell a month's facts and scheme by its number."""
    told = [MonthOf(f"2026-{at:02}", 1, by(at), tuple(facts_of(at))) for at in range(1, months + 1)]
    return annual(told, []).assessment


def test_who_lost_as_much_month_by_month_ties_whichever_the_items():
    """Two points in each of twelve months: 98, and 2 off a month, for an item that counts once as well."""
    found = {"a": year(lambda at: [fact("1.1")]).plain(), "b": year(lambda at: [fact("3.3")]).plain()}
    assert [(each["score"], each["deducted"]) for each in found.values()] == [(98, 2), (98, 2)]
    assert [(each.place, each.shared) for each in ranked(FIRST, found)] == [(1, True), (1, True)]


def test_a_parts_zero_holds_in_its_month_and_not_for_the_year():
    """Two fees a month: ten off, twelve times; and five off for each of two items are the same."""
    found = [year(lambda at: [fact("2.4", times=2)]), year(lambda at: [fact("2.4"), fact("3.9")])]
    assert [(each.score, each.deducted) for each in found] == [(90, 10), (90, 10)]


def test_the_years_malus_is_deducted_once():
    """4 off in one of two months are 2 on average, and criticised: 10."""
    found = year(lambda at: [fact("3.3", times=2), fact("M1")] if at == 1 else [], months=2)
    assert (found.score, found.deducted, found.malus) == (88, 12, -10)


def test_the_lines_of_a_year_are_its_months_and_what_came_on_top():
    found = year(lambda at: [fact("1.1"), fact("3.3"), fact("B3")] if at == 2 else [], months=3)
    assert (found.parts, found.adjustment, found.verdict) == ((), 0, None)
    assert [(line.code, line.part, line.points) for line in found.lines] == [
        ("2026-01", "month", 100), ("2026-02", "month", 96), ("2026-03", "month", 100), ("B3", "bonus", 5),
    ]  # fmt: skip
    months = [line.points for line in found.lines if line.part == "month"]
    assert found.raw == sum(months) / 3 + found.bonus + found.malus
    assert found.plain()["lines"][1]["name"]["en"] == "2026-02"
    assert found.plain()["lines"][1]["note"]["en"] == "One of 3 in the mean of the months."


def test_a_month_without_a_score_says_so_and_isnt_in_the_mean():
    mix = scheme("weighted-mix")
    full = [fact(code, value=80) for code in ("1.1", "2.1", "3.1", "4.1")]
    found = year(lambda at: full if at == 1 else [], lambda at: mix, months=2)
    assert (found.score, [line.points_each for line in found.lines]) == (80, [80, None])
    assert found.lines[0].plain()["note"]["en"] == "One of 1 in the mean of the months."


def test_ratings_of_the_year_are_those_of_its_months():
    rated = [fact("rated:satisfied", times=3), fact("rated:dissatisfied")]
    found = year(lambda at: rated if at < 3 else [], months=3)
    assert (found.rated.n, found.rated.share) == (4 * 2, Decimal("0.75"))


def of(scheme, what, **more):
    return replace(fact(what, **more), scheme=scheme.id)


def test_bonus_and_malus_count_by_the_scheme_of_their_month():
    """February by the first: honour +5, criticised -10; in July the second holds, and criticised costs 20."""
    happened = {2: [of(FIRST, "B3"), of(FIRST, "M1"), of(FIRST, "M2")], 8: [of(SECOND, "M2")]}
    found = year(lambda at: happened.get(at, []), lambda at: FIRST if at < 7 else SECOND)
    assert (found.bonus, found.malus, found.score) == (5, -30, 75)
    (barred,) = found.barred
    assert barred.periods == ("2026-10",) and len(barred.facts) == 2


def test_a_cap_of_the_year_holds_across_a_change_of_rules():
    reports = {2: [of(FIRST, "B2", times=2)], 8: [of(SECOND, "B2", times=2)]}
    found = year(lambda at: reports.get(at, []), lambda at: FIRST if at < 7 else SECOND)
    assert (found.bonus, [line.points for line in found.lines if line.part == "bonus"]) == (10, [8, 2])


@pytest.mark.parametrize(("rules", "month"), [(COUNTY, [fact("B3")]), (STAFF, [fact("B3")])])
def test_where_no_years_bonus_is_known_nothing_piles_up(rules, month):
    """A bonus of 5 in each of twelve months is 105, not 160; in one of them 100 and a twelfth of it."""
    assert year(lambda at: month, lambda at: rules).score == 105
    once = year(lambda at: month if at == 1 else [], lambda at: rules)
    assert (once.score, once.bonus, once.lines[0].points) == (Decimal("100.42"), 0, 105)


def test_the_publics_verdict_counts_in_its_month():
    """County: ten satisfied +2 in January, a hundred dissatisfied -2 in February: 100."""
    ratings = {1: [fact("rated:satisfied", times=10)], 2: [fact("rated:dissatisfied", times=100)]}
    found = year(lambda at: ratings.get(at, []), lambda at: COUNTY, months=2)
    assert ([line.points for line in found.lines], found.score, found.verdict) == ([102, 98], 100, None)
