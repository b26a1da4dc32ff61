"""Changes that share one transaction: each is refused or kept by itself, and told only when it is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from queueing.errors import NobodyWaiting, StorageFailed
from queueing.records import Press
from storage.commits import Job
from storage.desk import SqlDesk
from storage.groups import answered_once
from storage.store import SqliteStore
from tests.queueing.test_any_order import as_kept
from tests.running import PATIENCE, wait_until


class Held(Exception):
    """The change was caught on its way to the store."""


def job_of(scene, presses):
    """What that press asks of the store, to be run in a group; it isn't run yet."""
    caught = []

    def catch(work, press, quick=False):
        caught.append(Job(lambda desk: answered_once(desk, work, press)))
        raise Held

    scene.store.change = catch
    with pytest.raises(Held):
        presses()
    del scene.store.change
    return caught[0]


def refused_after(job):
    """The same, which changes its mind when its rows are written."""

    def work(desk):
        job.work(desk)
        raise NobodyWaiting(window="1")

    return Job(work)


def in_memory(scene):
    found = []
    scene.store._run_group([Job(lambda desk: found.append(as_kept(desk)))])
    return found[0]


def test_a_refused_change_takes_nothing_of_its_group_along_and_leaves_nothing(scene):
    scene.sit("1", "li")
    first, second = (job_of(scene, scene.take) for _ in range(2))
    refused = refused_after(job_of(scene, scene.take))
    told = len(scene.pushed)
    scene.store._run_group([first, refused, second])
    numbers = [job.answer["ticket"]["number"] for job in (first, second)]
    assert numbers == ["A001", "A002"] == scene.waiting()
    assert isinstance(refused.error, NobodyWaiting)
    assert [event.action for event in scene.pushed[told:]] == ["issue", "issue"]
    assert [event.seq for event in scene.events()] == list(range(1, len(scene.events()) + 1))
    assert in_memory(scene) == scene.store.look(as_kept)


def test_who_comes_while_another_process_holds_the_hall_shares_the_commit(scene, monkeypatch):
    store, begin, end = scene.store, scene.store._begin, scene.store._end
    late, ends = [], []

    def begin_late():
        if not late:
            late.append(others.submit(scene.take))
            wait_until(lambda: store._commits._waiting)
        return begin()

    monkeypatch.setattr(store, "_begin", begin_late)
    monkeypatch.setattr(store, "_end", lambda: (ends.append(1), end()))
    with ThreadPoolExecutor(1) as others:
        numbers = {scene.number(scene.take()), scene.number(late[0].result(PATIENCE))}
    assert (numbers, len(ends)) == ({"A001", "A002"}, 1)


def test_a_refused_change_alone_is_told_to_nobody(scene):
    refused, told = refused_after(job_of(scene, scene.take)), len(scene.pushed)
    scene.store._run_group([refused])
    assert (scene.waiting(), scene.pushed[told:]) == ([], [])


def test_a_disk_that_fails_within_a_change_fails_its_whole_group(scene, database):
    if database == "sqlite":
        import sqlite3

        failure: Exception = sqlite3.OperationalError("disk I/O error")
        failure.sqlite_errorcode = sqlite3.SQLITE_IOERR  # type: ignore[attr-defined]
    else:
        import psycopg

        failure = psycopg.errors.DiskFull("no space left")
    kept = job_of(scene, scene.take)

    def failing(desk):
        raise failure

    with pytest.raises(StorageFailed):
        scene.store._run_group([kept, Job(failing)])
    assert scene.waiting() == []
    assert scene.number(scene.take()) == "A001"


def test_an_empty_answer_is_an_answer(scene):
    by, times = scene.by(key="the same"), []
    for _ in range(2):
        assert scene.store.change(lambda desk: times.append(1) or {}, by) == {}
    assert len(times) == 1


def test_memory_follows_every_press(scene):
    assert in_memory(scene) == scene.store.look(as_kept)
    scene.sit("1", "li")
    scene.take(), scene.take("household", "priority")
    for press, more in (
        ("call_next", {}), ("serve", {}), ("hold", {}), ("call_next", {}), ("mark_no_show", {}),
        ("pause", {"reason": "meeting"}), ("open", {}), ("leave", {}),
    ):  # fmt: skip
        scene.press(press, "1", "li", **more)
        assert in_memory(scene) == scene.store.look(as_kept), press


class Ended(BaseException):
    """Whoever made a change is ended in the middle of it."""


def test_who_is_ended_within_a_change_leaves_nothing_to_the_next_one(scene):
    def ended(desk):
        desk.keep_rule_off("any rule", "2026-10-12")
        raise Ended

    with pytest.raises(Ended):
        scene.store._run_group([Job(ended)])
    assert scene.number(scene.take()) == "A001"
    assert scene.store.look(lambda desk: desk.rules_off("2026-10-12")) == set()


@pytest.mark.of_files
def test_after_a_failure_not_even_a_quick_change_runs_where_it_is_asked_for(tmp_path):
    """What was kept goes into the main file first, which may have to wait for somebody's long look."""
    beside = []
    store = SqliteStore(tmp_path, "small", lambda work, *args: beside.append(work) or work(*args))
    store._syncs.took = lambda seconds: None
    store._syncs._mean = 0.0
    store.change(SqlDesk.touch, Press("hall"), quick=True)
    assert beside == []
    store._unsettled = True
    store.change(SqlDesk.touch, Press("hall"), quick=True)
    assert beside == [store._commit]
    store.close()
