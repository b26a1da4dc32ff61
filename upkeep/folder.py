"""The data folder: opened for one process alone, or emptied for a trial."""

from __future__ import annotations

from pathlib import Path

from queueing.house import House
from storage.store import FolderTaken, InThread, SqliteStore, direct, locked
from web.starting import in_use


def store_of(house: House, folder: Path, in_thread: InThread = direct, fresh: bool = False) -> SqliteStore:
    """The hall's data, held for this process alone; `fresh` forgets what was there."""
    try:
        if fresh:
            empty(folder)
        return SqliteStore(folder, house.hall.id, in_thread)
    except FolderTaken:
        raise in_use(folder) from None


def empty(folder: Path) -> None:
    """A trial starts from nothing: its clock begins at the same hour every time."""
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        for file in folder.glob("hall.db*"):
            file.unlink()
