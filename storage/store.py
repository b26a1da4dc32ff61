"""One hall in one SQLite file: durable changes in groups, reads on pictures of their own."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

from queueing.errors import StorageFailed
from queueing.records import Event, Json, Press
from storage.commits import Commits, Job
from storage.db import Db, open_database
from storage.desk import SqlDesk
from storage.migrations import steps

T = TypeVar("T")
FILE = "hall.db"
InThread = Callable[..., Any]


class FolderTaken(Exception):
    """Another server already works on this data folder."""


def direct(function: Callable[..., Any], *args: Any) -> Any:
    """Runs it here and now: the choice where every request has its own thread."""
    return function(*args)


class SqliteStore:
    """Keeps one hall in `folder/hall.db`; one server per folder, held by a lock."""

    def __init__(self, folder: Path, hall: str, in_thread: InThread = direct) -> None:
        self.hall, self._in_thread = hall, in_thread
        self.on_commit: Callable[[Sequence[Event]], None] = lambda events: None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = locked(folder)
        self._path = folder / FILE
        self._writer = Db(open_database(self._path))
        steps.apply(self._writer.database)
        SqlDesk(self._writer, hall).open_hall()
        self._readers: list[Db] = []
        self._closed = False
        self._commits = Commits(self._run_group)

    def change(self, work: Callable[[Any], Json], press: Press) -> Json:
        """One durable change, or the first answer to a key seen before. See queueing.store.Store."""

        def once(desk: SqlDesk) -> Json:
            return answered_once(desk, work, press)

        answer: Json = self._commits.through(once)
        return answer

    def look(self, work: Callable[[Any], T]) -> T:
        """Runs a read on one consistent picture, on a connection of its own."""
        db = self._readers.pop() if self._readers else Db(open_database(self._path, read_only=True))
        try:
            db.run("BEGIN")
            return work(SqlDesk(db, self.hall))
        finally:
            db.run("COMMIT")
            self._readers.append(db)

    def close(self) -> None:
        """Closes after the changes under way and frees the folder; later changes are refused."""
        if self._closed:
            return
        self._commits.through(self._last_change)
        while self._readers:
            self._readers.pop().close()
        self._lock.close()

    def _last_change(self, desk: SqlDesk) -> Json:
        self._closed = True
        return {}

    def _run_group(self, group: Sequence[Job]) -> None:
        events: list[Event] = self._in_thread(self._commit, group)
        if events:
            self.on_commit(events)

    def _commit(self, group: Sequence[Job]) -> list[Event]:
        """One transaction, a savepoint for each change, one sync; the events that came of it."""
        if self._closed:
            raise StorageFailed(reason="the hall is closing")
        try:
            self._writer.run("BEGIN IMMEDIATE")
            events = [event for job in group for event in self._attempt(job)]
            self._writer.run("COMMIT")
        except sqlite3.Error as error:
            self._give_up()
            raise StorageFailed(reason=str(error)) from error
        if self._closed:
            self._writer.close()
        return events

    def _attempt(self, job: Job) -> list[Event]:
        """Runs one change behind a savepoint; a refusal takes back only its own rows."""
        desk = SqlDesk(self._writer, self.hall)
        self._writer.run("SAVEPOINT change")
        try:
            job.answer = job.work(desk)
        except Exception as error:  # noqa: BLE001 - handed to whoever asked for the change
            job.error = error
            self._writer.run("ROLLBACK TO change")
            desk.fresh.clear()
        self._writer.run("RELEASE change")
        return desk.fresh

    def _give_up(self) -> None:
        if self._writer.database.conn.in_transaction:
            self._writer.run("ROLLBACK")


def answered_once(desk: SqlDesk, work: Callable[[SqlDesk], Json], press: Press) -> Json:
    """The work's answer, kept under the press's key; a key seen before gives the first answer again."""
    if press.key is None:
        return work(desk)
    before = desk.answer_to(press)
    if before is not None:
        return before
    answer = work(desk)
    desk.keep_answer(press, answer, desk.last_at())
    return answer


def locked(folder: Path) -> IO[str]:
    """Holds the folder for this process; raises FolderTaken when another one has it."""
    handle = (folder / "hall.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise FolderTaken(str(folder)) from None
    return handle
