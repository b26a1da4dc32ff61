"""The data of every earlier release open in this one, whole; a failed upgrade changes nothing.

A release adds one file to `releases/`: a small hall that its own code made, written out as SQL.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from queueing.undoing import UNDOABLE
from settings import load_house
from storage.chain import open_copy, verdict_of
from storage.db import schema_of
from storage.migrations import steps
from storage.opening import FILE
from storage.store import SqliteStore
from storage.upgrading import UpgradeFailed, missing_steps
from tests.scene import SMALL, Scene
from upkeep.folder import keep_before_upgrade, store_of
from upkeep.places import archive_of
from web.starting import CannotStart

pytestmark = pytest.mark.of_files

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql"))
KEPT = (
    "halls", "tickets", "numbers", "windows", "events", "answers", "accounts", "sessions", "wrong_tries",
    "pairing_codes", "devices", "ratings", "rating_comments",
)  # fmt: skip
"""What a release's data hold; an upgrade may add columns and tables, and takes no row."""


@pytest.fixture(params=RELEASES, ids=lambda file: file.stem)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder as that release left it."""
    with closing(sqlite3.connect(tmp_path / FILE)) as conn:
        conn.executescript(request.param.read_text("utf-8"))
        conn.execute("PRAGMA journal_mode=WAL")
    return tmp_path


def contents(file: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        return {name: [dict(row) for row in conn.execute(f"SELECT * FROM {name}")] for name in KEPT}


def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def upgraded(folder: Path) -> Iterator[tuple[dict[str, Any], SqliteStore]]:
    before = contents(folder / FILE)
    store = SqliteStore(folder, "small")
    yield before, store
    store.close()


def test_there_is_a_hall_of_the_first_release() -> None:
    assert "0.1" in {file.stem for file in RELEASES}


def test_every_row_is_there_with_all_that_it_said(folder: Path, upgraded: Any) -> None:
    before, _ = upgraded
    after = contents(folder / FILE)
    for name in KEPT:
        assert before[name], f"the release's {name} are empty: they prove nothing"
        now = [{key: row[key] for key in old} for old, row in zip(before[name], after[name], strict=True)]
        assert now == before[name], name
    assert missing_steps(folder / FILE) == []


def test_the_chain_holds_and_the_file_is_sound(folder: Path, upgraded: Any) -> None:
    verdict = verdict_of(folder / FILE, live=True)
    assert verdict.broken is None
    assert verdict.seq == upgraded[0]["halls"][0]["seq"]


def test_the_hall_goes_on_where_it_stood(folder: Path) -> None:
    scene = Scene(folder)
    scene.clock.turn(minutes=30)
    scene._keys = count(1000)  # those of before have their answers
    stood, waiting = scene.store.look(lambda desk: desk.seq()), scene.waiting()
    key = scene.take()
    assert scene.number(key) not in waiting
    scene.press("finish", "1", "li", outcome="done")
    scene.serve_one("1", "li")
    events = scene.events()
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert len(events) >= stood + 5
    scene.close()
    assert verdict_of(folder / FILE).good


def test_before_it_is_changed_a_copy_of_it_is_kept(folder: Path) -> None:
    before = contents(folder / FILE)
    house = load_house(SMALL)
    store_of(house, folder).close()
    (backup,) = archive_of(house, folder).all()
    assert (backup.why, backup.good) == ("upgrade", True)
    assert contents(backup.file) == before
    store_of(house, folder).close()
    assert archive_of(house, folder).all() == [backup]


def test_told_ranges_and_newest_presses_are_taken_along(folder: Path) -> None:
    """Both were found by tables and indices of their own until the step `031_lighter`."""
    with closing(Database(folder / FILE)) as file:
        steps.apply(file, stop_before="031_lighter")
        file.execute(
            """INSERT INTO told_waits SELECT hall, key, day, CASE tie % 2 WHEN 0 THEN service ELSE '' END,
            strftime('%Y-%m-%dT%H:%M:%fZ', joined_at, '+5 minutes'),
            strftime('%Y-%m-%dT%H:%M:%fZ', joined_at, '+15 minutes') FROM tickets"""
        )
        file.conn.commit()
    with closing(SqliteStore(folder, "small")) as store:
        told = store.look(lambda desk: desk.db.rows("SELECT tie % 2, told_low, told_high FROM tickets"))
        assert {tuple(row) for row in told} <= {(0, 5, 15), (1, None, None)} and (0, 5, 15) in told
        events = store.look(lambda desk: desk.events_after(0, 100_000))
        moved = [event for event in events if event.ticket and event.window]
        windows = {event.window for event in moved if event.action in (*UNDOABLE, "undo")}
        for window in windows:
            newest = [e for e in moved if e.window == window and e.action in (*UNDOABLE, "undo")][-1].press
            pressed = [event for event in moved if (event.window, event.press) == (window, newest)]
            assert store.look(lambda desk, at=window: desk.last_press_at(at)) == pressed
        assert windows


@pytest.fixture
def a_step_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """It changes and takes away, and breaks half-way."""

    def half(database: Any) -> None:
        schema_of(
            database, ["CREATE TABLE half (a TEXT)", "DELETE FROM ratings", "DROP TABLE rating_comments"]
        )
        schema_of(database, ["INSERT INTO nowhere VALUES (1)"])

    monkeypatch.setattr(steps, "_migrations", [*steps._migrations, steps._Migration("999_half", half)])


def test_a_failed_upgrade_leaves_the_file_as_it_was(folder: Path, a_step_that_fails: None) -> None:
    before, print_before = contents(folder / FILE), fingerprint(folder / FILE)
    with pytest.raises(UpgradeFailed, match="nowhere"):
        SqliteStore(folder, "small")
    assert contents(folder / FILE) == before
    with closing(sqlite3.connect(folder / FILE)) as conn:
        tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
    assert not {"half", "signatures", "identities"} & tables
    assert fingerprint(folder / FILE) == print_before


def test_the_operator_reads_that_nothing_was_changed(folder: Path, a_step_that_fails: None) -> None:
    house = load_house(SMALL)
    with pytest.raises(CannotStart, match=r"couldn't be brought to this release.*They are as they were"):
        store_of(house, folder)
    assert [each.why for each in archive_of(house, folder).all()] == ["upgrade"]


def test_without_room_for_the_copy_nothing_is_upgraded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upkeep.places.RESERVE", 1 << 62)
    before = fingerprint(folder / FILE)
    with pytest.raises(CannotStart, match="must be copied before"):
        keep_before_upgrade(load_house(SMALL), folder)
    assert fingerprint(folder / FILE) == before


def test_a_file_that_was_damaged_before_stays_as_it_is(folder: Path) -> None:
    with (folder / FILE).open("r+b") as out:
        out.seek(8192)
        out.write(b"\x55" * 20_000)
    before = fingerprint(folder / FILE)
    with pytest.raises(CannotStart, match="damaged"):
        store_of(load_house(SMALL), folder)
    assert fingerprint(folder / FILE) == before


def test_a_present_file_is_opened_without_a_copy(tmp_path: Path) -> None:
    house = load_house(SMALL)
    for _ in range(2):
        store_of(house, tmp_path).close()
    assert archive_of(house, tmp_path).all() == []


def test_a_copy_is_opened_without_leaving_anything_beside_it(folder: Path) -> None:
    copy = folder / "copy.db"
    copy.write_bytes((folder / FILE).read_bytes())
    before = sorted(folder.iterdir())
    with closing(open_copy(copy)) as conn:
        conn.execute("SELECT count(*) FROM events").fetchone()
    assert sorted(folder.iterdir()) == before
