"""What the rooms may ask of whoever takes care of the data: how they stand, and a backup now."""

from __future__ import annotations

from typing import Protocol

from queueing.records import Json, Press


class Keeper(Protocol):
    """Takes backups, signs the log, purges what is old."""

    def report(self) -> Json:
        """How the data stand, in facts and codes."""
        ...

    def ask_for_backup(self, by: Press) -> Json:
        """Notes who asks; the backup is made beside the hall's work and shows in the report."""
        ...
