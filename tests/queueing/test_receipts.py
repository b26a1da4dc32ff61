"""The receipt: who was called before me though they joined later, and the word for the rule."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import suppress

import pytest

from queueing.blocks import Reserve, Slip
from queueing.errors import HallError
from queueing.postponing import Postponing
from queueing.receipts import overtakings, receipt
from queueing.records import Json, Ticket
from storage.events import CALLS
from tests.scene import Scene


def told(scene: Scene, key: str) -> Json:
    return scene.store.look(lambda desk: receipt(scene.hall, desk, key))


def rules(scene: Scene, key: str) -> dict[str, str]:
    """Number by number, the rule."""
    return {each["number"]: each["rule"] for each in told(scene, key)["overtakings"]}


def number(scene: Scene, key: str) -> str:
    return scene.ticket(key).number


def served(scene: Scene, window: str = "1", clerk: str = "li", **which: str) -> str:
    press = "call" if which else "call_next"
    key: str = scene.press(press, window, clerk, **which)["ticket"]["ticket"]
    scene.press("serve", window, clerk)
    scene.press("finish", window, clerk)
    return key


@pytest.fixture
def open_hall(scene):
    scene.sit("1", "li")
    return scene


def joins(scene: Scene, service: str = "id-card", ticket_class: str = "walk_in", after: float = 4) -> str:
    key = scene.take(service, ticket_class)
    scene.clock.turn(minutes=after)
    return key


def test_priority_is_named_and_its_ground_is_not(open_hall):
    me, old = joins(open_hall), joins(open_hall, ticket_class="priority")
    open_hall.clock.turn(minutes=10)
    assert served(open_hall) == old
    expected = {"number": number(open_hall, old), "minutes": 4, "rule": "priority"}
    assert told(open_hall, me)["overtakings"] == [expected]
    served(open_hall)
    assert told(open_hall, me)["overtakings"] == [expected], "the page keeps it after the call"
    assert told(open_hall, old)["overtakings"] == []


def test_who_is_called_in_turn_is_no_overtaking(open_hall):
    first, me, third = (joins(open_hall) for _ in range(3))
    served(open_hall), served(open_hall), served(open_hall)
    assert rules(open_hall, me) == {} and rules(open_hall, first) == {} and third


def test_whoever_joined_before_is_named_by_nothing(open_hall):
    """Whatever calls the function is handed, also those that the store leaves out."""
    first, me = joins(open_hall, ticket_class="priority"), joins(open_hall)
    open_hall.clock.turn(minutes=1)
    assert served(open_hall) == first
    events = open_hall.events()
    own, calls = [e for e in events if e.ticket == me], [e for e in events if e.action == "call"]
    assert calls and overtakings(open_hall.hall.plan, own, calls) == []


def test_a_clerks_own_choice_is_named_as_such(open_hall):
    me, chosen = joins(open_hall), joins(open_hall)
    served(open_hall, ticket=chosen)
    assert rules(open_hall, me) == {number(open_hall, chosen): "chosen"}


def test_a_choice_that_the_rule_would_have_made_is_the_rules(open_hall):
    me, old = joins(open_hall), joins(open_hall, ticket_class="priority", after=20)
    served(open_hall, ticket=old)
    assert rules(open_hall, me) == {number(open_hall, old): "priority"}


def test_another_window_that_does_not_do_my_service_overtakes_nobody(open_hall):
    open_hall.sit("3", "wang")
    me, elsewhere = joins(open_hall), joins(open_hall, "job-seeker")
    assert served(open_hall, "3", "wang") == elsewhere
    assert rules(open_hall, me) == {}


def test_a_window_that_only_helps_my_service_takes_its_own_first(open_hall):
    open_hall.sit("2", "wang")
    me, theirs = joins(open_hall, "pension"), joins(open_hall, "household")
    assert served(open_hall, "2", "wang") == theirs
    assert rules(open_hall, me) == {number(open_hall, theirs): "helping"}


def test_my_own_ten_minutes_are_named_while_and_after_i_am_away(open_hall):
    me, second = joins(open_hall), joins(open_hall)
    Postponing(open_hall.hall).postpone(ticket=me, by=open_hall.by(role="holder"))
    third = joins(open_hall, after=0)
    assert [served(open_hall), served(open_hall)] == [second, third]
    assert set(rules(open_hall, me).values()) == {"you_postponed"}
    fourth = joins(open_hall, after=1)
    open_hall.clock.turn(minutes=10)
    assert [served(open_hall), served(open_hall)] == [fourth, me]
    assert set(rules(open_hall, me)) == {number(open_hall, key) for key in (second, third, fourth)}


def test_a_missed_call_costs_places_and_the_receipt_says_why(open_hall):
    me, others = joins(open_hall), [joins(open_hall, after=1) for _ in range(3)]
    open_hall.press("call_next", "1", "li")
    open_hall.press("mark_no_show", "1", "li")
    away = served(open_hall)
    open_hall.hall.come_back(ticket=me, by=open_hall.by())
    served(open_hall), served(open_hall)
    assert away == others[0]
    expected = {number(open_hall, key): "you_came_back" for key in others[1:]}
    assert rules(open_hall, me) == expected, "who was called while I didn't wait has overtaken nobody"


def test_a_clerk_who_moves_me_back_is_named(open_hall):
    me, other = joins(open_hall), joins(open_hall)
    open_hall.press("postpone", "1", "li", ticket=me)
    assert served(open_hall) == other
    assert rules(open_hall, me) == {number(open_hall, other): "you_were_moved"}


def test_a_call_that_was_undone_is_none(open_hall):
    me, chosen = joins(open_hall), joins(open_hall)
    open_hall.press("call", "1", "li", ticket=chosen)
    assert rules(open_hall, me)
    open_hall.press("undo", "1", "li")
    assert rules(open_hall, me) == {}
    served(open_hall, ticket=chosen)
    assert list(rules(open_hall, me).values()) == ["chosen"]


def test_a_transferred_ticket_keeps_its_first_joining_time(open_hall):
    sent_on, me = joins(open_hall, "pension"), joins(open_hall)
    open_hall.sit("3", "wang")
    open_hall.press("call_next", "3", "wang")
    open_hall.press("transfer", "3", "wang", service="id-card")
    assert served(open_hall) == sent_on
    assert rules(open_hall, me) == {}


def test_a_number_that_reached_the_hall_late_is_told_so(open_hall):
    block = Reserve(open_hall.hall).reserve(by=open_hall.by())
    slip = Slip(block["numbers"][0]["number"], "id-card")
    open_hall.clock.turn(minutes=5)
    quick = served_newcomer(open_hall)
    entered = Reserve(open_hall.hall).enter(
        block=block["block"], slip=slip, seconds_ago=280, by=open_hall.by()
    )
    assert rules(open_hall, entered["ticket"]["ticket"]) == {
        number(open_hall, quick): "you_were_entered_late"
    }


def served_newcomer(scene: Scene) -> str:
    key = joins(scene)
    assert served(scene) == key
    return key


# -- any day ---------------------------------------------------------------------------------------------

SEATS = {"1": "li", "2": "wang"}
SERVICES = ("id-card", "household", "residence-permit", "pension")


class Witness:
    """Watches the hall's tickets, not its log: who was called past whom, and whether a clerk chose."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.keys = scene, []
        self.passed: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
        self.last: dict[str, list[str]] = {}

    def tickets(self) -> dict[str, Ticket]:
        return {key: self.scene.ticket(key) for key in self.keys}

    def press(self, name: str, window: str, **more: str) -> None:
        before = self.tickets()
        try:
            self.scene.press(name, window, SEATS[window], **more)
        except HallError:
            return
        for key, now in self.tickets().items():
            was = before[key].state
            if name == "undo" and (was, now.state) == ("called", "waiting"):
                for me in self.last[key]:
                    self.passed[me][key].pop()
            elif name != "undo" and was != "called" and now.state == "called":
                self.last[key] = [me for me, ticket in before.items() if self.is_past(ticket, now)]
                for me in self.last[key]:
                    self.passed[me][key].append(name == "call")

    def is_past(self, me: Ticket, called: Ticket) -> bool:
        window = str(called.window)
        mine = me.direct_window == window or (
            me.direct_window is None and self.scene.hall.plan.serves(window, me.service)
        )
        return me.state == "waiting" and me.joined_at < called.joined_at and mine


@pytest.mark.parametrize("seed", range(4))
def test_of_any_day_every_overtaking_is_named_once_and_nobody_who_joined_before(tmp_path, seed):
    scene, dice = Scene(tmp_path), random.Random(seed)
    witness = Witness(scene)
    for window, clerk in SEATS.items():
        scene.sit(window, clerk)
    for _ in range(160):
        one_step(witness, dice)
    named = 0
    for me in witness.keys:
        seen = {number(scene, key): chosen for key, chosen in witness.passed[me].items() if chosen}
        receipt_of_mine = told(scene, me)["overtakings"]
        assert sorted(each["number"] for each in receipt_of_mine) == sorted(seen)
        for each in receipt_of_mine:
            named += 1
            assert each["rule"] != "unknown"
            assert each["rule"] != "chosen" or seen[each["number"]][0], "the rule called, no clerk chose"
    assert named > 10
    scene.close()


def one_step(witness: Witness, dice: random.Random) -> None:
    scene, window = witness.scene, dice.choice(sorted(SEATS))
    scene.clock.turn(seconds=dice.choice((5, 30, 90)))
    kind = dice.random()
    if kind < 0.35 or not witness.keys:
        ticket_class = dice.choice(("walk_in", "walk_in", "priority"))
        witness.keys.append(scene.take(dice.choice(SERVICES), ticket_class))
    elif kind < 0.75:
        names = ("call_next", "call_next", "serve", "finish", "finish_and_next", "mark_no_show", "undo")
        witness.press(dice.choice(names), window)
    elif kind < 0.85:
        by_holder(scene, dice.choice(witness.keys), dice.choice(("postpone", "postpone", "rejoin")))
    else:
        name = dice.choice(("call", "call", "postpone", "reinstate", "transfer"))
        more = {"service": dice.choice(SERVICES)} if name == "transfer" else {}
        witness.press(name, window, ticket=dice.choice(witness.keys), **more)


def by_holder(scene: Scene, key: str, press: str) -> None:
    with suppress(HallError):
        getattr(Postponing(scene.hall), press)(ticket=key, by=scene.by(role="holder"))


@pytest.mark.of_files
def test_the_calls_of_a_stretch_are_found_by_their_index(open_hall):
    """So that a receipt reads the calls of one wait, not of years."""
    plan = open_hall.store.look(
        lambda desk: desk.db.all(
            f"EXPLAIN QUERY PLAN {CALLS}", hall="small", since="2026", until="2027", limit=9
        )
    )
    steps = [row["detail"] for row in plan]
    assert "calls_in_order" in steps[0] and "at>? AND at<?" in steps[0], steps
    assert "(hall=? AND key=?)" in steps[1] and len(steps) == 2, steps
