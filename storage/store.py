"""One hall in one SQLite file: durable changes in groups, reads on pictures of their own."""

from __future__ import annotations

import fcntl
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from queueing.errors import StorageFailed
from queueing.records import Event, Json, Press
from storage.commits import Commits, Job
from storage.db import Db, open_database
from storage.desk import SqlDesk
from storage.opening import FILE, explained, is_marked, opened, settle, wipe_mark
from storage.trouble import Trouble, is_of_the_disk

LOG = logging.getLogger(__name__)

T = TypeVar("T")
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
        self._folder, self._path = folder, folder / FILE
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = locked(folder)
            self._writer = self._opened()
        self._readers: list[Db] = []
        self._trouble = Trouble()
        self._leaving = self._closed = self._unsettled = False
        self._commits = Commits(self._run_group)

    def _opened(self) -> Db:
        """The connection for changes; the folder is free again when it can't be had."""
        try:
            self.was_unclean = is_marked(self._folder)
            writer = opened(self._folder)
            SqlDesk(writer, self.hall).open_hall()
        except BaseException:
            self._lock.close()
            raise
        return writer

    @property
    def trouble(self) -> str | None:
        """The code of what keeps changes from being kept at the moment."""
        return self._trouble.code

    def change(self, work: Callable[[Any], Json], press: Press) -> Json:
        """One durable change, or the first answer to a key seen before. See queueing.store.Store."""

        def once(desk: SqlDesk) -> Json:
            return answered_once(desk, work, press)

        answer: Json = self._commits.through(once)
        return answer

    def look(self, work: Callable[[Any], T]) -> T:
        """Runs a read on one consistent picture, on a connection of its own."""
        try:
            db = self._readers.pop() if self._readers else Db(open_database(self._path, read_only=True))
        except sqlite3.Error as error:
            raise self._trouble.told(error) from error
        try:
            db.run("BEGIN")
            return work(SqlDesk(db, self.hall))
        except sqlite3.DatabaseError as error:
            if not is_of_the_disk(error):
                raise
            raise self._trouble.told(error) from error
        finally:
            db.end()
            self._readers.append(db)

    def try_again(self) -> None:
        """While nothing could be kept: finds out whether that is over, by keeping something."""
        with suppress(StorageFailed):  # it isn't; the operator has been told
            self._commits.through(SqlDesk.touch)

    def close(self) -> None:
        """Closes after the changes under way and frees the folder; later changes are refused."""
        if self._leaving:
            return
        self._leaving = True
        with suppress(StorageFailed):  # the group before has closed already
            self._commits.through(lambda desk: {})
        while self._readers:
            self._readers.pop().close()
        if not self.trouble:
            wipe_mark(self._folder)
        self._lock.close()

    def _run_group(self, group: Sequence[Job]) -> None:
        events: list[Event] = self._in_thread(self._commit, group)
        if events:
            self._tell(events)

    def _tell(self, events: Sequence[Event]) -> None:
        """What is kept is kept, also when nobody can be told."""
        try:
            self.on_commit(events)
        except Exception:
            LOG.exception("Events %d to %d were kept but not told", events[0].seq, events[-1].seq)

    def _commit(self, group: Sequence[Job]) -> list[Event]:
        """One transaction, a savepoint for each change, one sync; the events that came of it."""
        if self._closed:
            raise StorageFailed(reason="the hall is closing")
        try:
            return self._together(group)
        except sqlite3.Error as error:
            self._give_up()
            raise self._trouble.told(error) from error
        finally:
            if self._leaving:
                self._closed = True
                self._writer.close()

    def _together(self, group: Sequence[Job]) -> list[Event]:
        if self._unsettled:
            self._settle()
        self._writer.run("BEGIN IMMEDIATE")
        events = [event for job in group for event in self._attempt(job)]
        self._writer.run("COMMIT")
        self._trouble.over()
        return events

    def _settle(self) -> None:
        """After a failure nothing new is kept before all that was kept stands in the main file, synced:
        the system may have dropped, with the change that failed, a neighbour that it had called safe."""
        settle(self._writer)
        self._unsettled = False

    def _attempt(self, job: Job) -> list[Event]:
        """Runs one change behind a savepoint; a refusal takes back only its own rows."""
        desk = SqlDesk(self._writer, self.hall)
        self._writer.run("SAVEPOINT change")
        try:
            job.answer = job.work(desk)
        except Exception as error:
            if isinstance(error, sqlite3.Error) and is_of_the_disk(error):
                raise  # the whole group fails with it
            job.error = error
            self._writer.run("ROLLBACK TO change")
            desk.fresh.clear()
        self._writer.run("RELEASE change")
        return desk.fresh

    def _give_up(self) -> None:
        """Takes the group back, and off the disk where part of it may stand."""
        self._unsettled = True
        with suppress(sqlite3.Error):  # tried again before the next change
            self._writer.end("ROLLBACK")
            self._settle()


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
