"""Before a data folder is opened: do we know its release, is it whole? A file in doubt stays as it is."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from queueing.clock import Stopwatch
from storage.db import SqliteDb, open_database, open_for_a_look
from storage.migrations import steps
from storage.trouble import refusal
from storage.upgrading import upgrade

LOG = logging.getLogger(__name__)

FILE, MARK = "hall.db", "hall.running"
CHECK_SECONDS = 3.0
STEPS_BETWEEN_LOOKS = 20_000
"""Instructions of the database between two looks at the watch: a few milliseconds."""


class CannotOpen(Exception):
    """Why the data aren't opened, and what to do about it."""


def opened(folder: Path) -> SqliteDb:
    """The hall's file, looked at first, then brought up to date and ready for changes."""
    file = folder / FILE
    must_be_there(file)
    if file.exists() and file.stat().st_size:
        look_at(file, unclean=is_marked(folder))
    leave_mark(folder)
    db = SqliteDb(open_database(file))
    try:
        settle(db)
        upgrade(db.database)
    except BaseException:
        db.close()
        raise
    return db


def must_be_there(file: Path) -> None:
    """Changes without the file that they belong to: a new hall would begin in their place."""
    changes = file.with_name(f"{file.name}-wal")
    there = file.exists() and file.stat().st_size > 0
    if not there and changes.exists() and changes.stat().st_size:
        raise CannotOpen(damaged(file, "its main part is gone"))


def look_at(file: Path, unclean: bool) -> None:
    """Reads, and writes nothing: the steps that were taken, and after an unclean stop every page."""
    with closing(open_for_a_look(file)) as database:
        must_be_known(file, database)
        if unclean:
            must_be_whole(file, database)


def must_be_known(file: Path, database: Database) -> None:
    """Refuses a schema step that only a newer release can have taken."""
    ours = {step.name for step in steps.pending(Database(memory=True))}
    newer = sorted({step.name for step in steps.applied(database)} - ours)
    if newer:
        raise CannotOpen(
            f"The data in {file.parent} were made by a newer version of the hall (it took the steps "
            f"{', '.join(newer)}). They were left as they are. Install that version again, or give this one "
            "a folder of its own: DATA=…"
        )


def must_be_whole(file: Path, database: Database) -> None:
    """Looks for damage for a few seconds; a big hall's full check follows on the nightly backup."""
    watch = Stopwatch()
    database.conn.set_progress_handler(lambda: watch.seconds() > CHECK_SECONDS, STEPS_BETWEEN_LOOKS)
    try:
        found = [row[0] for row in database.execute("PRAGMA quick_check(3)").fetchall()]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        LOG.warning(
            "The hall wasn't closed properly last time. %d s of looking found no damage; "
            "the full check follows at night.", CHECK_SECONDS,
        )  # fmt: skip
        return
    if found != ["ok"]:
        raise CannotOpen(damaged(file, "; ".join(found)))
    LOG.warning("The hall wasn't closed properly last time. Its data were looked at and are whole.")


def damaged(file: Path, what: str) -> str:
    return (
        f"The hall's data file {file} is damaged: {what}. It was left as it is. "
        f"Go back to the last backup: make restore DATA={file.parent}"
    )


def settle(db: SqliteDb) -> None:
    """Puts everything kept so far into the main file, synced: a process that was killed may have left
    changes that the system knows and the disk doesn't yet. Raises sqlite3.Error when that fails."""
    busy = db.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    if busy:
        raise Unsettled("somebody still reads the old changes")


class Unsettled(sqlite3.OperationalError):
    """The changes kept so far couldn't be put into the main file now."""

    sqlite_errorcode = sqlite3.SQLITE_BUSY


def is_marked(folder: Path) -> bool:
    """Whether the hall wasn't closed properly last time."""
    return (folder / MARK).exists()


def leave_mark(folder: Path) -> None:
    """Stays there when the process ends without closing the hall."""
    (folder / MARK).touch(mode=0o600)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def wipe_mark(folder: Path) -> None:
    (folder / MARK).unlink(missing_ok=True)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns what the disk and the database say into a sentence for the operator."""
    try:
        yield
    except sqlite3.Error as error:
        raise CannotOpen(_said_by_database(folder, error)) from error
    except OSError as error:
        raise CannotOpen(_said_by_disk(folder, error)) from error


def _said_by_database(folder: Path, error: sqlite3.Error) -> str:
    code = refusal(error).code
    if code == "data_damaged":
        return damaged(folder / FILE, str(error))
    return _full(folder) if code == "disk_full" else _closed(folder, str(error))


def _said_by_disk(folder: Path, error: OSError) -> str:
    if not _is_folder(folder) and error.errno != errno.ENOSPC:
        return _not_made(folder, error.strerror or str(error))
    return _full(folder) if error.errno == errno.ENOSPC else _closed(folder, error.strerror or str(error))


def _not_made(folder: Path, why: str) -> str:
    there = next(each for each in (folder, *folder.resolve().parents) if os.path.lexists(each))
    if not _is_folder(there):
        return (
            f"The data folder {folder} can't be made: {there} is there, and it isn't a folder. "
            "Move it away, or name another: DATA=…"
        )
    return (
        f"The data folder {folder} can't be made in {there}: {why}. Make it yourself and give it to the user "
        "that runs the hall, or name another: DATA=…"
    )


def _is_folder(path: Path) -> bool:
    """What can't even be looked at may be one."""
    try:
        return path.is_dir()
    except OSError:
        return True


def _full(folder: Path) -> str:
    return f"The disk of the data folder {folder} is full. Make room, then start the hall again."


def _closed(folder: Path, why: str) -> str:
    return (
        f"The hall can't write to its data folder {folder}: {why}. Make it writable for this user, "
        "or name another: DATA=…"
    )
