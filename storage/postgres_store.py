"""One hall in a PostgreSQL database, served by any number of processes: its row is locked for each group."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg.sql import SQL

from queueing.clock import Stopwatch
from queueing.errors import StorageFailed
from storage.commits import Job
from storage.db import Row
from storage.desk import SqlDesk
from storage.events import END
from storage.groups import GroupStore, InThread, direct
from storage.opening import CannotOpen
from storage.postgres import OF_READERS, PostgresDb, connected
from storage.postgres_address import named
from storage.postgres_advice import advice_on
from storage.postgres_pooler import must_be_our_own
from storage.postgres_reach import DEAR_SECONDS, ServerSilent, reach_of
from storage.postgres_readers import MOST, leave, shared
from storage.postgres_schema import look_over_what_changed, opened, serve
from storage.postgres_trouble import FateUnknown, SchemaNewer, kind_in_postgres, told_at_start
from storage.trouble import refusal

T = TypeVar("T")

BEGIN = SQL(
    """BEGIN; SELECT CAST(pg_current_xact_id() AS TEXT), seq, head, last_at FROM halls
        WHERE hall = {} FOR UPDATE"""
)
"""In one round trip: a transaction, its name, the hall's row locked, and where its log ends."""

ASKING_SECONDS = 5.0
"""So long the server is asked what became of a commit that it didn't answer."""


class PostgresStore(GroupStore):
    """Keeps one hall in the database at `address`, beside any number of other processes and halls."""

    failures = psycopg.Error
    kind_of = staticmethod(kind_in_postgres)
    advice_on = staticmethod(advice_on)
    was_unclean = False

    def __init__(self, address: str, hall: str, in_thread: InThread = direct, looks: int = MOST) -> None:
        super().__init__(hall, in_thread)
        self._shared = address
        try:
            self._address = named(address, hall)
            self._writer: PostgresDb = self._opened()
        except psycopg.Error as error:
            raise CannotOpen(told_at_start(error)) from error
        self._readers = shared(self._shared, looks)
        self._xid = ""

    def _opened(self) -> PostgresDb:
        """The connection for changes, to a database that is ours; raises CannotOpen, psycopg.Error."""
        db = PostgresDb(connected(self._address))
        try:
            must_be_our_own(db.conn, self._address)
            opened(db)
            serve(db)
            SqlDesk(db, self.hall).open_hall()
        except BaseException:
            db.close()
            raise
        return db

    def _opened_again(self) -> PostgresDb:
        """The same after it was lost; meanwhile another release may have come."""
        db = PostgresDb(connected(self._address))
        try:
            serve(db)
        except CannotOpen as error:
            db.close()
            raise SchemaNewer(str(error)) from error
        except BaseException:
            db.close()
            raise
        return db

    def look(self, work: Callable[[Any], T]) -> T:
        """Runs a read on one consistent picture, on a connection of its own."""
        try:
            with self._readers.picture() as db:
                return work(SqlDesk(db, self.hall))
        except psycopg.Error as error:
            if not self._trouble.is_meant(error):
                raise
            raise self._trouble.told(error) from error

    def look_over(self) -> None:
        """Each night: tells the planner of what has changed, whether or not the server does so by itself."""
        try:
            with closing(connected(self._address, OF_READERS)) as conn:
                look_over_what_changed(PostgresDb(conn))
        except psycopg.Error as error:
            raise refusal(error, self.kind_of) from error

    def close(self) -> None:
        """Closes after the changes under way; later changes are refused."""
        if self._leaving:
            return
        self._leave()
        leave(self._shared)

    def _run_group(self, group: list[Job]) -> None:
        """A lost connection is made anew here, where the engine may wait for it, not in the thread beside."""
        if self._writer.is_lost() and not self._closed:
            try:
                reach_of(self._address).must_be_worth_trying(DEAR_SECONDS)
                self._writer = self._opened_again()
            except psycopg.Error as error:
                raise self._trouble.told(error) from error
        super()._run_group(group)

    def _begin(self) -> Row:
        """From here on no other process writes to this hall; what it wrote before is seen."""
        try:
            return self._begun()
        except psycopg.OperationalError as error:
            if isinstance(error, ServerSilent) or not self._writer.is_lost():
                raise
            self._writer = self._opened_again()  # lost in a quiet hour: nothing was said yet
            return self._begun()

    def _begun(self) -> Row:
        cursor = self._writer.conn.execute(BEGIN.format(self.hall))
        cursor.nextset()
        for self._xid, *end in cursor:
            return dict(zip(END, end, strict=True))
        raise StorageFailed(reason="the hall's row is gone")

    def _end(self) -> None:
        try:
            self._writer.run("COMMIT")
        except psycopg.OperationalError as error:
            if not self._was_kept(error):
                raise

    def _was_kept(self, error: psycopg.OperationalError) -> bool:
        """What became of a commit whose answer was lost: the server knows, if it can be asked again."""
        self._writer.close()
        watch = Stopwatch()
        while watch.seconds() < ASKING_SECONDS:
            with suppress(psycopg.Error), self._asked() as db:
                fate = db.rows("SELECT pg_xact_status(CAST(:xid AS XID8))", xid=self._xid)[0][0]
                if fate in ("committed", "aborted"):
                    return bool(fate == "committed")
            threading.Event().wait(0.2)
        raise FateUnknown(str(error).strip()) from error

    @contextmanager
    def _asked(self) -> Iterator[PostgresDb]:
        db = PostgresDb(connected(self._address))
        try:
            yield db
        finally:
            db.close()

    def _give_up(self) -> None:
        """Takes the group back; over a connection in doubt nothing more is said."""
        with suppress(psycopg.Error):
            self._writer.end("ROLLBACK")
            return
        self._writer.close()
