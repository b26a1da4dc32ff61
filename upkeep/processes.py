"""The processes of one hall, as its file says: one with a folder of its own, or several by PostgreSQL."""

from __future__ import annotations

from queueing.house import House
from web.context import Built
from web.together import LEAD, Alone, Together


def together_of(house: House) -> Together:
    """With a database server there can be others; the library for it is loaded only then."""
    if not house.server.database:
        return Alone()
    from storage.together import ByDatabase

    return ByDatabase(house.server.database, house.hall.id)


def join(built: Built) -> None:
    """Before anything else runs: whether this process leads."""
    built.together = together_of(built.house)
    built.in_thread(lambda: built.together.agree({}, {LEAD: True}))
