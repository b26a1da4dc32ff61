"""The store keeps what it promises: one change per key, whole groups, an unbroken chain."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace

import pytest

from queueing.errors import KeyReused, NobodyWaiting, StorageFailed, TicketMoved
from storage.events import GENESIS, canonical
from storage.store import FolderTaken, SqliteStore
from tests.scene import Scene, store_in

LOGGED = ("seq", "at", "action", "press", "actor", "ticket", "window", "before", "after", "shown")


def test_the_same_key_is_one_change_and_the_same_answer(scene):
    by = scene.by(role="kiosk", key="tap")
    first = scene.hall.issue(service="id-card", by=by)
    again = scene.hall.issue(service="id-card", by=by)
    assert again == first
    assert scene.waiting() == ["A001"]
    assert len(scene.pushed) == 1


def test_a_key_used_for_something_else_is_refused(scene):
    by = replace(scene.by(role="kiosk", key="tap"), body="one")
    scene.hall.issue(service="id-card", by=by)
    for other in (replace(by, body="two"), replace(by, route="/elsewhere")):
        with pytest.raises(KeyReused):
            scene.hall.issue(service="id-card", by=other)
    assert scene.waiting() == ["A001"]


def test_keys_of_different_people_are_different_keys(scene):
    for actor in ("device:1", "device:2"):
        scene.hall.issue(service="id-card", by=replace(scene.by(role="kiosk", key="tap"), actor=actor))
    assert scene.waiting() == ["A001", "A002"]


def test_a_refused_press_may_be_tried_again_with_its_key(scene):
    scene.sit("1", "li")
    by = scene.by("li", key="again")
    with pytest.raises(NobodyWaiting):
        scene.hall.call_next(window="1", by=by)
    scene.take()
    assert scene.hall.call_next(window="1", by=by)["ticket"]["number"] == "A001"


def test_everything_is_there_after_the_server_was_opened_again(scene, tmp_path):
    key = scene.take()
    scene.store.close()
    reopened = store_in(tmp_path, scene.house.hall.id)
    assert reopened.look(lambda desk: desk.ticket(key)).number == "A001"
    assert reopened.look(lambda desk: desk.seq()) == 1
    reopened.close()
    scene.store = store_in(tmp_path, scene.house.hall.id)


def test_a_change_after_closing_is_refused_and_closing_twice_is_closing_once(scene):
    scene.take()
    scene.store.close()
    scene.store.close()
    with pytest.raises(StorageFailed, match="closing"):
        scene.take()


def test_closing_waits_for_the_changes_under_way(tmp_path):
    scene = Scene(tmp_path / "busy")
    entered, go_on = threading.Event(), threading.Event()

    def slow(desk):
        entered.set()
        go_on.wait(10)
        return {"number": desk.next_number("2026-10-12", "A", 1)}

    answers = []
    changing = threading.Thread(target=lambda: answers.append(scene.store.change(slow, scene.by())))
    changing.start()
    entered.wait(10)
    closing = threading.Thread(target=scene.close)
    closing.start()
    go_on.set()
    changing.join(), closing.join()
    assert answers == [{"number": 1}]


@pytest.mark.of_files
def test_a_second_server_on_the_same_folder_is_refused(scene, tmp_path):
    with pytest.raises(FolderTaken):
        SqliteStore(tmp_path, scene.house.hall.id)


def test_many_threads_get_distinct_numbers_and_events_without_holes(scene):
    found: list[str] = []

    def citizen() -> None:
        for _ in range(20):
            found.append(scene.take())

    crowd = [threading.Thread(target=citizen) for _ in range(8)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    numbers = sorted(scene.number(key) for key in found)
    assert numbers == [f"A{n:03d}" for n in range(1, 161)]
    assert [event.seq for event in scene.events()] == list(range(1, 161))
    assert [event.seq for event in scene.pushed] == list(range(1, 161))


def test_eight_windows_pressing_at_once_never_call_one_ticket_twice(scene):
    scene.sit("1", "li"), scene.sit("2", "wang")
    for _ in range(60):
        scene.take("id-card")
    called: list[str] = []

    def clerk(window: str, name: str) -> None:
        for _ in range(30):
            called.append(scene.press("call_next", window, name)["ticket"]["ticket"])
            scene.press("mark_no_show", window, name)

    windows = [threading.Thread(target=clerk, args=pair) for pair in (("1", "li"), ("2", "wang"))]
    for each in windows:
        each.start()
    for each in windows:
        each.join()
    assert len(called) == len(set(called)) == 60


def test_a_refusal_takes_back_only_its_own_rows_in_a_group(scene):
    scene.sit("1", "li")

    def half_done(desk):
        desk.next_number("2026-10-12", "A", 1)
        raise NobodyWaiting(window="1")

    with pytest.raises(NobodyWaiting):
        scene.store.change(half_done, scene.by())
    assert scene.number(scene.take()) == "A001"


def test_a_ticket_that_moved_meanwhile_is_not_overwritten(scene):
    key = scene.take()
    was = scene.ticket(key)
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")

    def stale(desk):
        desk.replace_ticket(was, replace(was, state="abandoned"))
        return {}

    with pytest.raises(TicketMoved):
        scene.store.change(stale, scene.by())
    assert scene.ticket(key).state == "called"


def test_the_chain_of_hashes_can_be_computed_from_the_events_alone(scene):
    scene.take(), scene.sit("1", "li")
    scene.serve_one("1", "li")
    head = GENESIS
    for event in scene.events():
        body = canonical({name: getattr(event, name) for name in LOGGED})
        assert event.prev_hash == head
        head = hashlib.sha256(f"{head}{body}".encode()).hexdigest()
        assert event.hash == head


def test_text_is_in_the_order_of_its_bytes_whatever_the_database_thinks(scene):
    """Turns are ties of text: a dictionary's order would be another one on each machine."""
    scene.store.change(lambda desk: desk.open_accounts(("b", "_", "a", "B", "é", "-")) or {}, scene.by())
    told = scene.store.look(lambda desk: [each.staff for each in desk.accounts()])
    assert told == ["-", "B", "_", "a", "b", "é"]


def test_a_look_sees_one_picture_while_others_change_it(scene):
    def twice(desk):
        before = desk.seq()
        scene.take()
        return before, desk.seq()

    assert scene.store.look(twice) == (0, 0)
    assert scene.store.look(lambda desk: desk.seq()) == 1


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda desk: desk.in_states(("waiting",)), "lines"),
        (lambda desk: desk.in_states(("held",)), "held_tickets"),
        (lambda desk: desk.clerk_day("li", "2026-10-12"), "finished_sums"),
        (lambda desk: desk.line("id-card", "walk_in", 1), "lines"),
        (lambda desk: desk.at_window("1"), "one_ticket_at_a_window"),
        (lambda desk: desk.no_shows("2026-10-12"), "no_shows_by_day"),
        (lambda desk: desk.called_since("2026-10-12", 40), "calls_by_time"),
        (lambda desk: desk.last_press_at("1"), "last_presses"),
        (lambda desk: desk.served_since("1", "2026-10-12"), "started_at_windows"),
        (lambda desk: desk.last_finished("1", "2026-10-12"), "finished_at_windows"),
    ],
)
def test_no_question_of_a_press_reads_the_history(scene, question, index, database):
    asked: list[str] = []

    def explained(desk):
        ask = desk.db.all
        if database == "postgresql":
            for way in ("seqscan", "sort"):  # a table of no rows is soonest read as a whole
                desk.db.run(f"SET LOCAL enable_{way} = off")
        plan = PLANS[database]
        desk.db.all = lambda sql, **params: asked.append(plan(ask, sql, params)) or ask(sql, **params)
        try:
            question(desk)
        finally:
            desk.db.all = ask

    scene.store.look(explained)
    assert index in asked[0]


PLANS = {
    "sqlite": lambda ask, sql, params: " ".join(
        row["detail"] for row in ask(f"EXPLAIN QUERY PLAN {sql}", **params)
    ),
    "postgresql": lambda ask, sql, params: " ".join(
        row["QUERY PLAN"] for row in ask(f"EXPLAIN {sql}", **params)
    ),
}


@pytest.mark.of_files
def test_a_look_doesnt_fail_because_another_thread_took_the_last_connection(scene):
    class TakenMeanwhile(list):
        """Looks as if there were one, and there is none."""

        def __bool__(self):
            return True

    scene.store._readers = TakenMeanwhile()
    assert scene.store.look(lambda desk: desk.seq()) == 0
    scene.store._readers = list(scene.store._readers)
