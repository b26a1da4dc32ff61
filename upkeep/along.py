"""What is no row of a hall in a database, brought into the folder that it moves to: keys, media, voices …"""

from __future__ import annotations

import os
import shutil
from fnmatch import fnmatch
from pathlib import Path

from storage.backups import UNFINISHED

STAYS = (
    "hall.db*", "hall.lock", "hall.running", "hall.simulated", "hall.moved", "backups", "processes",
    "before-*", "set-aside-*",
)  # fmt: skip
"""Belongs to the old folder: its own file, its copies, the marks of its processes."""


def bring_along(served: Path, folder: Path) -> int:
    """Copies all else that lies there, on the disk when it is done; how many files. What is there stays."""
    if served.resolve() == folder.resolve() or not served.is_dir():
        return 0
    copied = [_copied(file, folder / file.relative_to(served)) for file in sorted(served.rglob("*"))
              if file.is_file() and not _stays(file.relative_to(served))]  # fmt: skip
    os.sync()
    return sum(copied)


def _stays(place: Path) -> bool:
    return any(fnmatch(place.parts[0], pattern) for pattern in STAYS) or place.name.endswith(UNFINISHED)


def _copied(file: Path, to: Path) -> bool:
    if to.exists():
        return False
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy2(file, to)
    return True
