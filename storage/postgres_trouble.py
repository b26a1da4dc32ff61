"""Which trouble of the hall's an error of PostgreSQL's is."""

from __future__ import annotations

import psycopg
from psycopg_pool import PoolTimeout

from queueing.database_errors import DatabaseAway, NewerRelease, NoConnections, NotKnownWhetherKept
from queueing.errors import DataDamaged, DiskFull, DiskReadOnly, StorageFailed
from storage.postgres_address import Unfit
from storage.postgres_advice import NONE_LEFT, in_words

KINDS: dict[str, type[StorageFailed]] = {
    "53100": DiskFull,
    "53300": NoConnections,
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

OF_CONNECTIONS = (None, "08P01")
"""Who isn't let in hears no code, or, from PgBouncer, that of any trouble with the line."""


class FateUnknown(psycopg.OperationalError):
    """The connection was lost while a commit was under way, and nobody could say what became of it."""


class SchemaNewer(psycopg.OperationalError):
    """Another process has brought the database to a release that this one doesn't know."""


def kind_in_postgres(error: Exception) -> type[StorageFailed] | None:
    """None: the database is well, and the change that was asked for failed."""
    if isinstance(error, FateUnknown):
        return NotKnownWhetherKept
    if isinstance(error, SchemaNewer):
        return NewerRelease
    code = getattr(error, "sqlstate", None)
    if isinstance(error, PoolTimeout) or (code in OF_CONNECTIONS and NONE_LEFT.search(str(error))):
        return NoConnections
    if code is None:
        return DatabaseAway if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) else None
    return KINDS.get(code) or CLASSES.get(code[:2])


def told_at_start(error: psycopg.Error) -> str:
    """Why a hall can't be opened, or a command be done, and what to do about it."""
    if isinstance(error, Unfit):
        return str(error)
    if kind_in_postgres(error) is NoConnections:
        return f"The hall's database has no connection left for the hall: {in_words(error)}"
    if error.sqlstate is None:
        return f"The hall can't reach its database: {in_words(error)}"
    return f"The hall can't use its database: {in_words(error)}"
