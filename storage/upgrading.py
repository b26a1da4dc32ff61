"""Brings a hall's file to the present schema: all missing steps in one transaction, or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from storage.chain import open_live
from storage.migrations import steps


class UpgradeFailed(Exception):
    """A step of the schema failed; the file is as it was before."""


def missing_steps(path: Path) -> list[str]:
    """The steps that a file of an earlier release still lacks; none for a new file."""
    if not path.exists() or path.stat().st_size == 0:
        return []
    with closing(open_live(path)) as conn:
        database = Database(conn)
        done = steps.applied(database)
        return [step.name for step in steps.pending(database)] if done else []


def upgrade(database: Database) -> None:
    """Runs what is missing; a failure takes every step back."""
    if not steps.pending(database):
        return
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(database)
    except Exception as error:
        database.conn.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise UpgradeFailed(str(error)) from error
        raise
    database.conn.execute("COMMIT")
