"""Whose turn it is: the rule's bounds, for any heads that hypothesis can think of."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from queueing.clock import instant
from queueing.house import TicketClass
from queueing.records import Ticket
from queueing.turns import Head, claim, claim_of, in_turn, next_head

NOW = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)
AT = instant(NOW)
RATES_OF_ONE = {
    "walk_in": TicketClass(0, 1),
    "priority": TicketClass(20, 1),
    "appointment": TicketClass(5, 1),
}
RATE_THREE = {"walk_in": TicketClass(0, 1), "priority": TicketClass(0, 3), "appointment": TicketClass(0, 3)}


def head(minutes_ago: float, ticket_class: str = "walk_in", tie: int = 1, reluctance: float = 0.0) -> Head:
    at = instant(NOW - timedelta(minutes=minutes_ago))
    ticket = Ticket(f"k{tie}", "2026-10-12", f"A{tie:03d}", "s", ticket_class, "waiting", at, at, tie)
    return Head(ticket, reluctance)


waited = st.integers(0, 600 * 60).map(lambda seconds: seconds / 60)
classes = st.sampled_from(["walk_in", "priority", "appointment"])
reluctances = st.sampled_from([0.0, 5.0, 10.0, 15.0])
crowds = st.lists(st.tuples(waited, classes, reluctances), min_size=1, max_size=12).map(
    lambda rows: [head(minutes, name, tie, slow) for tie, (minutes, name, slow) in enumerate(rows, 1)]
)


def joined_later(x: Head, me: Head) -> float:
    """By how many minutes x's `line_at` is later than mine."""
    return claim_minutes(me) - claim_minutes(x)


def claim_minutes(one: Head) -> float:
    return (NOW - datetime.fromisoformat(one.ticket.line_at)).total_seconds() / 60


@given(crowds)
def test_with_rates_of_one_nobody_is_overtaken_by_more_than_the_bound(heads):
    called = next_head(heads, RATES_OF_ONE, AT)
    mine = RATES_OF_ONE[called.ticket.ticket_class].head_start
    for me in heads:
        head_start = mine - RATES_OF_ONE[me.ticket.ticket_class].head_start
        assert joined_later(called, me) <= head_start + (me.reluctance - called.reluctance) + 1e-6


@given(crowds)
def test_with_a_rate_of_three_an_overtaker_came_in_the_first_two_thirds_of_my_wait(heads):
    plain = [Head(each.ticket) for each in heads]
    called = next_head(plain, RATE_THREE, AT)
    for me in plain:
        assert claim_minutes(called) >= claim_minutes(me) / 3 - 1e-6


@given(crowds)
def test_within_a_class_and_reluctance_the_order_is_that_of_arrival(heads):
    order = in_turn(heads, RATE_THREE, AT)
    for earlier, later in itertools.pairwise(order):
        same = earlier.ticket.ticket_class == later.ticket.ticket_class
        if same and earlier.reluctance == later.reluctance:
            assert earlier.ticket.line_at <= later.ticket.line_at


@given(crowds)
def test_the_one_called_is_the_first_in_turn(heads):
    assert next_head(heads, RATE_THREE, AT) == in_turn(heads, RATE_THREE, AT)[0]


@given(waited, waited)
def test_a_helper_takes_over_exactly_when_its_reluctance_is_used_up(own, other):
    mine, theirs = head(own, tie=1), head(other, tie=2, reluctance=10.0)
    called = next_head([mine, theirs], RATE_THREE, AT)
    expected = theirs if other - 10.0 > own else mine
    if abs(other - 10.0 - own) > 1e-6:
        assert called == expected


def test_equal_claims_go_to_the_older_ticket():
    older, younger = head(10, tie=1), head(10, tie=2)
    assert next_head([younger, older], RATE_THREE, AT) == older


def test_claims_that_are_equal_on_paper_are_equal_whatever_the_last_bit_says():
    rules = RATE_THREE | {"priority": TicketClass(4, 3)}
    older, younger = head(61 / 60, "priority", tie=1), head(141 / 60, "appointment", tie=2)
    assert claim_of(older, rules, AT) != claim_of(younger, rules, AT)
    assert next_head([younger, older], rules, AT) == older


def test_an_appointment_before_its_slot_is_called_only_when_nobody_else_waits():
    early, walk_in = head(-5, "appointment", tie=1), head(0, "walk_in", tie=2, reluctance=15.0)
    assert next_head([early, walk_in], RATE_THREE, AT) == walk_in
    assert next_head([early], RATE_THREE, AT) == early
    assert claim_of(early, RATE_THREE, AT) is None


def test_nobody_waiting_is_nobody_called():
    assert next_head([], RATE_THREE, AT) is None


def test_the_claim_is_the_formula_of_the_rule():
    assert claim(TicketClass(head_start=20, rate=3), minutes=7, reluctance=4) == 20 + 3 * 7 - 4
