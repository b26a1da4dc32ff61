"""The data folder: opened for one process alone, or emptied for a trial."""

from __future__ import annotations

from pathlib import Path

from queueing.house import House
from storage.opening import MARK, CannotOpen, explained
from storage.store import FolderTaken, InThread, SqliteStore, direct, locked
from web.starting import CannotStart, in_use


def store_of(house: House, folder: Path, in_thread: InThread = direct, fresh: bool = False) -> SqliteStore:
    """The hall's data, held for this process alone; `fresh` forgets what was there."""
    try:
        if fresh:
            empty(folder)
        return SqliteStore(folder, house.hall.id, in_thread)
    except FolderTaken:
        raise in_use(folder) from None
    except CannotOpen as reason:
        raise CannotStart(str(reason)) from reason


def empty(folder: Path) -> None:
    """A trial starts from nothing: its clock begins at the same hour every time."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            for file in (*folder.glob("hall.db*"), folder / MARK):
                file.unlink(missing_ok=True)
