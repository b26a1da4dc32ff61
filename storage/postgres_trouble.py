"""Which trouble of the hall's an error of PostgreSQL's is."""

from __future__ import annotations

import psycopg

from queueing.database_errors import DatabaseAway, NotKnownWhetherKept
from queueing.errors import DataDamaged, DiskFull, DiskReadOnly, StorageFailed

KINDS: dict[str, type[StorageFailed]] = {
    "53100": DiskFull,
    "25006": DiskReadOnly,
    "XX001": DataDamaged,
    "XX002": DataDamaged,
    "25P03": DatabaseAway,  # it ended a session that said nothing for too long
}

CLASSES: dict[str, type[StorageFailed]] = {
    "08": DatabaseAway,
    "28": DatabaseAway,  # the password or the right to come in was changed
    "57": DatabaseAway,
    "40": StorageFailed,
    "53": StorageFailed,
    "55": StorageFailed,
    "58": StorageFailed,
    "XX": StorageFailed,
}
"""By the first two letters of the code, where it isn't named above."""


class FateUnknown(psycopg.OperationalError):
    """The connection was lost while a commit was under way, and nobody could say what became of it."""


def kind_in_postgres(error: Exception) -> type[StorageFailed] | None:
    """None: the database is well, and the change that was asked for failed."""
    if isinstance(error, FateUnknown):
        return NotKnownWhetherKept
    code = getattr(error, "sqlstate", None)
    if code is None:
        return DatabaseAway if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) else None
    return KINDS.get(code) or CLASSES.get(code[:2])
