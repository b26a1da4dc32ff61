"""The same schema, step by step, in a PostgreSQL database; and the few words of SQL that it lacks."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from typing import Any

import psycopg
from sqlite_utils import Database

from queueing.clock import RealClock, instant
from storage.db import Db
from storage.migrations import steps
from storage.opening import CannotOpen
from storage.postgres import PostgresDb
from storage.postgres_trouble import kind_in_postgres
from storage.upgrading import UpgradeFailed

LOG = logging.getLogger(__name__)

UPGRADE, SERVING = 7_401_968_215, 7_401_968_216
"""Locks: of whoever brings a database to the present schema, and, shared, of all who change its rows."""

SERVED = (
    "This release changes the schema of the hall's database, and a server is still at it that doesn't know "
    "the new one. Nothing was changed, and that server goes on. Stop all servers of this database, of every "
    "hall in it; then start this release."
)

OURS = """SELECT quote_ident(relname) FROM pg_stat_user_tables JOIN pg_attribute ON attrelid = relid
    WHERE schemaname = current_schema AND attname = 'hall'"""
CHANGED = f"""{OURS} AND n_mod_since_analyze > 0
    AND coalesce(greatest(last_analyze, last_autoanalyze), '-infinity') < now() - interval '12 hours'"""

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
    encoding = db.rows("SHOW server_encoding")[0][0]
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


def serve(db: PostgresDb) -> None:
    """As long as this connection lives nobody changes the schema; CannotOpen where a newer release has."""
    db.rows("SELECT pg_advisory_lock_shared(:serving)", serving=SERVING)
    missing(db)


def must_be_unserved(db: PostgresDb) -> None:
    """Until the end of the transaction; raises CannotOpen."""
    if not db.rows("SELECT pg_try_advisory_xact_lock(:serving)", serving=SERVING)[0][0]:
        raise CannotOpen(SERVED)


def look_over(db: PostgresDb) -> None:
    """Within the transaction that brought them: the planner knows nothing of rows that came all at once."""
    for (name,) in db.rows(OURS):
        db.run(f"ANALYZE {name}")


def look_over_what_changed(db: PostgresDb) -> None:
    """Table by table, without waiting for somebody who does just that."""
    for (name,) in db.rows(CHANGED):
        db.run(f"ANALYZE (SKIP_LOCKED) {name}")


def _upgraded(db: PostgresDb) -> None:
    """One process at a time; whoever comes second finds nothing left to do."""
    db.run("BEGIN")
    try:
        db.run("SET LOCAL statement_timeout = 0")
        db.run("SET LOCAL lock_timeout = 0")
        db.rows("SELECT pg_advisory_xact_lock(:upgrade)", upgrade=UPGRADE)
        before = missing(db)
        db.run(STEPS)
        _take(db, missing(db) or [])
        if before:
            look_over(db)
    except BaseException as error:
        with suppress(psycopg.Error):  # it may be lost
            db.end("ROLLBACK")
        if isinstance(error, psycopg.Error) and not is_about_the_database(error):
            raise UpgradeFailed(str(error)) from error
        raise
    db.run("COMMIT")


def is_about_the_database(error: psycopg.Error) -> bool:
    """Whether it is away, full, or doesn't let the hall do this; else the step itself is at fault."""
    return kind_in_postgres(error) is not None or isinstance(error, psycopg.errors.InsufficientPrivilege)


def _take(db: PostgresDb, wanted: list[str]) -> None:
    if wanted:
        must_be_unserved(db)
    schema, at = Schema(db.conn), instant(RealClock().now())
    for word in WORDS if wanted else ():
        db.conn.execute(word)
    for step in steps.pending(Database(memory=True)):
        if step.name in wanted:
            step.fn(schema)  # type: ignore[arg-type]
            db.run("INSERT INTO schema_steps (name, applied_at) VALUES (:name, :at)", name=step.name, at=at)
