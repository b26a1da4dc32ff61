"""Boards' pictures and recorded voices: kept once with the backups, checked, and put back when missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.scene import Scene
from upkeep.archive import Archive, Backup
from upkeep.care import Care
from upkeep.files import is_ours, keep_files, put_back

MOVIE, WORDS = "media/0f3a.mp4", "voices/packs/zh_Hans.zip"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A video of boards and a recorded voice in the data folder, and two that aren't whole or the hall's."""
    for name in (MOVIE, WORDS, "media/9.mp4.part", "voices/cache/a.wav"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode() * 1000)
    return {name: tmp_path / name for name in (MOVIE, WORDS)}


def shelf_of(care: Care) -> list[str]:
    return sorted(file.name for file in care.archive.shelf.glob("*") if file.suffix != ".json")


def backed_up(care: Care, scene: Scene, why: str = "night") -> Backup:
    scene.take()
    scene.clock.turn(minutes=61)
    backup = care.back_up(why)
    assert backup is not None and backup.good
    return backup


def test_each_lies_there_once_however_many_backups_name_it(
    care: Care, scene: Scene, files: dict[str, Path]
) -> None:
    first, second = backed_up(care, scene), backed_up(care, scene, "timer")
    assert first.files == second.files == care.archive.all()[0].files
    assert [name for name, _ in first.files] == [MOVIE, WORDS]
    assert shelf_of(care) == sorted(digest for _, digest in first.files)
    assert (care.archive.shelf / first.files[0][1]).read_bytes() == files[MOVIE].read_bytes()


def test_what_is_missing_is_put_back_and_what_is_there_stays(
    care: Care, scene: Scene, files: dict[str, Path], tmp_path: Path
) -> None:
    backup, was = backed_up(care, scene), files[MOVIE].read_bytes()
    files[MOVIE].unlink()
    files[WORDS].unlink()
    files[WORDS].write_bytes(b"recorded since")
    returned = put_back(tmp_path, care.archive.shelf, backup.files)
    assert (returned.put, returned.lost) == (1, ())
    assert (files[MOVIE].read_bytes(), files[WORDS].read_bytes()) == (was, b"recorded since")
    assert files[MOVIE].stat().st_mode & 0o077 == 0


def test_a_spoilt_copy_is_never_put_back_and_the_night_replaces_it(
    care: Care, scene: Scene, files: dict[str, Path], tmp_path: Path
) -> None:
    backup = backed_up(care, scene)
    digest = dict(backup.files)[MOVIE]
    copy, good = care.archive.shelf / digest, files[MOVIE].read_bytes()
    copy.unlink()
    copy.write_bytes(bytes(len(good)))
    files[MOVIE].rename(tmp_path / "away")
    assert put_back(tmp_path, care.archive.shelf, backup.files).lost == (MOVIE,)
    assert not files[MOVIE].exists()
    (tmp_path / "away").rename(files[MOVIE])
    backed_up(care, scene, "timer")
    assert copy.read_bytes() != good
    backed_up(care, scene, "night")
    assert copy.read_bytes() == good


def test_what_no_backup_names_any_more_goes(care: Care, scene: Scene, files: dict[str, Path]) -> None:
    first = backed_up(care, scene)
    files[MOVIE].unlink()
    backed_up(care, scene)
    assert len(shelf_of(care)) == 2
    first.file.unlink()
    first.note.unlink()
    backed_up(care, scene)
    assert shelf_of(care) == [dict(first.files)[WORDS]]


def test_one_that_cannot_be_kept_holds_up_nothing_and_is_told(
    care: Care, scene: Scene, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a second name nor room for a copy: as on another disk that is full."""

    def no_link(file: Path, copy: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_link)
    monkeypatch.setattr("upkeep.files.RESERVE", 2**62)
    backup = backed_up(care, scene)
    assert backup.files == ()
    assert f"{MOVIE}: there is no room for it" in backup.files_problem
    assert [each["code"] for each in care.report()["findings"] if each["level"] == "caution"] == [
        "files_not_kept"
    ]
    monkeypatch.undo()
    assert backed_up(care, scene).files_problem == ""


def test_on_another_disk_it_is_a_copy(
    care: Care, scene: Scene, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(file: Path, copy: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_link)
    backup = backed_up(care, scene)
    copy = care.archive.shelf / dict(backup.files)[MOVIE]
    assert copy.read_bytes() == files[MOVIE].read_bytes()
    assert not copy.samefile(files[MOVIE])


@pytest.mark.parametrize(
    "name",
    [
        *("../hall.db", "hall.db", "secret.key", "/etc/passwd", "media/..", "../media/x", "/media/x"),
        *("a/media/x", "media/a/x", "voices/packs/../x.zip", "/voices/packs/x.zip"),
    ],
)
def test_a_note_that_was_tampered_with_writes_nowhere_else(name: str, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (tmp_path / "data").mkdir()
    assert not is_ours(name)
    assert put_back(tmp_path / "data", shelf, ((name, "0" * 64),)).lost == ()


def test_a_hall_without_such_files_has_no_shelf(tmp_path: Path) -> None:
    assert keep_files(tmp_path, tmp_path / "shelf").files == ()
    assert not (tmp_path / "shelf").exists()
    assert Archive(tmp_path, "small").shelf == tmp_path / "small-files"
