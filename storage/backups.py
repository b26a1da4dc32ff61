"""Copies of a hall's file: page for page from one moment, while others go on writing; whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.chain import open_live

UNFINISHED = ".part"
OF_PEOPLE = frozenset(
    {"identities", "block_lifts", "remedy_contacts", "complaint_contacts", "booking_people", "booking_phones"}
)


def copy_hall(source: Path, target: Path) -> None:
    """A copy of one moment, on the disk before it has its name, readable by the owner alone.

    One step copies every page under one read: in WAL mode that holds up no writer, and a copy taken
    page by page has the faults of the original, so that a check of it is a check of the hall's file.
    """
    part = fresh_part(target)
    try:
        _copy_pages(source, part)
        settle(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def fresh_part(target: Path) -> Path:
    """An empty file of ours beside the target."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(target.name + UNFINISHED)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return part


def _copy_pages(source: Path, part: Path) -> None:
    with closing(open_live(source)) as hall, closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        hall.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        forget_people(copy)


def forget_people(copy: sqlite3.Connection) -> None:
    """What is promised to be purged on a day lies in no copy that stays for longer."""
    copy.execute("PRAGMA secure_delete=ON")
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in OF_PEOPLE & tables:
        copy.execute(f"DELETE FROM {table}")


def settle(part: Path, target: Path) -> None:
    """Everything on the disk first, then the name, then the folder's own entry."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
