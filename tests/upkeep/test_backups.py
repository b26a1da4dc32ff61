"""Backups: whole copies of one moment, read from end to end, thinned out but never to nothing."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import upkeep.places
from queueing.clock import instant, moment, shifted
from queueing.upkeep_rules import BackupRules
from storage.chain import open_copy, verdict_of
from tests.scene import MONDAY_NINE, Scene
from upkeep import checking, copying
from upkeep.archive import Archive, Backup, BackupUnderWay, superfluous
from upkeep.care import Care
from upkeep.checking import verdict_from_aside
from upkeep.folder import HARMED
from upkeep.places import NoRoom, archive_of
from upkeep.taking import take_backup

NINE = instant(MONDAY_NINE)


def taken(scene: Scene, folder: Path, why: str = "asked") -> Backup:
    return take_backup(folder, archive_of(scene.house, folder), scene.hall.now(), why)


def numbers_in(backup: Backup) -> list[str]:
    conn = open_copy(backup.file)
    found = [row[0] for row in conn.execute("SELECT number FROM tickets ORDER BY seq")]
    conn.close()
    return found


def test_a_backup_holds_what_the_hall_held_and_says_that_it_is_good(scene: Scene, tmp_path: Path) -> None:
    scene.take()
    scene.take()
    backup = taken(scene, tmp_path)
    assert numbers_in(backup) == ["A001", "A002"]
    assert (backup.good, backup.seq, backup.problem) == (True, 2, "")
    assert archive_of(scene.house, tmp_path).all() == [backup]


def test_a_backup_is_one_file_that_its_owner_alone_may_read(scene: Scene, tmp_path: Path) -> None:
    scene.take()
    backup = taken(scene, tmp_path)
    files = [backup.file, backup.note, backup.file.parent / "backup.lock"]
    assert sorted(backup.file.parent.iterdir()) == sorted(files)
    assert {file.stat().st_mode & 0o777 for file in files[:2]} == {0o600}
    assert backup.file.parent.stat().st_mode & 0o777 == 0o700


def test_people_go_on_pressing_while_it_is_made(scene: Scene, tmp_path: Path) -> None:
    """The copy is of one moment: every change is in it whole or not at all, and none waits for it."""
    done = threading.Event()
    backups: list[Backup] = []

    def back_up() -> None:
        backups.extend(taken(scene, tmp_path) for _ in range(5))
        done.set()

    beside = threading.Thread(target=back_up)
    beside.start()
    while not done.is_set():
        scene.take()
    beside.join()
    assert all(each.good for each in backups)
    assert [len(numbers_in(each)) for each in backups] == [each.seq for each in backups]
    assert scene.store.look(lambda desk: desk.seq()) > backups[0].seq


def test_a_copy_made_inside_a_change_has_nothing_of_it(scene: Scene, tmp_path: Path) -> None:
    scene.take()
    backups: list[Backup] = []

    def slow(desk: object) -> dict[str, object]:
        scene.store._writer.run("UPDATE tickets SET state = 'abandoned'")
        backups.append(taken(scene, tmp_path))
        return {}

    scene.store.change(slow, scene.by())
    assert backups[0].good
    conn = open_copy(backups[0].file)
    assert conn.execute("SELECT state FROM tickets").fetchall() == [("waiting",)]
    conn.close()


def test_a_backup_that_fails_leaves_nothing_half_done(scene: Scene, tmp_path: Path) -> None:
    first = taken(scene, tmp_path)
    (tmp_path / "hall.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(sqlite3.Error):
        taken(scene, tmp_path)
    (tmp_path / "elsewhere.db").rename(tmp_path / "hall.db")
    archive = archive_of(scene.house, tmp_path)
    assert archive.all() == [first]
    assert {file.suffix for file in archive.folder.iterdir()} == {".db", ".json", ".lock"}


def test_what_a_power_cut_left_half_written_is_cleared_away(scene: Scene, tmp_path: Path) -> None:
    archive = archive_of(scene.house, tmp_path)
    archive.folder.mkdir()
    left = archive.new_name(NINE, "timer")
    left.with_name(left.name + ".part").write_bytes(b"half")
    backup = taken(scene, tmp_path)
    assert archive.all() == [backup]
    assert not list(archive.folder.glob("*.part"))


def test_two_at_once_are_refused(scene: Scene, tmp_path: Path) -> None:
    with archive_of(scene.house, tmp_path).alone(), pytest.raises(BackupUnderWay):
        taken(scene, tmp_path)


def test_the_last_room_on_the_disk_is_left_to_the_hall(
    care: Care, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.take()
    nearly_full = SimpleNamespace(disk_usage=lambda path: shutil.disk_usage(path)._replace(free=1 << 20))
    monkeypatch.setattr(upkeep.places, "shutil", nearly_full)
    assert care.back_up("timer") is None
    assert care.failure and care.failure["reason"] == "no_room"
    assert scene.events()[-1].after == {"why": "timer", "good": False, "reason": "no_room"}
    scene.take()
    monkeypatch.undo()
    assert care.back_up("timer")
    assert care.failure is None


def test_a_disk_that_fills_up_half_way_costs_the_backup_and_nothing_else(care: Care, scene: Scene) -> None:
    """The system itself refuses the copy's bytes, as a full disk does."""
    scene.take()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    scene.store.change(lambda desk: {}, scene.by())
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(sqlite3.Error):
            taken(scene, care.archive.folder.parent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert care.archive.all() == []
    assert not list(care.archive.folder.glob("*.part"))
    scene.take()
    assert care.back_up("timer")


def test_no_room_is_an_error_with_both_figures(tmp_path: Path, scene: Scene) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upkeep.places, "RESERVE", 1 << 62)
        with pytest.raises(NoRoom, match="a backup needs"):
            taken(scene, tmp_path)


# -- what is found in a copy --------------------------------------------------------------------


def test_a_damaged_copy_is_called_bad_and_kept_apart_from_the_good(scene: Scene, tmp_path: Path) -> None:
    for _ in range(40):
        scene.take()
    archive = archive_of(scene.house, tmp_path)

    def torn(file: Path) -> object:
        with file.open("r+b") as out:
            out.seek(4096)
            out.write(b"\x55" * (file.stat().st_size // 2))
        return verdict_of(file)

    good = taken(scene, tmp_path)
    scene.clock.turn(minutes=1)
    bad = take_backup(tmp_path, archive, scene.hall.now(), "asked", torn)  # type: ignore[arg-type]
    assert bad.good is False
    assert bad.problem.split()[0] in HARMED
    assert archive.newest_good() == good


def test_a_copy_that_is_no_database_is_bad_and_no_crash(tmp_path: Path) -> None:
    file = tmp_path / "small-20261012T010000Z-asked.db"
    file.write_bytes(b"not a database at all" * 500)
    for verdict in (verdict_of(file), verdict_from_aside(file)):
        assert verdict.broken
        assert verdict.broken.what == "unreadable"


def test_the_reading_in_a_process_aside_finds_the_same(scene: Scene, tmp_path: Path) -> None:
    scene.take()
    backup = taken(scene, tmp_path)
    assert verdict_from_aside(backup.file) == verdict_of(backup.file)
    conn = sqlite3.connect(backup.file)
    with conn:
        conn.execute("UPDATE events SET actor = 'device:other'")
    conn.close()
    verdict = verdict_from_aside(backup.file)
    assert verdict.broken and (verdict.broken.what, verdict.broken.seq) == ("changed", 1)


# -- when they are made -------------------------------------------------------------------------


def happens(scene: Scene) -> None:
    """Something, at any hour."""
    scene.hall.note("looked", scene.by("chen"))


def names(care: Care) -> list[str]:
    return [f"{each.why} {each.seq}" for each in care.archive.all()]


def test_it_is_made_after_its_hours_and_only_when_something_happened(care: Care, scene: Scene) -> None:
    care.look()
    scene.take()
    care.look()
    assert names(care) == []
    scene.clock.turn(minutes=120)
    care.look()
    assert names(care) == ["timer 1"]
    scene.clock.turn(minutes=120)
    care.look()
    assert names(care) == ["timer 1"]
    happens(scene)
    care.look()
    assert names(care) == ["timer 3", "timer 1"]


def test_a_clock_that_jumped_back_for_years_doesnt_end_the_backups(care: Care, scene: Scene) -> None:
    """The last one was tried at an hour that hasn't come yet."""
    scene.take()
    care._tried = shifted(scene.hall.now(), minutes=60 * 24 * 4000)
    care.look()
    assert names(care) == ["timer 1"]
    care.look()
    assert len(names(care)) == 1


def test_each_night_has_its_own_and_a_second_start_the_same_day_none(care: Care, scene: Scene) -> None:
    scene.take()
    care.night_begins("2026-10-12")
    care.look()
    care.night_begins("2026-10-12")
    care.look()
    assert names(care) == ["night 1"]
    scene.clock.turn(minutes=24 * 60)
    care.night_begins("2026-10-13")
    care.look()
    assert [each.partition(" ")[0] for each in names(care)] == ["night", "night"]


def test_a_new_hall_in_which_nothing_happened_has_none(care: Care) -> None:
    care.night_begins("2026-10-12")
    care.look()
    assert names(care) == []


def test_who_asked_and_what_came_of_it_stand_in_the_log(care: Care, scene: Scene) -> None:
    by = replace(scene.by("admin", role="administrator"), source="10.0.0.9")
    assert care.ask_for_backup(by) == care.ask_for_backup(by)
    care.look()
    care.look()
    asked, made = scene.events()
    assert (asked.action, asked.actor, asked.source) == ("backup_asked", "staff:admin", "10.0.0.9")
    assert (made.action, made.after["good"], made.after["at_seq"]) == ("backup", True, 1)
    assert names(care) == ["asked 1"]


# -- which ones stay ----------------------------------------------------------------------------


def shelf(folder: Path, *hours_ago: float, good: bool | None = True, why: str = "timer") -> list[Backup]:
    archive = Archive(folder, "small")
    found = []
    for hours in hours_ago:
        at = shifted(NINE, minutes=-60 * hours)
        found.append(Backup(archive.new_name(at, why), at, why, 1, good, 1))
    return found


def test_hours_days_and_months_each_keep_their_newest(tmp_path: Path) -> None:
    backups = shelf(tmp_path, 0, 0.5, 1, 2, 3, 24, 25, 48, 24 * 40, 24 * 41, 24 * 80)
    rules = BackupRules(keep_hourly=2, keep_daily=2, keep_monthly=3)
    gone = superfluous(backups, rules, "Asia/Shanghai")
    kept = [each.at for each in backups if each not in gone]
    assert kept == [shifted(NINE, minutes=-60 * hours) for hours in (0, 0.5, 24, 24 * 40, 24 * 80)]


@pytest.mark.parametrize("rules", [BackupRules(keep_hourly=1, keep_daily=0, keep_monthly=0)])
def test_the_last_good_one_stays_however_many_bad_ones_follow(tmp_path: Path, rules: BackupRules) -> None:
    bad = shelf(tmp_path, 0, 1, 2, 3, good=False)
    good = shelf(tmp_path, 24 * 400, 24 * 401)
    gone = superfluous([*bad, *good], rules, "Asia/Shanghai")
    assert gone == [*bad[2:], good[1]]


def test_what_was_kept_before_an_upgrade_stays_for_good(tmp_path: Path) -> None:
    upgrade = shelf(tmp_path, 24 * 900, why="upgrade")
    rules = BackupRules(keep_hourly=1, keep_daily=0, keep_monthly=0)
    assert superfluous([*shelf(tmp_path, 0), *upgrade], rules, "Asia/Shanghai") == []


def test_thinning_takes_copy_and_note_and_nothing_else(care: Care, scene: Scene) -> None:
    stranger = care.archive.folder / "small-notes.db"
    for _ in range(8):
        happens(scene)
        scene.clock.turn(minutes=120)
        care.look()
    stranger.write_text("mine")
    happens(scene)
    scene.clock.turn(minutes=24 * 60)
    care.look()
    days = [moment(each.at).date().isoformat() for each in care.archive.all()]
    assert days.count("2026-10-13") == 1
    assert len(days) == 4
    assert len(list(care.archive.folder.glob("*.json"))) == 4
    assert stranger.exists()


def test_two_halls_may_share_a_folder(tmp_path: Path) -> None:
    for hall in ("small", "small-2"):
        Archive(tmp_path, hall).new_name(NINE, "timer").write_bytes(b"x")
    assert [each.name for each in Archive(tmp_path, "small").all()] == ["small-20261012T010000Z-timer.db"]


def test_a_copy_or_a_reading_that_never_ends_is_a_backup_that_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And is said as such; the next one is tried."""
    for module in (copying, checking):
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.001)
    with pytest.raises(OSError, match="wasn't whole"):
        copying.copied_aside("postgresql:///nowhere", "small", tmp_path / "copy.db")
    broken = verdict_from_aside(tmp_path / "copy.db").broken
    assert broken and "not read to its end" in broken.detail
