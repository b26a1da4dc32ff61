"""Which trouble of the hall's an error of PostgreSQL's is."""

from __future__ import annotations

import re

import psycopg
from psycopg_pool import PoolTimeout

from queueing.database_errors import DatabaseAway, NoConnections, NotKnownWhetherKept
from queueing.errors import DataDamaged, DiskFull, DiskReadOnly, StorageFailed

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

NONE_LEFT = re.compile(
    r"too many clients|too many connections|connection slots are reserved|no more connections allowed"
    r"|太多的客户|连接太多|已保留的连接位置"
)
"""A server that lets nobody in says why in its own language, and no code comes with it."""


class FateUnknown(psycopg.OperationalError):
    """The connection was lost while a commit was under way, and nobody could say what became of it."""


def kind_in_postgres(error: Exception) -> type[StorageFailed] | None:
    """None: the database is well, and the change that was asked for failed."""
    if isinstance(error, FateUnknown):
        return NotKnownWhetherKept
    code = getattr(error, "sqlstate", None)
    if code is None and (isinstance(error, PoolTimeout) or NONE_LEFT.search(str(error))):
        return NoConnections
    if code is None:
        return DatabaseAway if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) else None
    return KINDS.get(code) or CLASSES.get(code[:2])


def told_at_start(error: psycopg.Error) -> str:
    """Why a hall can't be opened, for whoever opens it."""
    why = str(error).strip()
    if kind_in_postgres(error) is NoConnections:
        return f"The hall's database has no connection left for the hall: {why}. Raise max_connections there."
    return f"The hall can't reach its database: {why}"


def told_when_opened(error: psycopg.Error) -> str:
    """The same once it has let the hall in."""
    why = str(error).strip().partition("\n")[0]
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return (
            f"The hall may not do in its database what it has to: {why}. Make the hall's role the owner: "
            "ALTER DATABASE … OWNER TO …"
        )
    return f"The hall can't use its database: {why}"
