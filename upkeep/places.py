"""Where a hall's backups lie, and whether there is room for one more."""

from __future__ import annotations

import shutil
from pathlib import Path

from queueing.house import House
from storage.opening import FILE
from upkeep.archive import Archive

RESERVE = 32 * 2**20
"""Bytes that a backup leaves to the hall: tickets go before copies."""


class NoRoom(Exception):
    """A backup would take the room that the hall itself needs."""


def archive_of(house: House, folder: Path, *, simulated: bool = False) -> Archive:
    """The backups of the data in that folder; those of a simulated day stay beside its data."""
    named = "" if simulated else house.backup.folder
    return Archive(folder / (named or "backups"), house.hall.id)


def size_of(folder: Path) -> int:
    """What the hall's file and the newest changes beside it take."""
    files = (folder / FILE, folder / f"{FILE}-wal")
    return sum(file.stat().st_size for file in files if file.exists())


def must_have_room(archive: Archive, folder: Path) -> None:
    """Raises NoRoom before a disk is filled up with copies."""
    free, needed = shutil.disk_usage(archive.folder).free, size_of(folder) + RESERVE
    if free < needed:
        raise NoRoom(f"{free >> 20} MB are free at {archive.folder}, a backup needs {needed >> 20} MB")
