"""Servers with one mistake each, to see that the torture finds it; started as `app.py` is.

CARELESS=unsynced    commits without a sync
CARELESS=hasty       tells everybody of a change before it is committed
CARELESS=trusting    starts after a kill without putting onto the disk what was written last
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import app
from web import engines


def unsynced() -> None:
    import storage.db

    real = storage.db.open_database

    def opened(path: Path, **how: Any) -> Any:
        database = real(path, **how)
        database.conn.execute("PRAGMA synchronous=OFF")
        return database

    storage.db.open_database = opened


def hasty() -> None:
    import eventlet

    from storage.store import SqliteStore

    def begun(store: SqliteStore, group: Sequence[Any]) -> list[Any]:
        return store._all_of(group, store._begin())

    def run_group(store: SqliteStore, group: Sequence[Any]) -> None:
        eventlet.spawn(store._tell, store._in_thread(begun, store, group))  # who hears may ask for changes
        time.sleep(0.05)
        store._in_thread(store._writer.run, "COMMIT")

    SqliteStore._run_group = run_group  # type: ignore[method-assign]


def trusting() -> None:
    """Nor does it look for missing steps or note the kill before it opens: either of them syncs, too."""
    import storage.opening
    import upkeep.folder
    from storage.store import SqliteStore

    storage.opening.settle = lambda db: None
    upkeep.folder.missing_steps = lambda path: []
    SqliteStore.was_unclean = property(lambda store: False, lambda store, value: None)  # type: ignore[assignment]


def with_a_mistake(hall: Path) -> engines.Engine:
    """The engine as always; it must come before anything else is imported."""
    engine = engine_of(hall)
    {"unsynced": unsynced, "hasty": hasty, "trusting": trusting}[os.environ["CARELESS"]]()
    return engine


if __name__ == "__main__":
    engine_of, engines.engine_of = engines.engine_of, with_a_mistake
    sys.exit(app.main())
