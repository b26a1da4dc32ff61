"""The same schema, step by step, in a PostgreSQL database; and the few words of SQL that it lacks."""

from __future__ import annotations

import logging
import re
from typing import Any

import psycopg
from sqlite_utils import Database

from queueing.clock import RealClock, instant
from storage.db import Db
from storage.migrations import steps
from storage.opening import CannotOpen
from storage.postgres import OLDEST, PostgresDb
from storage.upgrading import UpgradeFailed

LOG = logging.getLogger(__name__)

UPGRADE = 7_401_968_215
"""The advisory lock of whoever brings a database to the present schema."""

STEPS = "CREATE TABLE IF NOT EXISTS schema_steps (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)"

TYPES = {"TEXT": 'TEXT COLLATE "C"', "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA"}
"""Text is compared byte by byte, as SQLite does: the order of turns rests on it."""

WORDS = (
    """CREATE OR REPLACE FUNCTION julianday(at TEXT) RETURNS DOUBLE PRECISION LANGUAGE sql STABLE AS $$
        SELECT CAST(extract(epoch FROM CAST(at AS TIMESTAMPTZ)) * 1000 + 210866760000000 AS DOUBLE PRECISION)
        / 86400000.0 $$""",
    """CREATE OR REPLACE FUNCTION round(number DOUBLE PRECISION, places INTEGER) RETURNS DOUBLE PRECISION
        LANGUAGE sql STABLE AS $$
        SELECT CAST(round(CAST(number AS NUMERIC), places) AS DOUBLE PRECISION) $$""",
    """CREATE OR REPLACE FUNCTION json_text(json TEXT, path TEXT) RETURNS TEXT LANGUAGE sql STABLE AS $$
        SELECT CAST(json AS JSON) ->> regexp_replace(path, '^[$][.]', '') $$""",
    """DO $$ BEGIN CREATE OPERATOR ->> (LEFTARG = TEXT, RIGHTARG = TEXT, FUNCTION = json_text);
        EXCEPTION WHEN duplicate_function THEN NULL; END $$""",
)
"""`julianday(at)`, `round(number, places)` and `json ->> '$.name'`, to the last digit as SQLite says them."""


class Schema:
    """What a step gets to work on."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self._conn = conn

    def execute(self, statement: str) -> Any:
        return self._conn.execute(in_postgres(statement))


def in_postgres(statement: str) -> str:
    """The types of SQLite's that PostgreSQL calls otherwise; steps write types in capitals."""
    return re.sub(r"\b(TEXT|REAL|BLOB)\b", lambda found: TYPES[found[0]], statement)


def opened(db: PostgresDb) -> None:
    """Looks whether the database can be ours, and takes the steps that it lacks: all of them or none."""
    must_fit(db)
    lacking = missing(db)
    if lacking is None or lacking:
        _upgraded(db)


def must_fit(db: PostgresDb) -> None:
    version, encoding = db.conn.info.server_version, db.rows("SHOW server_encoding")[0][0]
    if version < OLDEST:
        raise CannotOpen(
            f"The database is PostgreSQL {version // 10000}. The hall needs version 13 or newer."
        )
    if encoding != "UTF8":
        raise CannotOpen(f"The database keeps text as {encoding}. Create it anew with ENCODING 'UTF8'.")
    if db.rows("SHOW fsync")[0][0] != "on":
        LOG.warning("The database runs with fsync off: what it has kept may be lost when its machine stops.")


def missing(db: Db) -> list[str] | None:
    """The steps that it lacks, None when it is empty; raises CannotOpen for steps of a newer release."""
    if not db.rows(
        "SELECT 1 FROM pg_tables WHERE (schemaname, tablename) = (current_schema, 'schema_steps')"
    ):
        return None
    done = {name for (name,) in db.rows("SELECT name FROM schema_steps")}
    ours = [step.name for step in steps.pending(Database(memory=True))]
    newer = sorted(done.difference(ours))
    if newer:
        raise CannotOpen(
            f"The data in the database were made by a newer version of the hall (it took the steps "
            f"{', '.join(newer)}). They were left as they are. Install that version again, or name another "
            "database."
        )
    return [name for name in ours if name not in done]


def _upgraded(db: PostgresDb) -> None:
    """One process at a time; whoever comes second finds nothing left to do."""
    db.run("BEGIN")
    try:
        db.run("SET LOCAL statement_timeout = 0")
        db.run("SET LOCAL lock_timeout = 0")
        db.rows("SELECT pg_advisory_xact_lock(:upgrade)", upgrade=UPGRADE)
        db.run(STEPS)
        _take(db, missing(db) or [])
    except BaseException as error:
        db.end("ROLLBACK")
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            raise
        if isinstance(error, psycopg.Error):
            raise UpgradeFailed(str(error)) from error
        raise
    db.run("COMMIT")


def _take(db: PostgresDb, wanted: list[str]) -> None:
    schema, at = Schema(db.conn), instant(RealClock().now())
    for word in WORDS if wanted else ():
        db.conn.execute(word)
    for step in steps.pending(Database(memory=True)):
        if step.name in wanted:
            step.fn(schema)  # type: ignore[arg-type]
            db.run("INSERT INTO schema_steps (name, applied_at) VALUES (:name, :at)", name=step.name, at=at)
