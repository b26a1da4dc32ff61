"""The processes of one hall, as its file says: one with a folder of its own, or several by PostgreSQL."""

from __future__ import annotations

from queueing.house import House
from queueing.store import Store
from storage.store import SqliteStore
from web.context import Built
from web.together import LEAD, Alone, Together


def together_of(house: House, store: Store) -> Together:
    """With a database server there can be others; a trial has a file and is alone."""
    if not house.server.database or isinstance(store, SqliteStore):
        return Alone()
    from storage.together import ByDatabase

    return ByDatabase(house.server.database, house.hall.id)


def join(built: Built) -> None:
    """Before anything else runs: whether this process leads."""
    built.together = together_of(built.house, built.store)
    built.in_thread(lambda: built.together.agree({}, {LEAD: True}))
