"""Moves a hall with its whole history from its file into a database, or back: all of it, or nothing."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from queueing.clock import RealClock
from queueing.house import House
from storage.chain import Verdict, open_live, verdict_of
from storage.moving import (
    Cleaned,
    Counts,
    NotMoved,
    carry_in,
    copy_out,
    others_at_it,
    picture_of,
    tables_of,
    verdict_within,
)
from storage.opening import FILE, CannotOpen
from storage.postgres import OF_READERS, PostgresDb, connected
from storage.postgres_address import shown
from storage.postgres_schema import look_over, opened
from storage.postgres_trouble import told_at_start
from storage.store import FolderTaken, locked
from storage.upgrading import UpgradeFailed
from upkeep.along import bring_along
from upkeep.looking import folder_in_file
from upkeep.moved import MARK, leave_moved_mark, moved_to, wipe_moved_mark
from web.starting import CannotStart, folder_of, house_of, in_use

NO_KEYS = (
    "There were no keys in {folder}. Without those of the hall (*.key) the links on tickets end, and "
    "signatures of the log can't be checked: before the hall is opened, copy keys, media and voices to {to} "
    "from the folder that it was served with, or remove {to} and name that folder, too: --data FOLDER.\n"
)
ALONG = "{files} files went along from {folder}, the keys among them; backups stay there.\n"
NUL = "{texts} texts held the sign U+0000, which PostgreSQL can't keep: it was left out.\n"
LEFT = (
    "Name the database in the hall's file or in HALL_DATABASE, then open the hall. {file} was left as it "
    "was, and a mark beside it, {mark}, keeps it from being opened by mistake."
)
BACK = (
    "Take the database out of the hall's file and out of HALL_DATABASE, then open the hall with "
    "DATA={folder}. The database was left as it was."
)
THERE_ALREADY = (
    "the database holds a hall '{hall}' already. If it is this one, moved before, there is nothing to move: "
    "name the database in the hall's file, [server] database, or in HALL_DATABASE, and open the hall. If it "
    "is another one, name another database."
)
NO_DATABASE = (
    "neither the hall's file ([server] database) nor HALL_DATABASE names a database to move from. To move "
    "into one, say --to postgresql://user@host/database."
)
NOT_KNOWN = (
    "at least that isn't known, for the database went away at the very end. When it answers again, give "
    "the same command once more: it says what is there, or moves."
)
FAILURES = (NotMoved, CannotOpen, UpgradeFailed, OSError, sqlite3.Error, psycopg.Error)


def moved(options: argparse.Namespace) -> str:
    """What was carried over, in words; raises CannotStart, and then nothing was."""
    house, to = house_of(options.hall), options.to
    try:
        if to.startswith(("postgresql://", "postgres://")):
            return _into_database(house, folder_in_file(options, house), to)
        return _into_folder(house, folder_of(options.data, house, RealClock()), Path(to))
    except FAILURES as error:
        why = told_at_start(error) if isinstance(error, psycopg.Error) else str(error).strip()
        raise CannotStart(f"Nothing was moved: {why}") from error


def _into_database(house: House, folder: Path, address: str) -> str:
    must_not_be_elsewhere(folder, address)
    try:
        with (
            locked(folder),
            closing(open_live(folder / FILE)) as source,
            closing(connected(address, OF_READERS)) as conn,
        ):
            opened(PostgresDb(conn))
            counts, verdict, cleaned = _carried(source, PostgresDb(conn), house.hall.id, folder, address)
    except FolderTaken:
        raise in_use(folder) from None
    cleared = NUL.format(texts=cleaned) if cleaned else ""
    return _told(counts, verdict) + cleared + LEFT.format(file=folder / FILE, mark=MARK)


def must_not_be_elsewhere(folder: Path, address: str) -> None:
    """Raises NotMoved for a hall that lives somewhere else since it was moved."""
    to, at = moved_to(folder)
    if to not in ("", shown(address)):
        raise NotMoved(
            f"the hall in {folder} was moved to {to} on {at[:10]} already. To move it on from there, move it "
            "back into a folder first: move --to FOLDER, with the database in HALL_DATABASE."
        )


def _carried(
    source: sqlite3.Connection, db: PostgresDb, hall: str, folder: Path, address: str
) -> tuple[Counts, Verdict, int]:
    """One transaction, committed only when the database says of itself what the file said."""
    db.run("BEGIN")
    if db.rows("SELECT 1 FROM halls WHERE hall = :hall", hall=hall):
        raise NotMoved(THERE_ALREADY.format(hall=hall))
    cleaned = Cleaned()
    carry_in(source, db.conn, hall, cleaned)
    look_over(db)
    counts, verdict = counted(db, source, hall), verdict_within(db, hall)
    must_be_the_same(counts, counts_of(source, hall), verdict, source)
    _counts_from_here(db, folder, address)
    return counts, verdict, cleaned.texts


def _counts_from_here(db: PostgresDb, folder: Path, address: str) -> None:
    """The mark comes first: whatever is cut off now, there are never two that open without a word."""
    before = moved_to(folder)
    leave_moved_mark(folder, shown(address))
    try:
        db.run("COMMIT")
    except psycopg.Error as error:
        if db.is_lost():
            raise NotMoved(NOT_KNOWN) from error
        if not any(before):
            wipe_moved_mark(folder)
        raise


def _into_folder(house: House, served: Path, folder: Path) -> str:
    hall, address, file = house.hall.id, house.server.database, folder / FILE
    if not address:
        raise NotMoved(NO_DATABASE)
    if file.exists():
        raise NotMoved(
            f"there is a hall in {folder} already. Name a folder that is empty, or isn't there yet."
        )
    with picture_of(address) as db:
        if others_at_it(db, hall):
            raise NotMoved("a server of this hall is at the database. Close the hall first.")
        stood = verdict_within(db, hall)
    must_be_whole(stood)
    counts, verdict = copy_out(address, hall, file), verdict_of(file)
    try:
        _must_be_a_copy(file, address, hall)
        if verdict.broken or (verdict.seq, verdict.head) != (stood.seq, stood.head):
            raise NotMoved("the copy's log isn't the database's.")
    except BaseException:
        file.unlink()
        raise
    along = _along(served, folder)
    wipe_moved_mark(folder)
    if served.is_dir() and served.resolve() != folder.resolve():
        leave_moved_mark(served, str(folder.resolve()))
    return _told(counts, verdict) + along + BACK.format(folder=folder)


def _along(served: Path, folder: Path) -> str:
    """What is no row goes along, too."""
    files = bring_along(served, folder)
    if not any(folder.glob("*.key")):
        return NO_KEYS.format(folder=served, to=folder)
    return ALONG.format(files=files, folder=served)


def _must_be_a_copy(file: Path, address: str, hall: str) -> None:
    """Counted once more in both, table by table."""
    with picture_of(address) as db, closing(sqlite3.connect(file)) as copy:
        must_be_as_many(counts_of(copy, hall), counted(db, copy, hall))


def must_be_as_many(here: Counts, there: Counts) -> None:
    """Raises NotMoved at the first table that differs."""
    other = next((name for name in there if here.get(name) != there[name]), None)
    if other:
        raise NotMoved(f"{there[other]} rows of {other} became {here.get(other)}.")


def must_be_the_same(here: Counts, there: Counts, verdict: Verdict, source: sqlite3.Connection) -> None:
    """Raises NotMoved at the first difference."""
    must_be_as_many(here, there)
    must_be_whole(verdict)
    stood = source.execute("SELECT seq, head FROM halls WHERE hall = ?", (verdict.hall,)).fetchone()
    if (verdict.seq, verdict.head) != tuple(stood):
        raise NotMoved(f"the log ends at {verdict.seq}, not at {stood[0]}.")


def must_be_whole(verdict: Verdict) -> None:
    """Raises NotMoved: nothing is moved whose log doesn't hold."""
    if verdict.broken and verdict.broken.what != "no_hall":
        raise NotMoved(f"the log is broken: {verdict.broken.what}, event {verdict.broken.seq}.")


def counts_of(source: sqlite3.Connection, hall: str) -> Counts:
    return {
        name: source.execute(f"SELECT count(*) FROM {name} WHERE hall = ?", (hall,)).fetchone()[0]
        for name in tables_of(source)
    }


def counted(db: PostgresDb, source: sqlite3.Connection, hall: str) -> Counts:
    return {
        name: db.rows(f"SELECT count(*) FROM {name} WHERE hall = :hall", hall=hall)[0][0]
        for name in tables_of(source)
    }


def _told(counts: Counts, verdict: Verdict) -> str:
    rows, full = sum(counts.values()), sum(1 for n in counts.values() if n)
    return (
        f"Moved: {rows:,} rows of {full} tables, among them {counts['tickets']:,} tickets and "
        f"{counts['events']:,} events. The chain of the log holds from the first to event {verdict.seq}, "
        f"{verdict.head[:12]}….\n"
    )
