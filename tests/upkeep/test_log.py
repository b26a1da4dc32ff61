"""A changed past shows: whatever is done to the log afterwards, the check names the first broken link."""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from storage.chain import Broken
from storage.events import GENESIS, body_of
from storage.opening import FILE
from storage.signatures import Signature
from tests.running import ROOT, SMALL
from tests.scene import Scene
from tests.upkeep.conftest import built_of
from upkeep.care import Care
from upkeep.operator import backed_up, data_of, put_back
from upkeep.signing import key_of, list_of, listed, mark, name_of
from upkeep.verdicts import BROKEN, UNSIGNED, WHOLE, verified
from upkeep.verifying import check_log
from web.secret import made_once

DAY = 24 * 60.0
Crime = Callable[[sqlite3.Connection], object]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Three days of a hall, the first two of them signed, a few events each; the hall is closed."""
    scene = Scene(tmp_path)
    care = care_of(scene, tmp_path)
    for day in ("2026-10-13", "2026-10-14", ""):
        scene.sit("1", "li")
        scene.take()
        scene.take("household")
        key = scene.serve_one("1", "li")
        scene.ratings.rate_at_pad(
            window="1", ticket=key, level="satisfied", comment="谢谢", by=scene.by(role="pad")
        )
        if day:
            scene.clock.turn(minutes=DAY - 5)
            scene.hall.close_day()
            care.work_the_night(day)
    scene.close()
    yield tmp_path


def care_of(scene: Scene, folder: Path) -> Care:
    from storage.chain import verdict_of

    return Care(built_of(scene, folder), verdict_of)


def commit(folder: Path, crime: Crime) -> None:
    with closing(sqlite3.connect(folder / FILE)) as conn, conn:
        crime(conn)


def broken(folder: Path, *, beside: bool = True) -> Broken | None:
    key = (folder / "log.key").read_bytes()
    return check_log(
        folder / FILE, key, list_of(folder / "backups", "small") if beside else None, live=True
    ).first


def seqs_of(folder: Path) -> list[int]:
    return [each.seq for each in listed(list_of(folder / "backups", "small"))]


def sql(statement: str) -> Crime:
    return lambda conn: conn.execute(statement)


def rechain(conn: sqlite3.Connection) -> None:
    """What somebody would do who knows how the hashes are made: every one of them anew."""
    conn.row_factory = sqlite3.Row
    before = GENESIS
    for row in [dict(each) for each in conn.execute("SELECT * FROM events ORDER BY seq")]:
        digest = hashlib.sha256(f"{before}{body_of(row)}".encode()).hexdigest()
        conn.execute("UPDATE events SET prev_hash = ?, hash = ? WHERE seq = ?", (before, digest, row["seq"]))
        before = digest
    conn.execute("UPDATE halls SET head = ?, seq = (SELECT max(seq) FROM events)", (before,))


def test_what_nobody_touched_is_whole(folder: Path) -> None:
    assert broken(folder) is None
    assert len(seqs_of(folder)) == 2


@pytest.mark.parametrize(
    ("crime", "what", "seq"),
    [
        ("UPDATE events SET actor = 'staff:wang' WHERE seq = 5", "changed", 5),
        ("UPDATE events SET at = '2026-10-12T02:00:00.000Z' WHERE seq = 2", "changed", 2),
        ("UPDATE events SET source = '10.0.0.9' WHERE seq = 3", "changed", 3),
        ("UPDATE events SET after = replace(after, ':', ': ') WHERE seq = 4", "changed", 4),
        ("DELETE FROM events WHERE seq = 6", "missing", 6),
        ("DELETE FROM events WHERE seq = 1", "missing", 1),
        ("UPDATE halls SET head = 'x'", "cut_off", 0),
    ],
)
def test_a_change_of_the_past_is_named(folder: Path, crime: str, what: str, seq: int) -> None:
    commit(folder, sql(crime))
    found = broken(folder)
    assert found
    assert found.what == what
    assert seq in (0, found.seq)


def test_two_events_that_changed_places_are_named(folder: Path) -> None:
    def swap(conn: sqlite3.Connection) -> None:
        for was, now in ((3, -1), (4, 3), (-1, 4)):
            conn.execute("UPDATE events SET seq = ? WHERE seq = ?", (now, was))

    commit(folder, swap)
    found = broken(folder)
    assert found and (found.what, found.seq) == ("unlinked", 3)


def test_an_event_put_in_is_named(folder: Path) -> None:
    def put_in(conn: sqlite3.Connection) -> None:
        conn.execute("UPDATE events SET seq = seq + 1000 WHERE seq >= 4")
        conn.execute("UPDATE events SET seq = seq - 999 WHERE seq >= 1004")
        columns = (
            "hall, at, action, press, actor, ticket, window, before, after, shown, prev_hash, hash, source"
        )
        conn.execute(f"INSERT INTO events (seq, {columns}) SELECT 4, {columns} FROM events WHERE seq = 3")

    commit(folder, put_in)
    found = broken(folder)
    assert found and (found.what, found.seq) == ("unlinked", 4)


def test_a_log_written_anew_with_fresh_hashes_fails_the_signature(folder: Path) -> None:
    commit(folder, sql("UPDATE events SET actor = 'staff:wang' WHERE seq = 5"))
    commit(folder, rechain)
    found = broken(folder)
    assert found and (found.what, found.seq) == ("rewritten", seqs_of(folder)[0])


def test_the_list_beside_the_backups_tells_when_the_signatures_went_too(folder: Path) -> None:
    commit(folder, sql("UPDATE events SET actor = 'staff:wang' WHERE seq = 5"))
    commit(folder, rechain)
    commit(folder, sql("DELETE FROM signatures"))
    assert broken(folder, beside=False) is None
    found = broken(folder)
    assert found and found.what == "rewritten"


def test_a_signature_made_without_the_key_is_a_forgery(folder: Path) -> None:
    commit(folder, sql("UPDATE events SET actor = 'staff:wang' WHERE seq = 5"))
    commit(folder, rechain)
    commit(
        folder,
        sql("UPDATE signatures SET head = (SELECT hash FROM events WHERE events.seq = signatures.seq)"),
    )
    found = broken(folder, beside=False)
    assert found and (found.what, found.seq) == ("forged", seqs_of(folder)[0])


def test_a_signature_of_another_key_is_told_from_a_forgery(folder: Path) -> None:
    (folder / "log.key").write_bytes(b"another key")
    found = broken(folder)
    assert found and found.what == "other_key"


def test_a_tail_cut_off_without_a_trace_is_missed_by_the_signatures(folder: Path) -> None:
    last = seqs_of(folder)[1]
    commit(folder, sql(f"DELETE FROM tickets WHERE seq > {last - 3}"))
    commit(folder, sql("DELETE FROM ratings"))
    commit(folder, sql(f"DELETE FROM events WHERE seq > {last - 3}"))
    found = broken(folder)
    assert found and found.what == "cut_off"
    commit(folder, rechain)
    found = broken(folder)
    assert found and (found.what, found.seq) == ("cut_off", last)
    assert f"the log ends at {last - 3}" in found.detail


@pytest.mark.parametrize(
    ("crime", "what"),
    [
        ("UPDATE tickets SET clerk = 'wang' WHERE state = 'finished'", "ticket_row"),
        (
            "UPDATE tickets SET finished_at = '2026-10-12T01:01:00.000Z' WHERE state = 'finished'",
            "ticket_row",
        ),
        ("UPDATE tickets SET seq = 3 WHERE state = 'finished'", "ticket_row"),
        ("UPDATE ratings SET level = 'very_satisfied'", "rating_row"),
    ],
)
def test_rows_that_differ_from_the_log_are_named(folder: Path, crime: str, what: str) -> None:
    commit(folder, sql(crime))
    found = broken(folder)
    assert found and found.what == what


def test_purged_words_leave_the_chain_whole(folder: Path) -> None:
    commit(folder, sql("DELETE FROM rating_comments"))
    assert broken(folder) is None


# -- signing ------------------------------------------------------------------------------------


def test_each_day_is_signed_once_where_it_ended(folder: Path) -> None:
    scene = Scene(folder)
    scene.clock.turn(minutes=3 * DAY)
    signed = scene.store.look(lambda desk: desk.signatures())
    care = care_of(scene, folder)
    for _ in range(2):
        care.work_the_night("2026-10-15")
    after = scene.store.look(lambda desk: desk.signatures())
    scene.close()
    assert [each.day for each in signed] == ["2026-10-13", "2026-10-12"]
    assert [each.day for each in after] == ["2026-10-14", "2026-10-13", "2026-10-12"]
    assert sorted(seqs_of(folder)) == [each.seq for each in reversed(after)]
    assert broken(folder) is None


def test_the_signature_can_be_worked_out_with_other_tools() -> None:
    """printf %s '{"at":…,"day":…,"hall":…,"head":…,"seq":7}' | openssl dgst -sha256 -hmac k"""
    made = mark(b"k", "small", "2026-10-12", 7, "ab", "2026-10-12T16:00:00.000Z")
    assert made == "32abd55065fc9ed70665702d33598b334833ecaaf26a67e0294270af7610b757"


def test_whoever_makes_a_key_at_the_same_moment_all_get_the_same_whole_one(tmp_path: Path) -> None:
    """Two processes open a hall for the first time together: neither may fail, or have a key of its own."""
    with ThreadPoolExecutor(8) as many:
        for n in range(25):
            made = set(many.map(made_once, [tmp_path / f"{n}.key"] * 8))
            assert len(made) == 1 and {len(key) for key in made} == {32}
    assert {file.suffix for file in tmp_path.iterdir()} == {".key"}


def test_the_key_is_made_once_for_its_owner_alone_and_never_in_the_database(folder: Path) -> None:
    scene = Scene(folder)
    key = key_of(scene.house, folder)
    assert key_of(scene.house, folder) == key
    scene.close()
    assert (folder / "log.key").stat().st_mode & 0o777 == 0o600
    assert key not in (folder / FILE).read_bytes()
    assert key.hex() not in name_of(key)


def test_the_list_beside_the_backups_only_grows(folder: Path) -> None:
    file = list_of(folder / "backups", "small")
    before = file.read_text()
    scene = Scene(folder)
    scene.store.change(lambda desk: {"gone": desk.db.run("DELETE FROM signatures")}, scene.by())
    scene.clock.turn(minutes=3 * DAY)
    care_of(scene, folder).work_the_night("2026-10-15")
    scene.close()
    assert file.read_text().startswith(before)
    assert len(listed(file)) == 3
    assert isinstance(listed(file)[0], Signature)


# -- the command --------------------------------------------------------------------------------


def said(folder: Path, file: Path | None = None) -> tuple[str, int]:
    return verified(data_of(argparse.Namespace(hall=SMALL, data=folder)), file)


def test_the_command_says_that_all_is_well(folder: Path) -> None:
    text, code = said(folder)
    assert code == WHOLE
    assert "the log is whole" in text
    assert "2 signatures of days fit" in text


def test_a_hall_in_which_nothing_has_happened_has_no_last_event(tmp_path: Path) -> None:
    Scene(tmp_path).close()
    text, code = said(tmp_path)
    assert "the log is whole: no event yet." in text and code == WHOLE


def test_the_command_names_the_first_broken_link_and_its_exit_code_says_so(folder: Path) -> None:
    commit(folder, sql("UPDATE events SET actor = 'staff:wang' WHERE seq = 5"))
    command = [sys.executable, "app.py", "verify-log", "--hall", str(SMALL), "--data", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == BROKEN
    assert "At event 5 (2026-10-12 09:00): an event was changed" in done.stdout


def test_the_command_reads_a_backup_as_well(folder: Path) -> None:
    """Days that were signed after it was made are none of its business."""
    backup = sorted((folder / "backups").glob("*.db"))[0]
    text, code = said(folder, backup)
    assert (code, "1 signatures of days fit" in text) == (WHOLE, True)
    with closing(sqlite3.connect(backup)) as conn, conn:
        conn.execute("UPDATE events SET actor = 'nobody' WHERE seq = 2")
        rechain(conn)
    text, code = said(folder, backup)
    assert (code, "the log was written anew" in text) == (BROKEN, True)


def test_without_the_key_the_chain_alone_is_checked_and_that_is_said(folder: Path) -> None:
    (folder / "log.key").unlink()
    text, code = said(folder)
    assert code == UNSIGNED
    assert "can't be checked" in text


def test_a_restore_explains_the_days_that_are_gone(folder: Path) -> None:
    data = data_of(argparse.Namespace(hall=SMALL, data=folder))
    first = data.archive.all()[-1]
    put_back(data, first.name)
    text, code = said(folder)
    assert (code, "was taken back to event" in text) == (WHOLE, True)
    assert "was made" not in backed_up(data)
