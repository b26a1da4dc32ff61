"""Back to a backup: only while the hall is closed, only a good one, and nothing is destroyed."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from queueing.people import Device, Pairing
from queueing.records import Json
from storage.chain import verdict_of
from storage.store import SqliteStore
from tests.running import MORNING, ROOT, SMALL, running_hall
from tests.scene import Scene
from upkeep.archive import Backup
from upkeep.folder import store_of
from upkeep.operator import Data, backed_up, data_of, listed, put_back
from upkeep.restoring import MARK, is_half_done
from web.starting import CannotStart

MOMENT, LATER = "2026-10-12T01:00:00.000Z", "2026-10-12T02:00:00.000Z"


@pytest.fixture
def data(tmp_path: Path) -> Data:
    folder = tmp_path / "data"
    return data_of(argparse.Namespace(hall=SMALL, data=folder))


@pytest.fixture
def scene(data: Data) -> Iterator[Scene]:
    opened = Scene(data.folder)
    yield opened
    opened.close()


@pytest.fixture
def backup(scene: Scene, data: Data) -> Backup:
    """Two numbers were given out before it, a third one after it; the hall is closed."""
    scene.take()
    scene.take()
    said = backed_up(data)
    scene.take()
    scene.close()
    found = data.archive.newest_good()
    assert found and f"{found.file}" in said
    return found


def reopened(data: Data) -> Scene:
    return Scene(data.folder)


def test_the_hall_stands_where_it_stood_and_says_so(data: Data, backup: Backup) -> None:
    said = put_back(data, backup.name)
    assert "The hall stands again at event 2, 2026-10-12 09:00." in said
    scene = reopened(data)
    noted = next(event for event in scene.events() if event.action == "restore")
    assert (noted.seq > 2, noted.actor) == (True, "operator")
    assert noted.after == {"file": backup.name, "to_seq": 2, "to_at": "2026-10-12T01:00:00.000Z"}
    scene.close()
    assert verdict_of(data.folder / "hall.db").good


def test_the_file_that_stood_there_is_kept_with_all_it_held(data: Data, backup: Backup) -> None:
    put_back(data, backup.name)
    kept = next(data.folder.glob("before-restore-*.db"))
    conn = sqlite3.connect(kept)
    assert [row[0] for row in conn.execute("SELECT number FROM tickets ORDER BY seq")] == [
        "A001",
        "A002",
        "A003",
    ]
    conn.close()


def test_changes_that_only_the_file_beside_it_holds_are_kept_too(data: Data, scene: Scene) -> None:
    """After a power cut the newest tickets stand in the WAL; they go along under the new name."""
    scene.take()
    backed_up(data)
    scene.take()
    cut = data.folder.parent / "after the cut"
    cut.mkdir()
    for file in data.folder.glob("hall.db*"):
        (cut / file.name).write_bytes(file.read_bytes())
    after = Data(data.house, cut, data.clock, data.archive)
    newest = data.archive.newest_good()
    assert newest
    put_back(after, newest.name)
    conn = sqlite3.connect(next(cut.glob("before-restore-*.db")))
    assert conn.execute("SELECT count(*) FROM tickets").fetchone() == (2,)
    conn.close()


def test_a_number_given_out_since_isnt_given_out_twice(data: Data, backup: Backup) -> None:
    assert "aren't given out again" in put_back(data, backup.name)
    store = SqliteStore(data.folder, "small")
    assert store.look(lambda desk: desk.issued_numbers("2026-10-12")) == {"A": 3}
    store.close()


def code(hashed: str = "code") -> Any:
    later = "2026-10-12T09:00:00.000Z"
    return lambda desk: (
        desk.keep_code(hashed, Pairing("board", None, None), at=MOMENT, expires_at=later) or {}
    )


def people_come_in(scene: Scene) -> None:
    """Two have passwords and sessions, a board and a kiosk are connected, a code is out."""

    def come(desk: Any) -> Json:
        desk.open_accounts(("li", "wang"))
        for who in ("li", "wang"):
            desk.keep_password(who, f"old {who}", one_time=False, at=MOMENT)
            desk.start_session(f"session {who}", who, at=MOMENT, ends_at="2027-01-01T00:00:00.000Z")
        for each in ("board", "kiosk"):
            desk.add_device(Device(each, each, None, None, MOMENT, "10.0.0.9", None), f"token {each}")
        return {}

    scene.store.change(come, scene.by())
    scene.store.change(code(), scene.by())


def much_is_ended(scene: Scene) -> None:
    def end(desk: Any) -> Json:
        desk.keep_password("li", "new li", one_time=True, at=LATER)
        desk.end_sessions_of("li")
        desk.revoke_device("board", LATER)
        desk.use_code("code", LATER)
        desk.set_switch("loopback", False, LATER)
        return {}

    scene.store.change(end, scene.by())


def who_may_come_in(folder: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(folder / "hall.db")) as conn:
        return {
            "passwords": conn.execute(
                "SELECT password_hash, one_time FROM accounts ORDER BY staff"
            ).fetchall(),
            "screens": conn.execute("SELECT device FROM devices WHERE revoked_at IS NULL").fetchall(),
            "shut": conn.execute("SELECT door FROM door_switches WHERE is_open = 0").fetchall(),
            "sessions": conn.execute("SELECT count(*) FROM sessions").fetchone()[0],
            "codes": conn.execute("SELECT count(*) FROM pairing_codes").fetchone()[0],
        }


@pytest.fixture
def before_the_end(scene: Scene, data: Data) -> Backup:
    """Somebody may come in by it who mayn't any more; the hall is closed."""
    scene.take()
    people_come_in(scene)
    backed_up(data)
    much_is_ended(scene)
    scene.close()
    found = data.archive.newest_good()
    assert found
    return found


STILL_ENDED = {
    "passwords": [("new li", 1), ("old wang", 0)],
    "screens": [("kiosk",)],
    "shut": [("loopback",)],
    "sessions": 0,
    "codes": 0,
}


def test_nobody_comes_in_again_by_what_was_ended_since(data: Data, before_the_end: Backup) -> None:
    said = put_back(data, before_the_end.name)
    assert who_may_come_in(data.folder) == STILL_ENDED
    assert verdict_of(data.folder / "hall.db", live=True).good
    for sentence in ("Passwords are those", "stay disconnected", "still needs a code", "signs in again"):
        assert sentence in said
    assert "Check before people come in" not in said


def test_a_power_cut_in_the_middle_of_a_restore_opens_nothing_either(
    data: Data, before_the_end: Backup
) -> None:
    (data.folder / MARK).write_text(before_the_end.name)
    (data.folder / "hall.db").rename(data.folder / "before-restore-20261012T010000.db")
    put_back(data, before_the_end.name)
    assert who_may_come_in(data.folder) == STILL_ENDED


def test_an_unreadable_file_ends_what_it_can_and_names_the_rest(data: Data, before_the_end: Backup) -> None:
    (data.folder / "hall.db").write_bytes(b"\x00" * 9000)
    said = put_back(data, before_the_end.name)
    found = who_may_come_in(data.folder)
    assert (found["sessions"], found["codes"]) == (0, 0)
    assert "Check before people come in: disconnect screens" in said


def test_a_backup_of_an_earlier_release_names_what_it_has_no_place_for(
    data: Data, before_the_end: Backup
) -> None:
    with closing(sqlite3.connect(before_the_end.file)) as conn, conn:
        conn.execute("DROP TABLE door_switches")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = '006_doors'")
    said = put_back(data, before_the_end.name)
    assert who_may_come_in(data.folder) == STILL_ENDED | {"shut": []}
    assert "look whether this machine should need a code" in said


def test_a_file_that_cannot_be_read_any_more_is_replaced_all_the_same(data: Data, backup: Backup) -> None:
    (data.folder / "hall.db").write_bytes(b"\x00" * 9000)
    put_back(data, backup.name)
    assert next(data.folder.glob("before-restore-*.db")).read_bytes() == b"\x00" * 9000
    assert verdict_of(data.folder / "hall.db", live=True).good


def test_an_open_hall_is_left_alone(data: Data, backup: Backup) -> None:
    scene = reopened(data)
    before = sorted(file.name for file in data.folder.iterdir())
    with pytest.raises(CannotStart, match="in use by another server"):
        put_back(data, backup.name)
    assert sorted(file.name for file in data.folder.iterdir()) == before
    scene.close()


def test_a_backup_with_a_changed_past_is_not_put_back(data: Data, backup: Backup) -> None:
    conn = sqlite3.connect(backup.file)
    with conn:
        conn.execute("UPDATE events SET actor = 'nobody' WHERE seq = 2")
    conn.close()
    before = (data.folder / "hall.db").read_bytes()
    with pytest.raises(CannotStart, match="isn't whole"):
        put_back(data, backup.name)
    assert (data.folder / "hall.db").read_bytes() == before


def test_a_backup_of_another_hall_is_not_put_back(data: Data, backup: Backup, tmp_path: Path) -> None:
    SqliteStore(tmp_path / "other", "other").close()
    with pytest.raises(CannotStart, match="of another hall, other"):
        put_back(data, str(tmp_path / "other" / "hall.db"))


def test_a_restore_that_was_cut_off_is_seen_and_finished_by_the_next_one(data: Data, backup: Backup) -> None:
    (data.folder / MARK).write_text(backup.name)
    (data.folder / "hall.db").rename(data.folder / "before-restore-1.db")
    with pytest.raises(CannotStart, match=r"A restore in .* was interrupted"):
        store_of(data.house, data.folder)
    put_back(data, backup.name)
    assert not is_half_done(data.folder)
    store_of(data.house, data.folder).close()


def test_pictures_and_recordings_come_back_from_the_folder_or_from_a_stick(
    scene: Scene, data: Data, tmp_path: Path
) -> None:
    scene.take()
    scene.close()
    picture = data.folder / "media" / "0f3a.jpg"
    picture.parent.mkdir()
    picture.write_bytes(b"a picture")
    assert "Files kept with it: 1." in backed_up(data)
    backup = data.archive.newest_good()
    assert backup
    picture.unlink()
    assert "Files put back in their places: 1." in put_back(data, backup.name)
    assert picture.read_bytes() == b"a picture"

    stick = tmp_path / "stick"
    shutil.copytree(data.archive.folder, stick)
    shutil.rmtree(data.archive.folder)
    picture.unlink()
    assert "Files put back in their places: 1." in put_back(data, str(stick / backup.name))
    picture.unlink()
    shutil.rmtree(stick / "small-files")
    said = put_back(data, str(stick / backup.name))
    assert "Files that no good copy was found of: media/0f3a.jpg." in said


def test_the_list_has_time_size_last_event_and_verdict(data: Data, backup: Backup) -> None:
    (data.archive.folder / "small-20261012T080000Z-timer.db").write_bytes(b"x" * 3_000_000)
    bad = data.archive.new_name("2026-10-12T07:00:00.000Z", "timer")
    bad.write_bytes(b"torn")
    data.archive.keep_verdict(bad, "2026-10-12T07:00:00.000Z", "timer", verdict_of(bad))
    lines = listed(data).splitlines()
    told = {line.split()[0]: " ".join(line.split()[1:]) for line in lines if line.startswith("  ")}
    assert told["small-20261012T080000Z-timer.db"] == "2026-10-12 16:00 2.9 MB event ? not read yet"
    assert told[bad.name].startswith("2026-10-12 15:00 0.0 MB event ? BAD unreadable")
    assert "event 2 good" in told[backup.name]
    assert lines[-1].endswith(f"make restore HALL={SMALL} DATA={data.folder} FROM={backup.name}")


def test_a_wrong_name_names_the_way_to_the_list(data: Data, backup: Backup) -> None:
    with pytest.raises(CannotStart, match="make restore lists those"):
        put_back(data, "small-2020.db")


def said_by_the_operator(command: str, word: str, folder: Path) -> None:
    asked = [sys.executable, "app.py", command, word, "--hall", str(SMALL), "--data", str(folder)]
    subprocess.run(asked, cwd=ROOT, check=True, capture_output=True)


def test_a_real_server_opens_again_and_says_where_it_stands(tmp_path: Path) -> None:
    with running_hall(tmp_path, clock=MORNING) as hall:
        kiosk = hall.somebody()
        kiosk.take()
        data = data_of(argparse.Namespace(hall=SMALL, data=tmp_path))
        backed_up(data)
        kiosk.take()
    newest = data.archive.newest_good()
    assert newest
    put_back(data, newest.name)
    said_by_the_operator("loopback", "on", tmp_path)
    said_by_the_operator("one-time-password", "admin", tmp_path)
    with closing(sqlite3.connect(tmp_path / "hall.db")) as conn:
        assert conn.execute("SELECT DISTINCT substr(at, 1, 10) FROM events").fetchall() == [("2026-10-12",)]
        assert conn.execute("SELECT count(*) FROM events WHERE actor = 'operator'").fetchone() == (3,)
    with running_hall(tmp_path, clock=MORNING) as hall:
        wanted = f"Restored from {newest.name}: the hall stands again at event {newest.seq}, 2026-10-12 09:0"
        assert hall.said.startswith(wanted)
