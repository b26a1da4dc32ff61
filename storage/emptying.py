"""The write-ahead log is emptied into the main file beside the changes, not within one of them.

A commit that finds the log long would move it itself: all pages since the last time, and a sync of the
main file, while everybody waits. So a thread beside moves them, from a connection of its own, which holds up
no change; what was written meanwhile is moved after the next change, so that the log begins anew.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from queueing.clock import Stopwatch
from storage.db import LOG_PAGES, SqliteDb, open_database

LOG = logging.getLogger(__name__)

Aside = Callable[[Callable[[], None]], None]
"""Begins work in a real thread and comes back at once."""

PAGES_OF_A_GROUP, PAGES_OF_A_CHANGE = 11, 2
"""About what a group of changes writes, and each change in it."""

MOVE = "PRAGMA wal_checkpoint(PASSIVE)"
UNMOVED = "The log of changes wasn't emptied and goes on growing: %s"
A_MOMENT, LEAVE_SECONDS = 0.01, 10.0
"""Between two looks whether it is over, and how long that is waited for at the end."""

AT_THE_LATEST = 5 * LOG_PAGES
"""So long the log may grow before a commit moves it after all."""


class Emptying:
    """Of one hall's file; until it is told who works beside, commits do it, every LOG_PAGES pages."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._aside: Aside | None = None
        self._pages = 0
        self.is_under_way = False
        self.is_to_be_finished = False
        """Whether all but a little has been moved, and nobody but the writer can move that."""

    def beside(self, aside: Aside, writer: SqliteDb) -> None:
        """From now on it is done there."""
        self._aside = aside
        writer.run(f"PRAGMA wal_autocheckpoint={AT_THE_LATEST}")

    def kept(self, changes: int) -> None:
        """A group of so many changes was kept."""
        self._pages += PAGES_OF_A_GROUP + changes * PAGES_OF_A_CHANGE
        if self._aside and self._pages >= LOG_PAGES and not self.is_under_way:
            self._pages, self.is_under_way = 0, True
            try:
                self._aside(self._move)
            except RuntimeError as error:  # no thread is left; what was kept has to be told all the same
                self.is_under_way = False
                LOG.warning(UNMOVED, error)

    def finish(self, writer: SqliteDb) -> None:
        """Moves the rest, between two changes; the change before is safe whatever comes of it."""
        self.is_to_be_finished = False
        try:
            writer.rows(MOVE)
        except sqlite3.Error as error:
            LOG.warning(UNMOVED, error)

    def leave(self) -> None:
        """Waits for what is under way, not for what was never begun; the file is safe either way."""
        watch = Stopwatch()
        while self.is_under_way and watch.seconds() < LEAVE_SECONDS:
            threading.Event().wait(A_MOMENT)

    def _move(self) -> None:
        try:
            with closing(SqliteDb(open_database(self._path))) as db:
                db.rows(MOVE)
            self.is_to_be_finished = True
        except sqlite3.Error as error:
            LOG.warning(UNMOVED, error)
        finally:
            self.is_under_way = False
