"""The connection by which all halls of a process agree with other processes: one for each database.

Rounds come once a second and for each hall, from threads of any kind. Whoever finds the connection free
runs all rounds that wait, so nobody waits for it; a hall whose round still waits says it anew with its next.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import psycopg

from storage.postgres import PostgresDb, connected

LOG = logging.getLogger(__name__)

WORDS = """CREATE UNLOGGED TABLE IF NOT EXISTS process_words (
    hall TEXT NOT NULL, process TEXT NOT NULL, at TIMESTAMPTZ NOT NULL, word TEXT NOT NULL,
    PRIMARY KEY (hall, process))"""

SETTINGS = (
    "SET synchronous_commit = off; SET statement_timeout = '2s'; SET tcp_keepalives_idle = 5; "
    "SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '10s'"
)
"""A machine that has vanished holds nothing for long."""

Round = Callable[[PostgresDb], None]


class Member(Protocol):
    """One hall's part."""

    def lose(self) -> None: ...


class Agreement:
    """All halls of this process that lie in that database."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._members: set[Member] = set()
        self._waiting: dict[Member, tuple[Round, bool]] = {}
        self._free = deque([True])
        """Who takes what is in it has the connection; engines' locks don't hold between real threads."""

        self._db: PostgresDb | None = None
        self._is_told = False

    def through(self, member: Member, work: Round, last: bool = False) -> None:
        """Runs the member's round, or leaves it to whoever runs one just now."""
        self._waiting[member] = work, last
        while self._waiting:
            try:
                self._free.pop()
            except IndexError:
                return
            try:
                self._run_all()
            finally:
                self._free.append(True)

    def _run_all(self) -> None:
        while self._waiting:
            try:
                member, asked = self._waiting.popitem()
            except KeyError:  # its member has just said something newer
                continue
            self._run(member, asked)

    def _run(self, member: Member, asked: tuple[Round, bool]) -> None:
        work, last = asked
        self._members.add(member)
        try:
            if not last or self._db is not None:
                work(self._connection())
                self._is_told = False
        except psycopg.Error as error:
            if self._db is not None and not self._is_told:
                LOG.warning("The hall's processes can't agree: %s", " ".join(str(error).split()))
                self._is_told = True
            self._lose()
        if last:
            self._members.discard(member)
        if not self._members:
            self._lose()

    def _connection(self) -> PostgresDb:
        if self._db is None:
            self._db = PostgresDb(connected(self._address, SETTINGS))
            with suppress(psycopg.errors.UniqueViolation):  # another process makes it at the same moment
                self._db.run(WORDS)
        return self._db

    def _lose(self) -> None:
        db, self._db = self._db, None
        for member in self._members:
            member.lose()
        if db is not None:
            db.close()


AGREEMENTS: dict[str, Agreement] = {}


def agreement_at(address: str) -> Agreement:
    return AGREEMENTS.setdefault(address, Agreement(address))
