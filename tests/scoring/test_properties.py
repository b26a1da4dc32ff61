"""Any scheme, any facts: order never matters, withdrawing restores, caps hold, lines add up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.facts import KINDS, Fact, Withdrawal
from scoring.levels import LEVELS
from settings.reading import ROOT
from settings.schemes import load_scheme

SCHEMES = [load_scheme(file) for file in sorted((ROOT / "schemes").glob("*.toml"))]
ZERO = Decimal(0)
TAKEN_BACK = Withdrawal("2026-10-20T00:00:00Z", "boss", "wrong")

halves = st.integers(1, 60).map(lambda n: Decimal(n) / 2)
values = st.one_of(st.none(), st.integers(0, 220).map(lambda n: Decimal(n) / 2))
points = st.one_of(st.none(), st.integers(-60, 60).map(lambda n: Decimal(n) / 2))


def facts_for(scheme, most=25):
    """By the scheme's own codes and by every kind, with odd values and points."""
    codes = [("item", item.code) for item in scheme.items]
    kinds = [(kind, "") for kind in KINDS if kind not in ("item", "rated")]
    rated = [("rated", level) for level in LEVELS]
    one = st.tuples(st.sampled_from(codes + kinds + rated), st.integers(1, 31), halves, values, points)
    return st.lists(one, max_size=most).map(lambda told: [made(at, *each) for at, each in enumerate(told)])


def made(at, what, day, times, value, given_points):
    return Fact(f"f{at}", f"2026-10-{day:02}", *what, times=times, value=value, points=given_points)


some_scheme = st.sampled_from(SCHEMES)
scheme_and_facts = some_scheme.flatmap(lambda scheme: st.tuples(st.just(scheme), facts_for(scheme)))


@given(scheme_and_facts, st.randoms())
def test_the_order_of_facts_never_matters(given_facts, random):
    scheme, facts = given_facts
    shuffled = random.sample(facts, len(facts))
    assert assess(scheme, shuffled).plain() == assess(scheme, facts).plain()


@given(scheme_and_facts, st.data())
def test_withdrawing_a_fact_restores_what_was_before_it(given_facts, data):
    scheme, facts = given_facts
    taken = data.draw(st.sets(st.sampled_from(range(len(facts))), max_size=5)) if facts else set()
    withdrawn = [
        replace(fact, withdrawn=TAKEN_BACK) if at in taken else fact for at, fact in enumerate(facts)
    ]
    never = [fact for at, fact in enumerate(facts) if at not in taken]
    assert assess(scheme, withdrawn).plain() == assess(scheme, never).plain()


@given(scheme_and_facts)
def test_the_lines_add_up_to_the_score(given_facts):
    scheme, facts = given_facts
    found = assess(scheme, facts)
    weighted = any(part.weight is not None for part in scheme.parts)
    measured = any(item.measures for item in scheme.items)
    if found.raw is not None and not weighted and not measured:
        assert found.raw == scheme.base + sum((line.points for line in found.lines), ZERO)
    assert found.bonus == sum((line.points for line in found.lines if line.part == "bonus"), ZERO)


@given(scheme_and_facts)
def test_no_cap_is_passed_and_every_cut_is_named(given_facts):
    scheme, facts = given_facts
    found = assess(scheme, facts)
    for part in found.parts:
        assert part.score is None or 0 <= part.score <= part.maximum
    for group in scheme.groups:
        assert (
            abs(sum((line.points for line in found.lines if line.group == group.code), ZERO)) <= group.at_most
        )
    for line in found.lines:
        assert abs(line.points) <= abs(line.asked) and line.points * line.asked >= 0
        assert (line.points != line.asked) == bool(line.cuts)
    if found.score is not None and scheme.ceiling is not None:
        assert found.score <= scheme.ceiling


@given(facts_for(SCHEMES[0]), st.integers(0, 24))
@settings(max_examples=50)
def test_a_fact_that_came_twice_counts_once(facts, at):
    again = [*facts, *facts[at : at + 1]]
    assert assess(SCHEMES[0], again).plain() == assess(SCHEMES[0], facts).plain()


@given(st.integers(0, 90))
def test_half_points_stay_exact(times):
    yihuang = next(each for each in SCHEMES if each.id == "yihuang-window")
    facts = [Fact(f"f{at}", "2026-10-01", "item", "3.1") for at in range(times)]
    assert assess(yihuang, facts).score == 100 - Decimal(times) / 2


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_another_schemes_item_of_the_same_code_doesnt_count(scheme):
    code = scheme.items[0].code
    before = assess(scheme, []).plain()
    assert assess(scheme, [Fact("f", "2026-10-01", "item", code, "another")]).plain() == before
    assert (
        assess(scheme, [Fact("f", "2026-10-01", "item", code, scheme.id, value=Decimal(9))]).plain() != before
    )
