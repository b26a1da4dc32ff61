"""What the disk says, in the hall's words: which refusal a database's error is, told to the operator once."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from queueing.errors import DataDamaged, DiskFull, DiskReadOnly, StorageFailed

LOG = logging.getLogger(__name__)

KINDS: dict[int, type[StorageFailed]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: DiskReadOnly,
    sqlite3.SQLITE_CANTOPEN: DiskReadOnly,
    sqlite3.SQLITE_CORRUPT: DataDamaged,
    sqlite3.SQLITE_NOTADB: DataDamaged,
    sqlite3.SQLITE_IOERR: StorageFailed,
    sqlite3.SQLITE_NOMEM: StorageFailed,
    sqlite3.SQLITE_BUSY: StorageFailed,
    sqlite3.SQLITE_INTERRUPT: StorageFailed,
}

TO_THE_OPERATOR: dict[str, str] = {
    "disk_full": "The disk with the hall's data is full. Nothing new is kept, everything kept before is "
    "safe. Make room, and the hall goes on by itself.",
    "disk_read_only": "The hall's data can't be written: the disk or the file has become read-only. Nothing "
    "new is kept, everything kept before is safe. Make it writable, and the hall goes on by itself.",
    "data_damaged": "The hall's data file is damaged. Close the hall, keep a copy of the data folder, and go "
    "back to the last backup: make restore",
    "database_away": "The hall's database can't be reached. Nothing new is kept, everything kept before is "
    "safe. Start it again or mend the network between, and the hall goes on by itself.",
    "no_connections": "The hall's database has no connection left for the hall. Nothing new is kept, "
    "everything kept before is safe. Raise max_connections there, or lower server.database_looks and the "
    "number of processes (docs/postgresql.md counts them), and the hall goes on by itself.",
    "newer_release": "The hall's database was brought to a newer release while this server couldn't reach "
    "it. This one keeps nothing any more, everything kept before is safe. Stop it, and start the newer one.",
    "not_known_whether_kept": "The hall's database went away while something was being saved, and hasn't "
    "come back to say whether it was. Whoever asks again with the same key gets the right answer.",
    "storage_failed": "The disk reported an error while saving. Nothing new is kept until all that was kept "
    "before is written once more and the disk agrees; the hall tries by itself. Check the disk.",
}


AdviceOn = Callable[[Exception], str]
KindOf = Callable[[Exception], type[StorageFailed] | None]


def kind_in_sqlite(error: Exception) -> type[StorageFailed] | None:
    """Which trouble of the disk or the file it is; None: the change that was asked for failed."""
    return KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def refusal(error: Exception, kind_of: KindOf = kind_in_sqlite) -> StorageFailed:
    """What whoever asked is told."""
    return (kind_of(error) or StorageFailed)(reason=" ".join(str(error).split()))


class Trouble:
    """Whether changes can be kept at the moment; the operator hears when that turns, not at every press.

    What else is to be done for the same trouble, such as a new password after a restart, is said, too, once.
    """

    def __init__(self, kind_of: KindOf = kind_in_sqlite, advice_on: AdviceOn = lambda error: "") -> None:
        self.code: str | None = None
        self._kind_of, self._advice_on = kind_of, advice_on
        self._given: set[str] = set()

    def is_meant(self, error: Exception) -> bool:
        """Whether the disk, the file or the database failed, and not the change that was asked for."""
        return self._kind_of(error) is not None

    def told(self, error: Exception) -> StorageFailed:
        """The refusal for whoever asked for the change."""
        said = refusal(error, self._kind_of)
        advice = self._advice_on(error)
        if self.code != said.code or advice not in self._given:
            self.code = said.code
            self._given.add(advice)
            LOG.error("%s (%s) %s", TO_THE_OPERATOR[said.code], said.detail["reason"], advice)
        return said

    def over(self) -> None:
        """A change was kept."""
        if self.code is not None:
            LOG.warning("The hall keeps changes again, after: %s", self.code)
            self.code = None
            self._given.clear()
