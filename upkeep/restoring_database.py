"""Puts a backup in the place of a hall's rows in its database, the hall closed; nothing is destroyed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from queueing.clock import Instant
from storage.backups import fresh_part
from storage.chain import Verdict, open_copy, verdict_of
from storage.db import open_database
from storage.moving import carry_in, copy_out, others_at_it, tables_of, taken_apart, verdict_within
from storage.postgres import OF_READERS, PostgresDb, connected
from storage.postgres_schema import look_over, opened
from storage.upgrading import upgrade
from upkeep.archive import Backup, shelf_beside
from upkeep.carrying import Carried, carry
from upkeep.files import put_back
from upkeep.restoring import TOLD, NotRestored, Restored, must_be_good, set_aside_in


def restore_into(address: str, folder: Path, backup: Backup, hall: str, at: Instant) -> Restored:
    """Raises NotRestored, OSError, sqlite3.Error or psycopg.Error; then the rows are as they were."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    verdict = verdict_of(backup.file)
    must_be_good(backup, hall, verdict)
    part = fresh_part(folder / "restoring.db")
    try:
        with closing(connected(address, OF_READERS)) as conn:
            kept, carried = _changed_places(
                PostgresDb(conn), address, folder, backup, part, hall, at, verdict
            )
    finally:
        part.unlink(missing_ok=True)
    returned = put_back(folder, shelf_beside(backup.file.parent, hall), backup.files)
    return Restored(backup, verdict, kept, carried, returned)


def _changed_places(
    db: PostgresDb, address: str, folder: Path, backup: Backup, part: Path, hall: str, at: Instant,
    verdict: Verdict,
) -> tuple[Path | None, Carried]:  # fmt: skip
    opened(db)
    if others_at_it(db, hall):
        raise NotRestored("A server of this hall is at the database. Close the hall first.")
    kept = set_aside_in(folder, at) if db.rows("SELECT 1 FROM halls WHERE hall = :hall", hall=hall) else None
    if kept:
        copy_out(address, hall, kept)
    carried = carry(kept, present(backup.file, part))
    with closing(open_copy(part)) as source:
        _replaced(db, source, hall, verdict)
    if kept and (folder / TOLD).exists():
        (folder / TOLD).rename(f"{kept}-{TOLD}")
    return kept, carried


def present(backup: Path, part: Path) -> Path:
    """The backup in the schema of this release."""
    shutil.copyfile(backup, part)
    with closing(open_database(part)) as database:
        upgrade(database)
        database.conn.execute("PRAGMA journal_mode=DELETE")
    return part


def _replaced(db: PostgresDb, source: sqlite3.Connection, hall: str, verdict: Verdict) -> None:
    db.run("BEGIN")
    db.rows("SELECT 1 FROM halls WHERE hall = :hall FOR UPDATE", hall=hall)
    taken_apart(db.conn, list(tables_of(source)), hall)
    carry_in(source, db.conn, hall)
    look_over(db)
    now = verdict_within(db, hall)
    if now.broken or (now.seq, now.head) != (verdict.seq, verdict.head):
        raise NotRestored(f"What was put into the database isn't the backup ({now.broken}).")
    db.run("COMMIT")
