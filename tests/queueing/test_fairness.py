"""A day's overtakings in one walk: the same as all receipts together, and as a count by brute force."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest

from queueing.blocks import Reserve, Slip
from queueing.clock import minutes_between
from queueing.errors import HallError
from queueing.fairness import Passed, Turns, Worst
from queueing.postponing import Postponing
from queueing.receipts import receipt
from queueing.records import Event
from scoring.fairness import day_turns
from tests.scene import Scene

SEATS = {"1": "li", "2": "wang"}
SERVICES = ("id-card", "household", "residence-permit", "pension")
DAY = "2026-10-12"
LATE = {60: 0, 110: 1}
"""At which step which number of a cut-off kiosk reaches the hall."""



def turns(scene: Scene, day: str = DAY) -> Turns:
    return scene.store.look(lambda desk: day_turns(scene.hall, desk, day))


def a_days_presses(scene: Scene, dice: random.Random, many: int = 240) -> list[str]:
    keys: list[str] = []
    for window, clerk in SEATS.items():
        scene.sit(window, clerk)
    block = Reserve(scene.hall).reserve(by=scene.by())
    for step in range(many):
        scene.clock.turn(seconds=dice.choice((5, 30, 90)))
        with suppress(HallError):
            if step in LATE:
                keys.append(entered_late(scene, block["block"], block["numbers"][LATE[step]]["number"]))
            else:
                one_press(scene, dice, keys)
    return keys


def entered_late(scene: Scene, block: str, number: str) -> str:
    slip = Slip(number, SERVICES[int(number[-1]) % 2])
    told = Reserve(scene.hall).enter(block=block, slip=slip, seconds_ago=700, by=scene.by())
    return str(told["ticket"]["ticket"])


def one_press(scene: Scene, dice: random.Random, keys: list[str]) -> None:
    kind, window = dice.random(), dice.choice(sorted(SEATS))
    if kind < 0.4 or not keys:
        ticket_class = dice.choice(("walk_in", "walk_in", "priority"))
        keys.append(scene.take(dice.choice(SERVICES), ticket_class))
    elif kind < 0.75:
        names = ("call_next", "call_next", "serve", "finish", "finish_and_next", "mark_no_show", "undo")
        scene.press(dice.choice(names), window, SEATS[window])
    elif kind < 0.82:
        press = dice.choice(("postpone", "rejoin"))
        getattr(Postponing(scene.hall), press)(ticket=dice.choice(keys), by=scene.by(role="holder"))
    elif kind < 0.85:
        scene.hall.abandon(ticket=dice.choice(keys), by=scene.by())
    else:
        name = dice.choice(("call", "call", "postpone", "reinstate", "transfer"))
        more = {"service": dice.choice(SERVICES)} if name == "transfer" else {}
        scene.press(name, window, SEATS[window], ticket=dice.choice(keys), **more)


def by_brute_force(scene: Scene) -> dict[str, dict[str, int]]:
    """By ticket: who overtook it and how many minutes later they had come. Every call against everybody."""
    events = [event for event in scene.events() if event.ticket]
    histories: dict[str, list[Event]] = {}
    for event in events:
        histories.setdefault(str(event.ticket), []).append(event)
    found: dict[str, dict[str, int]] = {key: {} for key in histories}
    for call in (event for event in events if event.action == "call" and not is_taken_back(histories, event)):
        for key, own in histories.items():
            later = minutes_between(own[0].shown["joined_at"], call.shown["joined_at"])
            if key != call.ticket and later > 0 and stood_there(scene, own, call):
                found[key].setdefault(str(call.ticket), int(later))
    return found


def is_taken_back(histories: dict[str, list[Event]], call: Event) -> bool:
    """By an undo of the ticket before it is called again."""
    for event in histories[str(call.ticket)]:
        if event.seq > call.seq and event.action == "call":
            return False
        if event.seq > call.seq and event.action == "undo" and event.before.get("state") == "called":
            return event.after.get("state") == "waiting"
    return False


def stood_there(scene: Scene, own: list[Event], call: Event) -> bool:
    known = [event for event in own if event.seq < call.seq]
    shown = (known[-1] if known else own[0]).shown
    direct, window = shown["direct_window"], str(call.window)
    mine = direct == window if direct else scene.hall.plan.serves(window, shown["service"])
    return shown["state"] == "waiting" and mine


@pytest.fixture(params=(1, 2, 3))
def played(tmp_path, request) -> Iterator[tuple[Scene, list[str]]]:
    scene = Scene(tmp_path)
    yield scene, a_days_presses(scene, random.Random(request.param))
    scene.close()


def test_a_day_is_the_same_as_every_call_held_against_everybody(played):
    scene, keys = played
    told, found = turns(scene), by_brute_force(scene)
    assert sorted(found) == sorted(keys)
    assert told.overtakings == sum(map(len, found.values())) > 20
    assert told.later == Counter(minutes for each in found.values() for minutes in each.values())
    assert told.overtaken.total() == sum(1 for each in found.values() if each)
    assert told.tickets.total() == len(keys)
    times = sorted((len(each) for each in found.values() if each), reverse=True)[:10]
    assert [each.times for each in told.worst] == times


def test_a_day_is_the_same_as_all_its_receipts(played):
    scene, keys = played
    words: Counter[str] = Counter()
    for key in keys:
        told = scene.store.look(lambda desk, key=key: receipt(scene.hall, desk, key))
        words.update(each["rule"] for each in told["overtakings"])
    by_word: Counter[str] = Counter()
    for passed, n in turns(scene).passed.items():
        by_word[passed.rule] += n
    assert by_word == words and len(words) >= 3


def test_classes_are_counted_as_they_stood(scene):
    scene.sit("1", "li")
    scene.take()
    scene.clock.turn(minutes=4)
    old = scene.take(ticket_class="priority")
    scene.clock.turn(minutes=10)
    assert scene.press("call_next", "1", "li")["ticket"]["ticket"] == old
    told = turns(scene)
    assert told.passed == {Passed("walk_in", "priority", "priority"): 1}
    assert told.tickets == {"walk_in": 1, "priority": 1} and told.overtaken == {"walk_in": 1}
    assert told.later == {4: 1} and told.worst == [Worst(1, DAY, "A001")]


def test_a_day_knows_nothing_of_the_day_before(scene):
    scene.sit("1", "li")
    scene.take()
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()
    scene.sit("1", "li")
    scene.take()
    assert turns(scene).tickets.total() == 1
    assert turns(scene, "2026-10-13").tickets.total() == 1
    assert turns(scene, "2026-10-14") == Turns()


def test_days_add_up_and_shares_of_them_are_found():
    one = Turns(later=Counter({0: 5, 3: 4, 12: 1}), worst=[Worst(3, "a", "A1")])
    assert [one.minutes_later(n) for n in (50, 51, 90, 95, 100)] == [0, 3, 3, 12, 12]
    assert Turns().minutes_later(50) is None
    one.add(Turns(later=Counter({3: 1}), worst=[Worst(4, "b", "A2")]))
    assert one.later[3] == 5 and [each.number for each in one.worst] == ["A2", "A1"]


def test_a_call_that_was_undone_counts_only_when_it_comes_again(scene):
    scene.sit("1", "li")
    scene.take()
    scene.clock.turn(minutes=4)
    chosen = scene.take()
    scene.press("call", "1", "li", ticket=chosen)
    assert turns(scene).overtakings == 1
    scene.press("undo", "1", "li")
    assert turns(scene).overtakings == 0 == len(by_brute_force(scene)[chosen])
    scene.press("call", "1", "li", ticket=chosen)
    scene.press("undo", "1", "li")
    scene.press("call", "1", "li", ticket=chosen)
    assert turns(scene).passed == {Passed("walk_in", "walk_in", "chosen"): 1}


def test_who_was_entered_late_was_overtaken_before_the_hall_knew(scene):
    scene.sit("1", "li")
    block = Reserve(scene.hall).reserve(by=scene.by())
    scene.clock.turn(minutes=5)
    scene.take()
    scene.press("call_next", "1", "li")
    slip = Slip(block["numbers"][0]["number"], "id-card")
    Reserve(scene.hall).enter(block=block["block"], slip=slip, seconds_ago=280, by=scene.by())
    assert turns(scene).passed == {Passed("walk_in", "walk_in", "you_were_entered_late"): 1}
