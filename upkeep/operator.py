"""What the operator's commands do with a hall's data: copy them, list the copies, put one back."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from queueing.clock import Clock, Instant, instant, local
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Press
from queueing.store import Store
from storage.opening import CannotOpen
from storage.postgres_trouble import told_at_start
from storage.store import FolderTaken
from storage.upgrading import UpgradeFailed
from upkeep.archive import Archive, Backup, files_of
from upkeep.care import FAILURES
from upkeep.copying import copy_of_database
from upkeep.files import Returned
from upkeep.folder import clock_of_log, must_be_of, store_of
from upkeep.moved import must_not_have_moved
from upkeep.places import archive_of
from upkeep.restoring import NotRestored, Restored
from upkeep.restoring import restore as change_places
from upkeep.restoring_database import restore_into
from upkeep.taking import take_backup
from web.starting import CannotStart, clock_of, folder_of, house_of, in_use, old_folder

OPERATOR = Press(actor="operator")
"""Whoever stands at the machine itself."""

FOUND = {True: "good", False: "BAD", None: "not read yet"}

CARRIED = {
    "numbers": "Numbers that it had given out since aren't given out again.",
    "accounts": "Passwords are those that it had, not those of the backup.",
    "devices": "Screens that were disconnected since stay disconnected.",
    "door_switches": "The hall's own machine still needs a code for its screens.",
}
ENDED = "Everybody signs in again, and codes for screens that weren't used yet are void."
UNKNOWN = (
    "No file before it could tell all that was changed since the backup. Check before people come in: "
    "disconnect screens that were disconnected since, replace passwords that were replaced since, "
    "look whether this machine should need a code, too."
)


@dataclass(frozen=True)
class Data:
    """A hall's file, its data folder and its backups, as the command line names them."""

    house: House
    folder: Path
    clock: Clock
    archive: Archive
    words: str = ""
    """Which hall and folder the command named, as the next one has to."""

    def wall(self, at: Instant) -> str:
        return f"{local(at, self.house.hall.timezone):%Y-%m-%d %H:%M}" if at else "?"

    @property
    def address(self) -> str:
        """The database that the hall lies in, if it lies in one."""
        return self.house.server.database

    @property
    def kept(self) -> Path:
        """The folder, where something is kept that a command can work on."""
        must_not_have_moved(self.folder, bool(self.address))
        return self.folder if self.address else old_folder(self.folder)

    @property
    def now(self) -> Instant:
        return instant(self.clock.now())


def data_of(options: argparse.Namespace) -> Data:
    house = house_of(options.hall)
    clock = clock_of(None, 1.0, house)
    folder = folder_of(options.data, house, clock)
    return Data(house, folder, clock, archive_of(house, folder), words_of(options))


def words_of(options: argparse.Namespace) -> str:
    hall = f" HALL={options.hall}" if options.hall != Path("config.toml") else ""
    return hall + (f" DATA={options.data}" if options.data else "")


@contextmanager
def by_hand(options: argparse.Namespace) -> Iterator[tuple[House, Store, Clock]]:
    """A closed hall's data for one command: of this very hall, under the time that its log tells."""
    data = data_of(options)
    if not data.address:
        must_be_of(data.house, data.kept)
    store = store_of(data.house, data.folder)
    try:
        yield data.house, store, clock_of_log(data.folder, store)
    finally:
        store.close()


def backed_up(data: Data) -> str:
    """A copy of the present moment; the hall may be open."""
    try:
        backup = take_backup(data.kept, data.archive, data.now, "asked", copy=copy_of_database(data.house))
    except FAILURES as error:
        raise CannotStart(f"No backup was made: {str(error) or type(error).__name__}.") from error
    if not backup.good:
        raise CannotStart(f"The copy {backup.file} isn't whole: {backup.problem}. See docs/operations.md.")
    data.archive.thin(data.house.backup, data.house.hall.timezone)
    said = f"{backup.file}\n{_size(backup)}, up to event {backup.seq}, read from end to end: good."
    files = f"\nFiles kept with it: {len(backup.files)}." if backup.files else ""
    return said + files + (f"\nNot kept: {backup.files_problem}." if backup.files_problem else "")


def listed(data: Data) -> str:
    """Every backup with its time, size, last event and verdict, the newest first."""
    backups = data.archive.all()
    if not backups:
        return f"There are no backups in {data.archive.folder}."
    lines = [f"Backups in {data.archive.folder}, the newest first:", ""]
    lines += [f"  {each.name:44} {data.wall(each.at)}  {_facts(each)}" for each in backups]
    lines += ["", f"To put one back, close the hall and say: make restore{data.words} FROM={_best(backups)}"]
    return "\n".join(lines)


def _facts(backup: Backup) -> str:
    said = f"{_size(backup):>9}  event {backup.seq or '?':<8} {FOUND[backup.good]}"
    return f"{said}  {backup.problem}" if backup.problem else said


def _size(backup: Backup) -> str:
    return f"{backup.bytes / 2**20:.1f} MB"


def _best(backups: list[Backup]) -> str:
    return next((each.name for each in backups if each.good), backups[0].name)


def put_back(data: Data, wanted: str) -> str:
    """The hall as it was at the backup, noted in the log."""
    backup = _named(data, wanted)
    must_not_have_moved(data.folder, bool(data.address))
    try:
        done = _exchanged(data, backup)
    except FolderTaken:
        raise in_use(data.folder) from None
    except psycopg.Error as error:
        raise CannotStart(f"Nothing was put back: {told_at_start(error)}") from error
    except (NotRestored, CannotOpen, UpgradeFailed, OSError, sqlite3.Error) as error:
        raise CannotStart(f"Nothing was put back: {str(error).strip()}") from error
    _note(data, done)
    return _told(data, done)


def _exchanged(data: Data, backup: Backup) -> Restored:
    if data.address:
        return restore_into(data.address, data.folder, backup, data.house.hall.id, data.now)
    return change_places(data.folder, backup, data.house.hall.id, data.now)


def _named(data: Data, wanted: str) -> Backup:
    """By its name in the list, or any file of a hall's data."""
    file = Path(wanted)
    found = data.archive.named(wanted) or data.archive.named(file.name)
    if found and (found.file == file or found.name == wanted):
        return found
    if not file.is_file():
        raise CannotStart(f"There is no backup {wanted}. make restore lists those that there are.")
    return Backup(file, data.now, "file", file.stat().st_size, files=files_of(file))


def _note(data: Data, done: Restored) -> None:
    """Opens the hall once, so that the log itself says where it was taken back to."""
    store = store_of(data.house, data.folder)
    try:
        hall = Hall(data.house, store, clock_of_log(data.folder, store))
        hall.note("restore", OPERATOR, file=done.backup.name, to_seq=done.verdict.seq, to_at=done.verdict.at)
    finally:
        store.close()


def _told(data: Data, done: Restored) -> str:
    lines = [f"The hall stands again at event {done.verdict.seq}, {data.wall(done.verdict.at)}."]
    if done.kept:
        lines += [f"The file that stood there before is kept: {done.kept}"]
    lines += [said for table, said in CARRIED.items() if done.carried.rows.get(table)]
    lines += [ENDED] if done.carried.known else [ENDED, UNKNOWN]
    lines += [*_of_files(done.returned)]
    lines += ["What was done after that moment isn't in the log any more."]
    lines += [f"Open the hall: make run{data.words}"]
    return "\n".join(lines)


def _of_files(returned: Returned) -> Iterator[str]:
    """Boards' pictures and videos, recorded voices."""
    if returned.put:
        yield f"Files put back in their places: {returned.put}."
    if returned.lost:
        yield f"Files that no good copy was found of: {', '.join(returned.lost)}."
