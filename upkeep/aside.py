"""Databases that an upgrade or a restore put aside: nights have purged since what they hold, so they go."""

from __future__ import annotations

import shutil
from pathlib import Path

from queueing.clock import RealClock

PUT_ASIDE = ("before-upgrade", "before-upgrade-*.dump", "set-aside-*", "before-restore-*.db*")
DAY_SECONDS = 86_400.0


def sweep(folder: Path, days: float) -> int:
    """Removes what was put aside in the data folder so many days ago, by the machine's own time; how many."""
    before = RealClock().now().timestamp() - days * DAY_SECONDS
    old = [each for each in put_aside(folder) if since(each) < before]
    for each in old:
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    return len(old)


def put_aside(folder: Path) -> list[Path]:
    return [each for pattern in PUT_ASIDE for each in folder.glob(pattern)]


def since(aside: Path) -> float:
    """When it was put there: renaming leaves its time on the file, not on what it holds."""
    return aside.stat().st_ctime
