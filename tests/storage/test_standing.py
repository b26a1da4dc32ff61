"""What the writer has in memory is what is kept: after refusals, failures, and when somebody else writes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from queueing.errors import NobodyWaiting, StorageFailed
from queueing.hall import ITSELF
from storage.standing import MOST_PARTS
from tests.queueing.test_any_order import as_kept, in_lines


def in_memory(scene):
    """The same facts, asked of the writer within a change."""
    found = []

    def ask(desk):
        found.append(as_kept(desk))
        return {}

    scene.store.change(ask, ITSELF)
    return found[0]


def must_agree(scene):
    assert in_memory(scene) == scene.store.look(as_kept)


def then_refused(scene, work):
    def refused(change):
        work(change)
        raise NobodyWaiting(window="1")

    with pytest.raises(NobodyWaiting):
        scene.hall.change(scene.by("li"), refused)


def test_a_refused_change_leaves_nothing_in_memory(scene):
    scene.sit("1", "li")
    key = scene.take()
    must_agree(scene)
    then_refused(scene, lambda change: change.desk.next_number("2026-10-12", "A", 1))
    then_refused(scene, lambda change: change.move(change.desk.ticket(key), "call", window="1"))
    then_refused(scene, lambda change: change.set_window(change.desk.window("1"), "leave", state="closed"))
    must_agree(scene)
    assert scene.number(scene.take()) == "A002"


def test_what_a_refused_change_was_the_first_to_ask_for_is_asked_again(scene):
    key = scene.take()
    scene.store._standing.forget()

    def moved_and_looked(change):
        change.move(change.desk.ticket(key), "abandon")
        change.desk.book(), change.desk.windows()

    then_refused(scene, moved_and_looked)
    must_agree(scene)


def test_what_another_process_wrote_is_seen_at_once(scene):
    scene.take()
    must_agree(scene)
    scene.store._writer.run("UPDATE tickets SET state = 'abandoned'")  # as nobody of ours does it
    scene.store._writer.run("UPDATE halls SET seq = seq + 1")
    scene.store._writer.end()
    assert in_memory(scene)["book"] == {}
    must_agree(scene)


def test_a_group_that_could_not_be_kept_is_forgotten(scene):
    scene.take()
    end = scene.store._end

    def full():
        raise scene.store.failures("the disk says no")

    scene.store._end = full
    with pytest.raises(StorageFailed):
        scene.take()
    scene.store._end = end
    must_agree(scene)
    assert scene.number(scene.take()) == "A002"


def test_the_lines_in_memory_are_those_of_the_hall(scene):
    scene.take("id-card"), scene.take("household", "priority")
    assert in_lines(scene.store._standing._parts["book"]) == scene.store.look(as_kept)["book"]


def test_numbers_of_many_days_dont_pile_up_in_memory(scene):
    days = [str(date(2026, 10, 12) + timedelta(days=n)) for n in range(100)]
    for day in days:
        scene.hall.change(ITSELF, lambda change, day=day: {"n": change.desk.next_number(day, "Y", 1)})
    assert len(scene.store._standing._parts) <= MOST_PARTS
    asked = [scene.hall.change(ITSELF, lambda change, day=day: {"n": change.desk.next_number(day, "Y", 1)})
             for day in days]  # fmt: skip
    assert {each["n"] for each in asked} == {2}
    must_agree(scene)
