"""Ten more minutes: what the holder gets, and that nobody else pays for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.clock import instant, minutes_between
from queueing.errors import Cannot, NobodyWaiting
from queueing.house import TicketClass
from queueing.phone_rules import PhoneRules
from queueing.postponing import (
    CalledAlready,
    NotAway,
    PostponedEnough,
    Postponing,
    put_off,
    returned,
)
from queueing.records import Ticket
from queueing.turns import Head, next_head
from tests.scene import Scene

# -- in the hall -------------------------------------------------------------------------------------


def ask(scene: Scene, key: str, what: str = "postpone") -> dict:
    return getattr(Postponing(scene.hall), what)(ticket=key, by=scene.by(role="holder"))


def called(scene: Scene) -> str:
    key: str = scene.press("call_next", "1", "li")["ticket"]["ticket"]
    scene.press("serve", "1", "li")
    scene.press("finish", "1", "li")
    return key


@pytest.fixture
def three(scene):
    """Three visitors, a minute apart, before Li's window."""
    scene.sit("1", "li")
    keys = []
    for _ in range(3):
        keys.append(scene.take())
        scene.clock.turn(minutes=1)
    return keys


def test_others_go_first_while_the_holder_is_away(scene, three):
    told = ask(scene, three[0])
    assert told["postpones_left"] == 1 and told["ticket"]["state"] == "waiting"
    assert minutes_between(scene.hall.now(), told["not_before"]) == 10
    assert [called(scene), called(scene)] == three[1:]
    scene.clock.turn(minutes=10)
    assert called(scene) == three[0]


def test_afterwards_it_stands_as_if_it_had_come_ten_minutes_later(scene, three):
    ask(scene, three[0])
    scene.clock.turn(minutes=5)
    between = scene.take()
    scene.clock.turn(minutes=5)
    later = scene.take()
    assert [called(scene) for _ in range(5)] == [*three[1:], between, three[0], later]


def test_a_free_window_does_not_call_somebody_who_is_away(scene, three):
    for key in three[1:]:
        scene.hall.abandon(ticket=key, by=scene.by())
    ask(scene, three[0])
    with pytest.raises(NobodyWaiting):
        scene.press("call_next", "1", "li")
    scene.press("call", "1", "li", ticket=three[0])
    assert scene.ticket(three[0]).not_before is None


def test_who_is_back_early_pays_only_for_the_time_away(scene, three):
    before = scene.ticket(three[0]).line_at
    ask(scene, three[0])
    scene.clock.turn(minutes=3)
    assert ask(scene, three[0], "rejoin")["not_before"] is None
    assert minutes_between(before, scene.ticket(three[0]).line_at) == 3
    assert called(scene) == three[1]
    with pytest.raises(NotAway):
        ask(scene, three[0], "rejoin")


def test_a_slip_of_the_finger_is_taken_back_at_once(scene, three):
    ask(scene, three[0])
    ask(scene, three[0], "rejoin")
    assert called(scene) == three[0]


def test_the_budget_is_two_and_coming_back_refills_nothing(scene, three):
    ask(scene, three[0])
    ask(scene, three[0], "rejoin")
    assert ask(scene, three[0])["postpones_left"] == 0
    with pytest.raises(PostponedEnough):
        ask(scene, three[0])


def test_a_second_time_begins_where_the_first_one_ends(scene, three):
    ask(scene, three[0])
    scene.clock.turn(minutes=4)
    told = ask(scene, three[0])
    assert minutes_between(scene.hall.now(), told["not_before"]) == 16
    assert minutes_between(scene.ticket(three[0]).joined_at, scene.ticket(three[0]).line_at) == 20


def test_a_call_is_answered_by_coming_or_leaving(scene, three):
    scene.press("call_next", "1", "li")
    with pytest.raises(CalledAlready):
        ask(scene, three[0])
    scene.press("serve", "1", "li")
    with pytest.raises(Cannot):
        ask(scene, three[0])


def test_a_hall_may_do_without(tmp_path):
    scene = Scene(tmp_path, phone=PhoneRules(postpones=0))
    key = scene.take()
    with pytest.raises(PostponedEnough):
        ask(scene, key)
    scene.close()


def test_an_undone_call_gives_the_absence_back(scene, three):
    told = ask(scene, three[0])
    scene.press("call", "1", "li", ticket=three[0])
    scene.press("undo", "1", "li")
    assert scene.ticket(three[0]).not_before == told["not_before"]


def test_the_wait_told_is_never_shorter_than_the_absence(scene, three):
    ask(scene, three[0])
    place = scene.store.look(lambda desk: scene.hall.line(desk, scene.hall.now()).places("id-card"))
    assert place[three[0]].low >= 10
    assert place[three[1]].ahead == 0, "who is away stands in nobody's way now"


def test_windows_own_lines_skip_the_absent_too(scene, three):
    for key in three[:2]:
        scene.press("transfer", "1", "li", ticket=key, to_window="1")
    scene.hall.abandon(ticket=three[2], by=scene.by())
    ask(scene, three[0])
    assert called(scene) == three[1]


# -- the proof, for any crowd ------------------------------------------------------------------------

START = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
RULES = PhoneRules()
CLASSES = {"walk_in": TicketClass(0, 1), "priority": TicketClass(5, 3), "appointment": TicketClass(20, 1)}
WINDOWS: list[dict[str, float]] = [{"a": 0.0, "b": 0.0}, {"b": 0.0, "a": 10.0}]


def at(minute: float) -> str:
    return instant(START + timedelta(minutes=minute))


@dataclass
class Visitor:
    """Comes at a minute, takes so long at the window, and asks or comes back at these minutes."""

    comes: int
    minutes: int = 5
    service: str = "a"
    ticket_class: str = "walk_in"
    asks: tuple[tuple[int, str], ...] = ()
    line_at: int | None = None


def play(
    visitors: Sequence[Visitor], windows: Sequence[dict[str, float]]
) -> tuple[dict[int, float], dict, int]:
    """When each is called, how each stood in the end, and the minutes idled before the last call."""
    tickets: dict[int, Ticket] = {}
    starts: dict[int, float] = {}
    idle, idled, free = 0, 0, [0] * len(windows)
    for minute in range(2000):
        if len(starts) == len(visitors):
            break
        for tie, visitor in enumerate(visitors):
            if visitor.comes == minute:
                tickets[tie] = standing(tie, visitor)
            for when, what in visitor.asks:
                if when == minute and tie in tickets and tie not in starts:
                    tickets[tie] = asked(tickets[tie], what, minute)
        for window, taken in enumerate(windows):
            if free[window] > minute:
                continue
            found = next_head(heads(tickets, starts, taken, minute), CLASSES, at(minute))
            if found is None:
                idle += 1
                continue
            starts[found.ticket.tie] = minute
            idled, free[window] = idle, minute + visitors[found.ticket.tie].minutes
    return starts, tickets, idled


def standing(tie: int, visitor: Visitor) -> Ticket:
    line_at = at(visitor.comes if visitor.line_at is None else visitor.line_at)
    return Ticket(str(tie), "", "", visitor.service, visitor.ticket_class, "waiting", line_at, line_at, tie)


def asked(ticket: Ticket, what: str, minute: int) -> Ticket:
    """As the hall does it; a press that it would refuse changes nothing."""
    if what == "back":
        away = (ticket.not_before or "") > at(minute)
        return replace(ticket, **returned(ticket.line_at, ticket.not_before, at(minute))) if away else ticket
    if ticket.postponed >= RULES.postpones:
        return ticket
    fields = put_off(ticket.line_at, ticket.not_before, at(minute), RULES.postpone_minutes)
    return replace(ticket, postponed=ticket.postponed + 1, **fields)


def heads(
    tickets: dict[int, Ticket], starts: dict[int, float], taken: dict[str, float], minute: int
) -> list[Head]:
    lines: dict[tuple[str, str], Ticket] = {}
    there = [t for k, t in tickets.items() if k not in starts and (t.not_before or "") <= at(minute)]
    for ticket in sorted(there, key=lambda each: (each.line_at, each.tie)):
        if ticket.service in taken:
            lines.setdefault((ticket.service, ticket.ticket_class), ticket)
    return [Head(ticket, taken[ticket.service]) for ticket in lines.values()]


asks = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["later", "later", "back"])), max_size=4).map(
    tuple
)
anybody = st.builds(
    Visitor,
    comes=st.integers(0, 40),
    minutes=st.integers(1, 9),
    service=st.sampled_from("ab"),
    ticket_class=st.sampled_from(["walk_in", "walk_in", "priority", "appointment"]),
)
walk_ins = st.builds(Visitor, comes=st.integers(0, 40), minutes=st.integers(1, 9))
pushers = st.builds(Visitor, comes=st.integers(0, 40), minutes=st.integers(1, 9), asks=asks)


@given(st.lists(anybody, max_size=10), anybody, asks)
def test_everybody_is_called_as_if_the_ticket_had_simply_come_later(others, one, wishes):
    """The same minute for each of the others, at any number of windows, with any classes and any presses."""
    crowd = [replace(one, asks=wishes), *others]
    with_presses, tickets, _ = play(crowd, WINDOWS)
    line_at = minutes_between(at(0), tickets[0].line_at)
    comes = presence_after(tickets[0], crowd[0], with_presses[0])
    later, _, _ = play([replace(one, comes=comes, line_at=round(line_at)), *others], WINDOWS)
    assert later == with_presses


early_asks = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(["later", "back"])), min_size=1, max_size=4
).map(tuple)


@given(st.lists(anybody, min_size=6, max_size=12), anybody, early_asks, st.sampled_from([1, 2]))
def test_whoever_asks_is_never_called_sooner_for_it(others, one, wishes, windows):
    """Nobody gains by it, at any number of windows and with any classes."""
    asking, _, _ = play([replace(one, asks=wishes), *others], WINDOWS[:windows])
    waiting, _, _ = play([one, *others], WINDOWS[:windows])
    assert asking[0] >= waiting[0]


def presence_after(ticket: Ticket, visitor: Visitor, start: float) -> int:
    """The minute from which the holder was there without a break."""
    known = standing(0, visitor)
    there = visitor.comes
    for when, what in sorted(visitor.asks, key=lambda ask: ask[0]):
        if visitor.comes <= when <= start:
            before, known = known, asked(known, what, when)
            if known != before:
                there = round(minutes_between(at(0), known.not_before)) if known.not_before else when
    return there


@given(st.lists(walk_ins, min_size=1, max_size=10), st.lists(pushers, max_size=10))
def test_a_crowd_that_pushes_back_as_often_as_it_may_shuts_nobody_out(present, remote):
    """None who stands in the hall is called later, but for what a window idled: at most 20 minutes."""
    pushed, _, idle = play([*present, *remote], WINDOWS[:1])
    quiet, _, _ = play([*present, *(replace(each, asks=()) for each in remote)], WINDOWS[:1])
    most = RULES.postpones * RULES.postpone_minutes
    for who in range(len(present)):
        assert pushed[who] <= quiet[who] + most
        assert idle or pushed[who] <= quiet[who]


@given(
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from(sorted(CLASSES))), min_size=2), st.integers(0, 20)
)
def test_it_goes_before_nobody_whom_it_was_not_before_already(crowd, away):
    tickets = [standing(tie, Visitor(comes, ticket_class=name)) for tie, (comes, name) in enumerate(crowd)]
    then = next_head(map(Head, tickets), CLASSES, at(90))
    moved = replace(tickets[0], **put_off(tickets[0].line_at, None, at(90), away))
    now = next_head(map(Head, [moved, *tickets[1:]]), CLASSES, at(90))
    assert then.ticket == tickets[0] or now == then
