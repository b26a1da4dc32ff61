"""Puts a backup in the place of the hall's file while the hall is closed; nothing is destroyed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from queueing.clock import Instant
from storage.backups import fresh_part, settle, sync_folder
from storage.chain import Broken, Verdict, verdict_of
from storage.opening import FILE
from storage.store import locked
from upkeep.archive import Backup, shelf_beside
from upkeep.aside import since
from upkeep.carrying import Carried, carry
from upkeep.files import Returned, put_back

MARK = "restoring"
"""Stands in the data folder while files change places; a hall doesn't open over half a restore."""

TOLD = "signals"
"""How far hooks and phones have been told of the log that is put aside: nothing of another one."""


class NotRestored(Exception):
    """Why the present file stays where it is."""


@dataclass(frozen=True)
class Restored:
    """What was put back, and where the file lies that stood there before (none: there was none)."""

    backup: Backup
    verdict: Verdict
    kept: Path | None
    carried: Carried
    returned: Returned


def restore(folder: Path, backup: Backup, hall: str, at: Instant) -> Restored:
    """Checks the backup, puts the present file aside and the copy in its place. FolderTaken, NotRestored."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(folder):
        verdict = verdict_of(backup.file)
        must_be_good(backup, hall, verdict)
        part = fresh_part(folder / FILE)
        shutil.copyfile(backup.file, part)
        return _change_places(folder, part, backup, verdict, at, hall)


def must_be_good(backup: Backup, hall: str, verdict: Verdict) -> None:
    broken: Broken | None = verdict.broken
    if not broken and verdict.hall != hall:
        raise NotRestored(f"{backup.name} is of another hall, {verdict.hall}.")
    if broken:
        raise NotRestored(f"{backup.name} isn't whole ({broken.what}: {broken.detail}). Choose another one.")


def _change_places(
    folder: Path, part: Path, backup: Backup, verdict: Verdict, at: Instant, hall: str
) -> Restored:
    """The mark comes first and goes last, so that a power cut in between is seen."""
    mark = folder / MARK
    carried = carry(_file_before(folder), part)
    mark.write_text(backup.name, "utf-8")
    sync_folder(folder)
    kept = _put_aside(folder, at)
    settle(part, folder / FILE)
    returned = put_back(folder, shelf_beside(backup.file.parent, hall), backup.files)
    mark.unlink()
    sync_folder(folder)
    return Restored(backup, verdict, kept, carried, returned)


def _file_before(folder: Path) -> Path | None:
    """The file that the backup replaces; a restore that was cut off may have put it aside already."""
    aside = sorted(folder.glob("before-restore-*.db"), key=since) if is_half_done(folder) else []
    return next((each for each in (folder / FILE, *reversed(aside)) if each.exists()), None)


def _put_aside(folder: Path, at: Instant) -> Path | None:
    """The present file and the changes beside it, under another name."""
    aside = set_aside_in(folder, at)
    for ending in ("-wal", "-shm", ""):
        present = folder / f"{FILE}{ending}"
        if present.exists():
            present.rename(f"{aside}{ending}")
    if (folder / TOLD).exists():
        (folder / TOLD).rename(f"{aside}-{TOLD}")
    return aside if aside.exists() else None


def set_aside_in(folder: Path, at: Instant) -> Path:
    """A name that nothing has yet, for what a restore replaces."""
    stamp = at[:19].replace("-", "").replace(":", "")
    return next(name for n in range(1000) if not (name := folder / _aside(stamp, n)).exists())


def _aside(stamp: str, n: int) -> str:
    return f"before-restore-{stamp}{f'-{n}' if n else ''}.db"


def is_half_done(folder: Path) -> bool:
    """Whether a restore was cut off; the command finishes it when it is given again."""
    return (folder / MARK).exists()
