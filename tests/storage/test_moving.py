"""A hall moves into a database and back with every row, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from queueing.clock import HandClock
from queueing.hall import Hall
from queueing.records import Press
from scoring.ratings import Ratings
from storage.chain import verdict_of
from storage.moving import tables_of
from storage.opening import FILE
from storage.postgres_store import PostgresStore
from storage.store import SqliteStore
from tests.scene import MONDAY_NINE, Scene
from upkeep.moving import moved
from upkeep.operator import backed_up, data_of, put_back
from upkeep.verdicts import verified
from web.starting import CannotStart

pytestmark = pytest.mark.of_files


def rows_of(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(file)) as conn:
        return {name: sorted(conn.execute(f"SELECT * FROM {name}"), key=repr) for name in tables_of(conn)}


def test_there_and_back_every_row_is_the_same(options, lived, address, tmp_path, monkeypatch):
    before = rows_of(lived / FILE)
    options.to = address
    assert "The chain of the log holds" in moved(options)
    assert unknown(address) == []
    monkeypatch.setenv("HALL_DATABASE", address)
    options.to = str(tmp_path / "back")
    told = moved(options)
    assert rows_of(tmp_path / "back" / FILE) == before
    assert f"{len(before['events'])} events" in told
    assert (tmp_path / "back" / "log.key").read_bytes() == b"k" * 32
    assert f"1 files went along from {lived}" in told
    assert verdict_of(tmp_path / "back" / FILE).good
    assert len([name for name in before if before[name]]) >= 8


def unknown(address: str) -> list[str]:
    """Tables that nobody has looked over since their rows came."""
    asked = """SELECT relname FROM pg_class JOIN pg_tables ON tablename = relname AND schemaname = 'public'
        WHERE reltuples < 0 AND relname NOT IN ('schema_steps', 'process_words')"""
    with psycopg.connect(address) as conn:
        return [name for (name,) in conn.execute(asked)]


def test_the_moved_hall_goes_on_where_it_stood(options, lived, address):
    options.to = address
    moved(options)
    scene = Scene(options.data)
    stood, waiting = scene.store.look(lambda desk: desk.seq()), scene.waiting()
    scene.close()
    scene.store = PostgresStore(address, "small")
    scene.hall = Hall(scene.house, scene.store, HandClock(MONDAY_NINE))
    scene.ratings = Ratings(scene.hall)
    assert scene.waiting() == waiting
    by = scene.by(role="kiosk", key="after the move")
    assert scene.hall.issue(service="id-card", by=by)["seq"] == stood + 1
    scene.close()


def test_a_database_that_holds_the_hall_already_is_left_alone(options, lived, address):
    options.to = address
    moved(options)
    with pytest.raises(CannotStart, match="holds a hall 'small' already"):
        moved(options)


def test_a_hall_that_is_open_is_not_moved(options, lived, address):
    store, options.to = SqliteStore(options.data, "small"), address
    with pytest.raises(CannotStart, match="in use by another server"):
        moved(options)
    store.close()


def test_a_broken_log_is_not_moved_and_nothing_of_it_stays(options, lived, address):
    with closing(sqlite3.connect(lived / FILE)) as conn, conn:
        conn.execute("UPDATE events SET actor = 'nobody' WHERE seq = 5")
    options.to = address
    with pytest.raises(CannotStart, match="the log is broken: changed, event 5"):
        moved(options)
    assert not (lived / "hall.moved").exists()
    with psycopg.connect(address) as conn:
        assert conn.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_a_row_lost_on_the_way_is_noticed(options, lived, address, monkeypatch):
    real = tables_of

    monkeypatch.setattr("storage.moving.tables_of", lambda conn: without("answers", real(conn)))
    options.to = address
    with pytest.raises(CannotStart, match="rows of answers became 0"):
        moved(options)


def stays(options, back, why: str) -> None:
    """It isn't moved, and nothing of it is left behind."""
    with pytest.raises(CannotStart, match=why):
        moved(options)
    assert not back.exists() or [each.name for each in back.iterdir()] == []


def test_a_hall_that_is_served_from_the_database_is_not_moved(options, in_database, back):
    store = PostgresStore(in_database, "small")
    stays(options, back, "a server of this hall is at the database. Close the hall first")
    store.close()
    assert "The chain of the log holds" in moved(options)
    with pytest.raises(CannotStart, match="there is a hall in"):
        moved(options)


def test_a_log_that_was_broken_in_the_database_is_not_moved(options, in_database, back):
    with psycopg.connect(in_database) as conn:
        conn.execute("UPDATE events SET actor = 'nobody' WHERE seq = 5")
    stays(options, back, "the log is broken: changed, event 5")


def test_a_copy_that_differs_is_taken_away_again(options, in_database, back, monkeypatch):
    real = tables_of
    monkeypatch.setattr("storage.moving.tables_of", lambda conn: without("ratings", real(conn)))
    stays(options, back, "3 rows of ratings became 0")


def without(name: str, tables: dict[str, list[str]]) -> dict[str, list[str]]:
    return {each: columns for each, columns in tables.items() if each != name}


def test_a_database_of_other_halls_alone_is_told_so(options, in_database, back):
    with psycopg.connect(in_database) as conn:
        conn.execute("UPDATE halls SET hall = 'other'")
    stays(options, back, "the database holds no hall 'small'")


def test_the_neighbours_rows_stay_where_they_are(options, lived, in_database, back):
    """Two halls in one database: only the own rows come along, and the other's aren't touched."""
    before = rows_of(lived / FILE)
    other = PostgresStore(in_database, "other")
    other.change(lambda desk: desk.open_accounts(("li", "zhao")) or {}, Press("staff:x", "clerk", None))
    other.close()
    moved(options)
    assert rows_of(back / FILE) == before
    with psycopg.connect(in_database) as conn:
        asked = "SELECT staff FROM accounts WHERE hall = 'other' ORDER BY staff"
        assert conn.execute(asked).fetchall() == [("li",), ("zhao",)]


def test_its_log_is_verified_where_it_lies(options, in_database):
    assert verified(data_of(options), None)[1] == 0
    with psycopg.connect(in_database) as conn:
        conn.execute("UPDATE events SET actor = 'nobody' WHERE seq = 5")
    said, code = verified(data_of(options), None)
    assert (code, "an event was changed" in said) == (1, True)


def test_a_backup_of_it_is_a_file_and_is_put_back(options, in_database):
    data = data_of(options)
    assert "read from end to end: good" in backed_up(data)
    backup = data.archive.newest_good()
    assert backup is not None
    with psycopg.connect(in_database) as conn:
        conn.execute("UPDATE numbers SET last = 50")
        conn.execute("DELETE FROM ratings")
    forget(in_database)
    assert f"The hall stands again at event {backup.seq}" in put_back(data, backup.name)
    assert unknown(in_database) == []
    with psycopg.connect(in_database) as conn:
        assert conn.execute("SELECT count(*), max(last) FROM ratings, numbers").fetchone() == (3, 50)
        restored = conn.execute("SELECT seq FROM events WHERE action = 'restore'").fetchall()
        assert len(restored) == 1 and restored[0][0] > backup.seq
    assert len(list(data.folder.glob("before-restore-*.db"))) == 1


def forget(address: str) -> None:
    """What the planner knows, as if all had come just now."""
    with psycopg.connect(address) as conn:
        conn.execute("UPDATE pg_class SET reltuples = -1 WHERE relname IN (SELECT tablename FROM pg_tables)")


def test_nothing_is_put_back_while_a_server_is_at_it(options, in_database):
    data = data_of(options)
    backed_up(data)
    store = PostgresStore(in_database, "small")
    with pytest.raises(CannotStart, match="Close the hall first"):
        put_back(data, data.archive.all()[0].name)
    store.close()


def test_all_that_lies_beside_the_rows_goes_back_along(options, in_database, tmp_path):
    files = ("secret.key", "media/a.png", "voices/packs/b.zip", "signals/pager.json", "reports/2026-09.pdf")
    stays = ("backups/small-x-night.db", "hall.lock", "processes/ab", "before-restore-x.db", "media/c.part")
    for name in files + stays:
        (options.data / name).parent.mkdir(parents=True, exist_ok=True)
        (options.data / name).write_text(name)
    (options.data / "secret.key").chmod(0o600)
    options.to = str(tmp_path / "back")
    assert f"{len(files) + 1} files went along" in moved(options)
    there = {file.relative_to(tmp_path / "back").as_posix() for file in (tmp_path / "back").rglob("*.*")}
    assert there == {*files, "log.key", FILE}
    assert (tmp_path / "back" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_without_keys_it_is_said_which_folder_to_name(options, in_database, tmp_path):
    options.data, options.to = tmp_path / "nowhere", str(tmp_path / "back")
    told = moved(options)
    assert f"There were no keys in {options.data}" in told and "--data FOLDER" in told


def test_texts_with_a_sign_that_postgresql_cannot_keep_lose_only_that(options, lived, address):
    with closing(sqlite3.connect(lived / FILE)) as conn, conn:
        conn.execute("UPDATE accounts SET password_hash = 'a' || char(0) || 'b' WHERE staff = 'li'")
    options.to = address
    assert "1 texts held the sign U+0000" in moved(options)
    with psycopg.connect(address) as conn:
        found = conn.execute("SELECT password_hash FROM accounts WHERE staff = 'li'").fetchone()
    assert found == ("ab",)


def test_such_a_sign_in_the_log_is_named_and_nothing_is_moved(options, lived, address):
    with closing(sqlite3.connect(lived / FILE)) as conn, conn:
        conn.execute("UPDATE events SET actor = 'a' || char(0) WHERE seq = 3")
    options.to = address
    with pytest.raises(CannotStart, match=r"event 3 of the log holds the sign U\+0000"):
        moved(options)
    with psycopg.connect(address) as conn:
        assert conn.execute("SELECT count(*) FROM events").fetchone() == (0,)
