"""The mark that a hall leaves where it was moved away from: what stayed there isn't opened without a word."""

from __future__ import annotations

import json
import os
from pathlib import Path

from queueing.clock import RealClock, instant
from storage.backups import sync_folder
from web.starting import CannotStart

MARK = "hall.moved"
DATABASES = ("postgresql://", "postgres://")
UNREAD = (
    "The hall was moved away from here, and {mark}, which says where to, can't be read. Open it where it is "
    "now; to open what stayed here on purpose, remove that file."
)


def leave_moved_mark(folder: Path, to: str) -> None:
    """On the disk when it is done; `to` is a folder, or a database's address without its password."""
    mark, part = folder / MARK, folder / f"{MARK}.part"
    said = {"moved_to": to, "at": instant(RealClock().now())}
    with part.open("w", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(mark)
    sync_folder(folder)


def wipe_moved_mark(folder: Path) -> None:
    (folder / MARK).unlink(missing_ok=True)
    sync_folder(folder)


def moved_to(folder: Path) -> tuple[str, str]:
    """Where to, and when: empty words where no mark stands; raises CannotStart for one that can't be read."""
    if not os.path.lexists(folder / MARK):
        return "", ""
    try:
        said = json.loads((folder / MARK).read_text("utf-8"))
        to, at = str(said["moved_to"]), str(said["at"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise CannotStart(UNREAD.format(mark=folder / MARK)) from error
    if not to:
        raise CannotStart(UNREAD.format(mark=folder / MARK))
    return to, at


def must_not_have_moved(folder: Path, in_database: bool = False) -> None:
    """Two places that both hold the hall would give numbers twice; raises CannotStart."""
    to, at = moved_to(folder)
    is_here = in_database if to.startswith(DATABASES) else not in_database and is_same(folder, to)
    if to and not is_here:
        raise CannotStart(_from_database(folder, to, at) if in_database else _from_file(folder, to, at))


def is_same(folder: Path, to: str) -> bool:
    return Path(to).resolve() == folder.resolve()


def _from_file(folder: Path, to: str, at: str) -> str:
    if not to.startswith(DATABASES):
        return f"{_away(folder, to, at)} Open it there: DATA={to} and no database. {_back(folder, 'file')}"
    return (
        f"{_away(folder, to, at)} Name that database in the hall's file, [server] database, "
        f"or in HALL_DATABASE. {_back(folder, 'file')}"
    )


def _from_database(folder: Path, to: str, at: str) -> str:
    return (
        f"{_away(folder, to, at)} Take the database out of the hall's file and out of HALL_DATABASE, "
        f"and open the hall with DATA={to}. {_back(folder, 'database')}"
    )


def _away(folder: Path, to: str, at: str) -> str:
    day = at[:10] if at[-1:] == "Z" else at
    return f"The hall in {folder} was moved to {to} on {day}."


def _back(folder: Path, old: str) -> str:
    return (
        f"To go back on purpose to what the {old} holds, remove {folder / MARK}: numbers, ratings and all "
        "else that was kept since then are lost with it, and numbers are given twice if the other is open."
    )
