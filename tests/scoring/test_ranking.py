"""Places, ties by the stated rule, who is named, who is kept out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.ranking import may_take_part, ranked, winners
from scoring.scheme_rules import Winners
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

WINDOWS = load_scheme(ROOT / "schemes" / "yihuang-window.toml")
CLERKS = load_scheme(ROOT / "schemes" / "yihuang-clerk.toml")
THOUSAND = load_scheme(ROOT / "schemes" / "thousand-points.toml")


def told(scheme=WINDOWS, **facts):
    return {who: assess(scheme, found).plain() for who, found in facts.items()}


def placed(places):
    return [(each.subject, each.place, each.shared) for each in places]


def test_equal_scores_go_by_the_share_positive_then_by_fewer_deductions_then_share_the_place():
    """All but e have 98: a, b by 2 off; c by 12 off and a bonus of 10; d is rated 3 of 4, the rest all 4."""
    liked = [fact("rated:satisfied", times=4)]
    found = told(
        a=[fact("1.1"), *liked],
        b=[fact("1.2"), *liked],
        c=[fact("1.1"), fact("2.4", times=2), fact("honour_city"), *liked],
        d=[fact("1.1"), fact("rated:satisfied", times=3), fact("rated:dissatisfied")],
        e=[fact("1.5")],
    )
    assert {found[who]["score"] for who in "abcd"} == {98}
    assert placed(ranked(WINDOWS, found)) == [
        ("a", 1, True), ("b", 1, True), ("c", 3, False), ("d", 4, False), ("e", 5, False),
    ]  # fmt: skip


def test_the_first_five_carry_the_flag_and_who_shares_the_fifth_place():
    found = told(**{f"w{at}": [fact("3.1", times=min(at, 5))] for at in range(1, 9)})
    assert [each.subject for each in winners(WINDOWS, found, "month", "2026-10")] == [
        "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8",
    ]  # fmt: skip
    found = told(**{f"w{at}": [fact("3.1", times=at)] for at in range(1, 9)})
    assert [each.subject for each in winners(WINDOWS, found, "month", "2026-10")] == [
        "w1",
        "w2",
        "w3",
        "w4",
        "w5",
    ]


def test_who_is_barred_gives_the_place_to_the_next():
    found = told(**{f"w{at}": [fact("3.1", times=at)] for at in range(1, 7)})
    found |= told(w1=[fact("criticised_city")])
    assert [each.subject for each in winners(WINDOWS, found, "month", "2026-10")] == [
        "w2",
        "w3",
        "w4",
        "w5",
        "w6",
    ]
    assert len(winners(WINDOWS, found, "month", "2026-11")) == 5 and found["w1"]["score"] == 100
    assert "w1" in {each.subject for each in winners(WINDOWS, found, "month", "2026-11")}


def test_a_verified_complaint_bars_the_month_and_three_the_year():
    one = assess(CLERKS, [fact("complaint")]).plain()
    assert not may_take_part(CLERKS, one, "month", "2026-10")
    assert may_take_part(CLERKS, one, "year", "2026", 12)
    three = assess(CLERKS, [fact("complaint", times=2), fact("4.3")]).plain()
    assert not may_take_part(CLERKS, three, "year", "2026", 12)


def test_a_quarter_needs_three_months_of_service_and_a_year_twelve():
    good = assess(CLERKS, []).plain()
    asked = [("quarter", "2026-Q4", 2), ("quarter", "2026-Q4", 3), ("year", "2026", 11), ("year", "2026", 12)]
    assert [may_take_part(CLERKS, good, *each) for each in asked] == [False, True, False, True]


def test_long_leave_bars_from_the_year():
    def barred(kind, days):
        return [each.code for each in assess(CLERKS, [fact(kind, value=days)]).barred]

    assert (barred("private_leave", 20), barred("private_leave", 20.5)) == ([], ["private_leave"])
    assert (barred("sick_leave", 30), barred("sick_leave", 31)) == ([], ["sick_leave"])


def test_under_the_pass_line_nobody_wins():
    found = told(THOUSAND, a=[fact("1.1", points=-100)], b=[fact("1.1", points=-101)])
    assert [each.subject for each in winners(THOUSAND, found, "month", "2026-10")] == ["a"]
    all_of_them = replace(THOUSAND, winners=Winners(month=3))
    assert [each.subject for each in winners(all_of_them, found, "month", "2026-10")] == ["a", "b"]


def test_without_a_score_there_is_no_place():
    mix = load_scheme(ROOT / "schemes" / "weighted-mix.toml")
    assert ranked(mix, told(mix, a=[fact("1.1", value=90)])) == []


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 6), max_size=12))
def test_places_count_those_before(times):
    found = {who: assess(WINDOWS, [fact("3.1", times=n or 1)]).plain() for who, n in times.items()}
    for each in ranked(WINDOWS, found):
        assert each.place == 1 + sum(other["score"] > Decimal(str(each.score)) for other in found.values())


def rated(n, negative=0):
    good, bad = [fact("rated:satisfied", times=n - negative)], [fact("rated:dissatisfied", times=negative)]
    return (good if n > negative else []) + (bad if negative else [])


def test_few_ratings_dont_go_before_many_and_none_not_behind_bad_ones():
    """All have 100 points. 299 of 300 go before 1 of 1; unrated stands between that and 50 bad ones."""
    found = told(unrated=[], bad=rated(50, 50), one=rated(1), many=rated(300, 1))
    assert {each["score"] for each in found.values()} == {100}
    assert placed(ranked(WINDOWS, found)) == [
        ("many", 1, False), ("one", 2, False), ("unrated", 3, False), ("bad", 4, False),
    ]  # fmt: skip


def test_where_only_one_is_rated_ratings_decide_nothing():
    found = told(unrated=[fact("1.1")], bad=[fact("1.2"), *rated(2, 2)])
    assert [each.place for each in ranked(WINDOWS, found)] == [1, 1]
    assert [each.place for each in ranked(WINDOWS, told(a=[], b=[]))] == [1, 1]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.tuples(st.integers(0, 400), st.integers(0, 400))))
def test_ratings_order_all_who_are_equal_without_a_circle(counts):
    """Places count those before; the same ratings share a place; of as many, the better share goes before."""
    pairs = {who: (max(n, bad), bad) for who, (n, bad) in counts.items()}
    found = ranked(
        WINDOWS, told() | {who: assess(WINDOWS, rated(*pair)).plain() for who, pair in pairs.items()}
    )
    place = {each.subject: each.place for each in found}
    assert set(place) == set(pairs)
    for who, (n, bad) in pairs.items():
        for other, (others, worse) in pairs.items():
            if n == others:
                assert (place[who] < place[other]) == (bad < worse) or place[who] == place[other]
            if (n, bad) == (others, worse):
                assert place[who] == place[other]
