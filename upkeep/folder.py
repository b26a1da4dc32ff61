"""The data folder: opened for one process alone, brought to the present release, or emptied for a trial."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from queueing.clock import Clock, HallClock, RealClock, instant, moment
from queueing.house import House
from queueing.store import Store
from storage.db import open_for_a_look
from storage.groups import InThread, direct
from storage.opening import FILE, MARK, CannotOpen, explained
from storage.store import FolderTaken, SqliteStore, locked
from storage.upgrading import UpgradeFailed, missing_steps
from upkeep.archive import BackupUnderWay
from upkeep.moved import MARK as MOVED
from upkeep.moved import must_not_have_moved
from upkeep.places import NoRoom, archive_of
from upkeep.restoring import TOLD, is_half_done
from upkeep.taking import take_backup
from web.starting import CannotStart, in_use

if TYPE_CHECKING:
    from storage.postgres_store import PostgresStore

SIMULATED = "hall.simulated"
"""Lies in the folder of a trial: of a hall whose servers run on a simulated clock."""

REAL = "hall.real"
"""Lies in the folder of a hall that has been open in real time."""

HARMED = frozenset({"damaged", "unreadable"})


def store_of(
    house: House, folder: Path, in_thread: InThread = direct, fresh: bool = False
) -> SqliteStore | PostgresStore:
    """The hall's data: its file, held for this process alone, or the database that its file names.

    `fresh` forgets what was there: a trial, which is kept in a file of its own whatever the hall's file says.
    """
    if not fresh:
        must_not_have_moved(folder, bool(house.server.database))
    if house.server.database and not fresh:
        return _in_database(house, folder, in_thread)
    try:
        if fresh:
            empty(folder)
        must_be_whole(folder)
        keep_before_upgrade(house, folder)
        keep_private(folder)
        return SqliteStore(folder, house.hall.id, in_thread)
    except FolderTaken:
        raise in_use(folder) from None
    except CannotOpen as reason:
        raise CannotStart(str(reason)) from reason
    except UpgradeFailed as error:
        raise CannotStart(
            f"The data in {folder} couldn't be brought to this release: {error}. They are as they were. "
            "Open them with the release before, and tell whoever gave you this one."
        ) from error


def _in_database(house: House, folder: Path, in_thread: InThread) -> PostgresStore:
    """The folder still holds what is no row: keys, pictures, voices, reports."""
    from storage.postgres_store import PostgresStore
    from upkeep.dumping import dump_before_upgrade

    try:
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        dump_before_upgrade(house, folder)
        return PostgresStore(house.server.database, house.hall.id, in_thread, house.server.database_looks)
    except CannotOpen as reason:
        raise CannotStart(str(reason)) from reason
    except UpgradeFailed as error:
        raise CannotStart(
            f"The database couldn't be brought to this release: {error}. It is as it was. "
            "Open it with the release before, and tell whoever gave you this one."
        ) from error


def must_be_whole(folder: Path) -> None:
    """A restore that was cut off left the folder between two states."""
    if is_half_done(folder):
        raise CannotStart(
            f"A restore in {folder} was interrupted. Give the command again: make restore FROM=…; "
            "the file that stood there before is kept as before-restore-….db."
        )


def must_be_of(house: House, folder: Path) -> None:
    """A command meant for one hall does nothing to another's data."""
    try:
        with explained(folder), closing(open_for_a_look(folder / FILE)) as database:
            halls = [row[0] for row in database.execute("SELECT hall FROM halls").fetchall()]
    except CannotOpen as reason:
        raise CannotStart(str(reason)) from reason
    if house.hall.id not in halls:
        raise CannotStart(
            f"The data in {folder} belong to another hall ({', '.join(halls)}). Name its file: --hall FILE."
        )


def keep_before_upgrade(house: House, folder: Path) -> None:
    """A copy of what an earlier release left, kept for good; without it nothing is upgraded."""
    if not _needs_upgrade(folder):
        return
    try:
        with locked(folder):
            at = instant(RealClock().now())
            backup = take_backup(folder, archive_of(house, folder), at, "upgrade")
    except (NoRoom, BackupUnderWay, OSError, sqlite3.Error) as error:
        raise CannotStart(
            f"The data in {folder} must be copied before this release can change them: {error}."
        ) from error
    if backup.problem.partition(" ")[0] in HARMED:
        raise CannotStart(
            f"The data in {folder} are damaged and stay as they are: {backup.problem}. See make restore."
        )


def _needs_upgrade(folder: Path) -> bool:
    """What can't be read at all is left to the opening, which says so."""
    try:
        return bool(missing_steps(folder / FILE))
    except sqlite3.Error:
        return False


def empty(folder: Path) -> None:
    """A trial starts from nothing: its clock begins at the same hour every time."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            patterns = ("hall.db*", MARK, MOVED, "backups/*", "backups/*-files/*", f"{TOLD}/*", "reports/*")
            found = chain.from_iterable(map(folder.glob, patterns))
            for file in [each for each in found if not each.is_dir()]:
                file.unlink(missing_ok=True)


def keep_private(folder: Path) -> None:
    """Files that an earlier release left readable to everybody become their owner's alone."""
    with explained(folder):
        for file in folder.glob("hall.db*"):
            found = file.stat()
            if found.st_uid == os.geteuid() and found.st_mode & 0o077:
                file.chmod(0o600)


def keep_clocks_mark(folder: Path, clock: Clock) -> None:
    """Says to later starts, and to commands that come when the hall is closed, whose time its log tells."""
    mine, other = (SIMULATED, REAL) if clock.simulated else (REAL, SIMULATED)
    with explained(folder):
        (folder / other).unlink(missing_ok=True)
        (folder / mine).touch()


def must_be_of_this_clock(house: House, folder: Path, clock: Clock) -> None:
    """A trial's days aren't a real hall's, and nobody plays with a real hall's."""
    if not (folder / FILE).exists() and not house.server.database:
        return
    if not clock.simulated and (folder / SIMULATED).exists():
        raise CannotStart(
            f"The data in {folder} are a trial's: they were made on a simulated clock. Open them with "
            "CLOCK=… again, or give the real hall a folder of its own: DATA=…"
        )
    if clock.simulated and (folder / REAL).exists():
        raise CannotStart(
            f"The data in {folder} are a real hall's: a simulated clock would write days into them that "
            "never were. Leave DATA= out, or give the trial a folder of its own: DATA=…"
        )


def clock_of_log(folder: Path, store: Store) -> Clock:
    """The time of a command's entry in the log; in a simulated hall it is still when the log ends."""
    last = store.look(lambda desk: desk.last_at())
    return HallClock(moment(last), 0.0) if last and (folder / SIMULATED).exists() else RealClock()
