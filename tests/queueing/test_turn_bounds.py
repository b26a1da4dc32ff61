"""What `queueing.turns` promises, one by one, for any figures and heads that hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from queueing.clock import instant, minutes_between, shifted
from queueing.house import TicketClass
from queueing.turns import Head, claim_of, in_turn, later_at_most, next_head
from tests.queueing.lines import Standing

NOON = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
AT = instant(NOON)
NEAR = 1e-4
"""Minutes; an instant is kept to the millisecond."""

seconds = st.integers(0, 600 * 60)
rules = st.builds(
    TicketClass,
    st.sampled_from([-10.0, 0.0, 0.0, 4.0, 20.0]),
    st.sampled_from([0.0, 0.5, 1.0, 1.0, 2.5, 3.0]),
)
figures = st.fixed_dictionaries(dict.fromkeys(("walk_in", "priority", "appointment"), rules))
reluctances = st.sampled_from([0.0, 0.0, 5.0, 10.0, 120.0])
rows = st.tuples(seconds, st.sampled_from(["walk_in", "priority", "appointment"]), reluctances)


def standing(seconds_ago: int, ticket_class: str = "walk_in", tie: int = 1) -> Standing:
    return Standing(ticket_class, instant(NOON - timedelta(seconds=seconds_ago)), tie)


def heads_of(drawn: list[tuple[int, str, float]]) -> list[Head[Standing]]:
    """In the order of their ties, as they joined; some slots lie later than their neighbours'."""
    return [Head(standing(ago, name, tie), slow) for tie, (ago, name, slow) in enumerate(drawn)]


heads_of_lines = st.lists(rows, min_size=1, max_size=10).map(heads_of)


def waited(head: Head[Standing]) -> float:
    return minutes_between(head.ticket.line_at, AT)


@given(heads_of_lines, figures)
def test_nobody_is_overtaken_by_anybody_who_came_later_than_the_bound(heads, classes):
    called = next_head(heads, classes, AT)
    for me in heads:
        mine, theirs = classes[me.ticket.ticket_class], classes[called.ticket.ticket_class]
        most = later_at_most(mine, theirs, waited(me), me.reluctance - called.reluctance)
        assert waited(me) - waited(called) <= most + NEAR


@given(rows, rows, figures)
def test_the_bound_is_no_larger_than_it_need_be(one, other, classes):
    """Whoever came as late as it says goes first; five milliseconds later they don't."""
    me, theirs = Head(standing(one[0], one[1]), one[2]), classes[other[1]]
    most = later_at_most(classes[one[1]], theirs, waited(me), one[2] - other[2])
    assume(theirs.rate > 0 and most < waited(me) - 0.001)
    for sooner, first in ((0.005, True), (-0.005, False)):
        line_at = shifted(me.ticket.line_at, minutes=most, seconds=-sooner)
        x = Head(Standing(other[1], line_at, tie=2), other[2])
        assert (next_head([me, x], classes, AT) == x) is first


@given(heads_of_lines, figures)
def test_in_one_service_and_class_the_order_is_that_of_the_line(heads, classes):
    level = [Head(each.ticket, 5.0) for each in heads if classes[each.ticket.ticket_class].rate > 0]
    for name in classes:
        order = [each.ticket for each in in_turn(level, classes, AT) if each.ticket.ticket_class == name]
        assert order == sorted(order, key=lambda ticket: (ticket.line_at, ticket.tie))


@given(heads_of_lines, st.sampled_from([0.5, 1.0, 3.0]))
def test_with_equal_rates_the_bound_does_not_grow_with_the_wait(heads, rate):
    classes = {
        name: TicketClass(start, rate)
        for name, start in (("walk_in", 0), ("priority", 20), ("appointment", 5))
    }
    called = next_head(heads, classes, AT)
    for me in heads:
        ahead = classes[called.ticket.ticket_class].head_start - classes[me.ticket.ticket_class].head_start
        assert waited(me) - waited(called) <= (ahead + me.reluctance - called.reluctance) / rate + NEAR


@given(heads_of_lines)
def test_with_a_rate_of_three_the_overtaker_came_in_the_first_two_thirds_of_my_wait(heads):
    classes = {"walk_in": TicketClass(0, 1), "priority": TicketClass(0, 3), "appointment": TicketClass(0, 3)}
    plain = [Head(each.ticket) for each in heads]
    called = next_head(plain, classes, AT)
    for me in plain:
        assert waited(me) - waited(called) <= waited(me) * 2 / 3 + NEAR
        if me.ticket.ticket_class != "walk_in":
            assert waited(me) - waited(called) <= NEAR


@given(rows, rows, figures, st.lists(st.integers(0, 300), min_size=2, max_size=12))
def test_at_one_window_two_tickets_change_places_once_at_most(one, other, classes, later):
    pair = heads_of([one, other])
    first = [next_head(pair, classes, shifted(AT, minutes=minutes)).ticket.tie for minutes in sorted(later)]
    assert sum(before != after for before, after in pairwise(first)) <= 1


@given(rows, rows, figures, st.integers(0, 600))
def test_who_grows_as_fast_and_stands_before_is_never_passed(one, other, classes, later):
    first, second = in_turn(heads_of([one, other]), classes, AT)
    if classes[first.ticket.ticket_class].rate >= classes[second.ticket.ticket_class].rate:
        assert next_head([first, second], classes, shifted(AT, minutes=later)) == first


@given(seconds, seconds, st.integers(0, 30 * 60), st.sampled_from([1.0, 3.0]), st.booleans())
def test_a_helper_takes_over_exactly_when_its_reluctance_is_used_up(
    own, other, reluctance, rate, own_is_older
):
    """To the millisecond, and at the very moment the older ticket goes first."""
    classes = {"walk_in": TicketClass(0, rate)}
    mine = Head(standing(own, tie=1 if own_is_older else 3))
    theirs = Head(standing(other, tie=2), reluctance / 60)
    left = other - own - reluctance / rate
    helped = next_head([mine, theirs], classes, AT) == theirs
    assert helped == (left > 1e-3 if own_is_older else left > -1e-3)


@given(seconds, reluctances, figures)
def test_a_helper_without_a_line_of_its_own_helps_at_once(other, reluctance, classes):
    theirs = Head(standing(other), reluctance)
    assert next_head([theirs], classes, AT) == theirs


@given(heads_of_lines, figures, st.integers(1, 10**6))
def test_equal_claims_go_to_the_older_ticket(heads, classes, step):
    """Every head stands where its claim is 600: whoever has the smallest tie is called."""
    level = [
        Head(
            replace(
                each.ticket,
                line_at=shifted(AT, minutes=-(600 - rule.head_start + each.reluctance) / rule.rate),
            ),
            each.reluctance,
        )
        for each in heads
        if (rule := classes[each.ticket.ticket_class]).rate in (0.5, 1.0, 3.0)
    ]
    assume(level)
    backwards = [Head(replace(each.ticket, tie=-step * each.ticket.tie), each.reluctance) for each in level]
    assert next_head(level, classes, AT) == level[0]
    assert next_head(backwards, classes, AT) == backwards[-1]


@given(heads_of_lines, st.lists(st.integers(1, 7200), min_size=1, max_size=4), figures)
def test_before_its_slot_a_ticket_is_called_only_when_nobody_else_waits(heads, slots, classes):
    early = [Head(standing(-ahead, "appointment", 100 + n), 0.0) for n, ahead in enumerate(slots)]
    assert next_head([*early, *heads], classes, AT) in heads
    assert next_head(early, classes, AT).ticket.line_at == min(each.ticket.line_at for each in early)
    assert claim_of(early[0], classes, AT) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "wait", "favour", "most"),
    [
        (TicketClass(0, 1), TicketClass(20, 1), 40, 0, 20),
        (TicketClass(0, 1), TicketClass(20, 1), 15, 0, 15),
        (TicketClass(0, 1), TicketClass(0, 3), 30, 0, 20),
        (TicketClass(0, 1), TicketClass(10, 3), 30, -4, 22),
        (TicketClass(0, 3), TicketClass(0, 1), 30, 0, -60),
        (TicketClass(0, 1), TicketClass(20, 0), 30, 0, -inf),
        (TicketClass(0, 1), TicketClass(40, 0), 30, 0, 30),
    ],
)  # fmt: skip
def test_the_bound_in_minutes(mine, theirs, wait, favour, most):
    assert later_at_most(mine, theirs, wait, favour) == pytest.approx(most)
