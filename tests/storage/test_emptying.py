"""The log of changes goes into the main file beside the changes, begins anew, and loses nothing by it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import emptying
from storage.chain import verdict_of
from tests.scene import Scene

pytestmark = pytest.mark.of_files

PAGES, FRAME = 200, 4120


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(emptying, "LOG_PAGES", PAGES)
    made = Scene(tmp_path)
    yield made
    made.close()
    assert verdict_of(tmp_path / "hall.db").good


def in_threads(work: Callable[[], None]) -> None:
    threading.Thread(target=work).start()


def in_the_file(folder: Path, copy: Path) -> int:
    """How many tickets stand in the main file by itself."""
    copy.write_bytes((folder / "hall.db").read_bytes())
    with closing(sqlite3.connect(copy)) as conn:
        return int(conn.execute("SELECT count(*) FROM tickets").fetchone()[0])


def until_emptied(scene: Scene) -> None:
    while scene.store._emptying.is_under_way:
        threading.Event().wait(0.001)


def test_the_log_is_emptied_beside_the_changes_and_begins_anew(scene: Scene, tmp_path: Path) -> None:
    scene.store.work_beside(in_threads)
    for _ in range(150):
        scene.take()
        until_emptied(scene)
    log = (tmp_path / "hall.db-wal").stat().st_size / FRAME
    assert log < 3 * PAGES  # all in all ten times as much was written
    assert in_the_file(tmp_path, tmp_path / "copy") > 100
    assert len(scene.waiting()) == 150


def test_what_was_written_meanwhile_is_moved_after_the_next_change(scene: Scene, tmp_path: Path) -> None:
    scene.store.work_beside(in_threads)
    scene.take()
    scene.store._emptying._move()
    assert in_the_file(tmp_path, tmp_path / "copy") == 1
    scene.take()
    assert in_the_file(tmp_path, tmp_path / "copy") == 2
    scene.take()
    assert in_the_file(tmp_path, tmp_path / "copy") == 2  # it begins anew


def test_changes_go_on_and_the_operator_reads_why_when_it_cant_be_emptied(
    scene: Scene, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(emptying, "open_database", fails)
    scene.store.work_beside(in_threads)
    for _ in range(40):
        scene.take()
        until_emptied(scene)
    assert "wasn't emptied and goes on growing: disk I/O error" in caplog.text
    assert (len(scene.waiting()), scene.store.trouble) == (40, None)


def test_trouble_is_over_only_when_something_was_written(scene: Scene, tmp_path: Path) -> None:
    """SQLite leaves a row alone that is written as it is, and would say that all is well."""
    scene.take()
    scene.store._settle()
    scene.store._trouble.code = "disk_full"
    scene.store.try_again()
    assert scene.store.trouble is None
    assert (tmp_path / "hall.db-wal").stat().st_size >= FRAME


def test_a_machine_without_a_thread_left_keeps_and_tells_what_is_pressed(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    def none_left(work: Callable[[], None]) -> None:
        raise RuntimeError("can't start new thread")

    scene.store.work_beside(none_left)
    told = len(scene.pushed)
    for _ in range(40):
        scene.take()
    assert (len(scene.pushed) - told, len(scene.waiting())) == (40, 40)
    assert "can't start new thread" in caplog.text


def test_a_hall_closes_although_nobody_began_what_was_to_be_done_beside(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LEAVE_SECONDS", 0.05)
    scene.store.work_beside(lambda work: None)
    for _ in range(40):
        scene.take()
    assert scene.store._emptying.is_under_way
    scene.close()
