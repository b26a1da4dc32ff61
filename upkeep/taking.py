"""Takes one backup: copied from one moment, read from end to end, its verdict written beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from queueing.clock import Instant
from storage.backups import copy_hall
from storage.chain import Verdict, verdict_of
from storage.opening import FILE
from upkeep.archive import Archive, Backup
from upkeep.copying import Copy
from upkeep.files import keep_files
from upkeep.places import must_have_room

Check = Callable[[Path], Verdict]
InThread = Callable[..., Any]


def direct(work: Callable[..., Any], *args: Any) -> Any:
    return work(*args)


def take_backup(
    folder: Path,
    archive: Archive,
    at: Instant,
    why: str,
    check: Check = verdict_of,
    in_thread: InThread = direct,
    copy: Copy | None = None,
) -> Backup:
    """Raises NoRoom, BackupUnderWay, OSError or sqlite3.Error; what was there before is as it was."""
    with archive.alone():
        must_have_room(archive, folder)
        file = archive.new_name(at, why)
        if copy is None:
            in_thread(copy_hall, folder / FILE, file)
        else:
            copy(file)  # in a process beside this one
        kept = in_thread(keep_files, folder, archive.shelf, why == "night")
        return archive.keep_verdict(file, at, why, check(file), kept)
