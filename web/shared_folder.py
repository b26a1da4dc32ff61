"""Whether all processes of the hall see one data folder: each leaves a file there, the others look for it.

Keys, media, recordings, backups and how far hooks were told lie there. Two halves with a folder each
would refuse each other's cookies and links.
"""

from __future__ import annotations

import logging
import secrets
import time
from pathlib import Path

LOG = logging.getLogger(__name__)

FOLDER = "processes"
LEFT_OVER_SECONDS, TOUCH_SECONDS = 86_400.0, 3_600.0


class SharedFolder:
    """The file of this process, and those of the others."""

    def __init__(self, data: Path) -> None:
        self._folder, self.mark = data / FOLDER, secrets.token_hex(8)
        self._touched, self._seen = 0.0, set[str]()
        self.missing: set[str] = set()
        """Marks of processes that live, and that aren't to be found in this process's folder."""

    def leave(self) -> None:
        """Now and then again, so that what others left long ago can be swept away."""
        if time.monotonic() - self._touched < TOUCH_SECONDS and self._touched:
            return
        self._touched = time.monotonic()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._folder / self.mark).touch(mode=0o600)
        for file in self._folder.iterdir():
            if time.time() - file.stat().st_mtime > LEFT_OVER_SECONDS:
                file.unlink(missing_ok=True)

    def look_for(self, marks: set[str]) -> None:
        """Which of these can't be seen here."""
        self._seen = {mark for mark in marks if mark in self._seen or (self._folder / mark).is_file()}
        fresh = marks - self._seen - self.missing
        self.missing = marks - self._seen
        if fresh:
            LOG.error("Another process of this hall works with another data folder: they have to share one.")

    def trouble(self) -> str | None:
        return "folder_not_shared" if self.missing else None
