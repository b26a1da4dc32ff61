"""Data that are torn or of another release: the start says so, names the way back, touches nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import storage.opening
from queueing.records import Press
from storage.opening import MARK, CannotOpen
from storage.store import SqliteStore
from tests.faults.disks import must_be_sound
from tests.faults.starts import refused
from tests.running import first_words, running_hall, start
from tests.scene import Scene

PAGE = 4096
FRAME = PAGE + 24


def played(data: Path) -> Path:
    """A hall's file after some presses and an orderly end."""
    scene = Scene(data)
    scene.sit("1", "li")
    for _ in range(30):
        scene.take()
    scene.serve_one("1", "li")
    scene.close()
    assert not (data / MARK).exists()
    return data / "hall.db"


def without_head(file: Path) -> None:
    file.write_bytes(b"\0" * PAGE + file.read_bytes()[PAGE:])


def cut_in_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def with_a_page_of_noise(file: Path) -> None:
    """The last page that is in use, of a hall that wasn't closed properly."""
    content = file.read_bytes()
    file.write_bytes(content[:-PAGE] + b"\xa5" * PAGE)
    (file.parent / MARK).touch()


def gone_without_its_changes(file: Path) -> None:
    file.with_name("hall.db-wal").write_bytes(b"changes" * 1000)
    file.unlink()


def files(data: Path) -> dict[str, bytes]:
    """What the hall's file and its changes hold."""
    found = {
        each.name: each.read_bytes() for each in (data / "hall.db", data / "hall.db-wal") if each.exists()
    }
    return {name: content for name, content in found.items() if content}


@pytest.mark.parametrize("harm", [without_head, cut_in_half, with_a_page_of_noise, gone_without_its_changes])
def test_a_damaged_file_stops_the_start_and_stays_as_it_is(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    file = played(tmp_path)
    harm(file)
    before = files(tmp_path)
    said = refused(tmp_path)
    assert "is damaged" in said and f"make restore DATA={tmp_path}" in said
    assert files(tmp_path) == before


def test_data_of_a_newer_release_stay_as_they_are(tmp_path: Path) -> None:
    file = played(tmp_path)
    with closing(sqlite3.connect(file)) as conn, conn:
        conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hall', '900_x', '')"
        )
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = files(tmp_path)
    said = refused(tmp_path)
    assert "newer version" in said and "900_x" in said and "DATA=" in said
    assert files(tmp_path) == before


def test_after_a_kill_the_data_are_looked_at_and_after_an_orderly_end_they_are_not(tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        hall.somebody().take()
        assert "closed properly" not in hall.said
    process = start(tmp_path)
    assert "closed properly" not in first_words(process)
    process.kill(), process.communicate()
    with running_hall(tmp_path) as hall:
        assert "wasn't closed properly last time. Its data were looked at and are whole." in hall.said
        assert hall.somebody().take()["ticket"]["number"] == "A002"


def test_the_look_at_the_data_ends_in_time_and_says_that_it_isnt_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = played(tmp_path)
    (tmp_path / MARK).touch()
    monkeypatch.setattr(storage.opening, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(storage.opening, "STEPS_BETWEEN_LOOKS", 1)
    store = SqliteStore(file.parent, "small")
    assert "the full check follows at night" in caplog.text
    store.close()
    assert not (tmp_path / MARK).exists()


def test_a_start_that_is_refused_leaves_the_folder_free_for_the_next(tmp_path: Path) -> None:
    file = played(tmp_path)
    whole = file.read_bytes()
    without_head(file)
    with pytest.raises(CannotOpen):
        SqliteStore(tmp_path, "small")
    file.write_bytes(whole)
    SqliteStore(tmp_path, "small").close()


@pytest.mark.parametrize("torn", [1, FRAME // 2, FRAME - 1])
def test_a_torn_end_of_the_changes_loses_nothing_that_was_acknowledged(tmp_path: Path, torn: int) -> None:
    """As after a power cut: the frames of the last change, which nobody was told of, are there in part."""
    scene = Scene(tmp_path / "hall")
    told = [scene.number(scene.take()) for _ in range(5)]
    wal = tmp_path / "hall" / "hall.db-wal"
    synced = wal.stat().st_size
    scene.take()
    cut = tmp_path / "cut"
    cut.mkdir()
    shutil.copy(tmp_path / "hall" / "hall.db", cut)
    (cut / "hall.db-wal").write_bytes(wal.read_bytes()[: synced + torn])
    (cut / MARK).touch()
    scene.close()
    again = Scene(cut)
    assert again.waiting() == told
    fresh = again.hall.issue(service="id-card", by=again.by(role="kiosk", key="fresh"))
    again.close()
    assert fresh["ticket"]["number"] == "A006"
    assert len(must_be_sound(cut).tickets) == 6


def test_what_is_kept_is_kept_also_when_nobody_can_be_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    scene = Scene(tmp_path)

    def deaf(events: object) -> None:
        raise RuntimeError("nobody hears")

    scene.store.on_commit = deaf
    assert scene.number(scene.take()) == "A001"
    assert "kept but not told" in caplog.text
    scene.close()


def test_a_change_that_breaks_harms_no_other_and_not_the_store(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with pytest.raises(ZeroDivisionError):
        scene.store.change(lambda desk: {"n": desk.next_number("2026-10-12", "A", 1) // 0}, Press("hall"))
    assert scene.number(scene.take()) == "A001"
    scene.close()
