"""What a restore takes along from the file it puts aside, so that what was ended stays ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.chain import open_live

GIVEN_ONCE = ("sessions", "pairing_codes")
"""Ended or used since, for all a backup knows: nobody comes in by them again."""

TAKEN = {
    "numbers": "SELECT hall, day, prefix, last FROM numbers",
    "accounts": "SELECT hall, staff, password_hash, one_time, changed_at FROM accounts"
    " WHERE password_hash IS NOT NULL",
    "devices": "SELECT revoked_at, hall, device FROM devices WHERE revoked_at IS NOT NULL",
    "door_switches": "SELECT hall, door, is_open, changed_at FROM door_switches WHERE is_open = 0",
}

PUT = {
    "numbers": """INSERT INTO numbers (hall, day, prefix, last) VALUES (?, ?, ?, ?)
        ON CONFLICT (hall, day, prefix) DO UPDATE SET last = excluded.last
        WHERE excluded.last > numbers.last""",
    "accounts": """INSERT INTO accounts (hall, staff, password_hash, one_time, changed_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (hall, staff) DO UPDATE SET password_hash = excluded.password_hash,
        one_time = excluded.one_time, changed_at = excluded.changed_at
        WHERE password_hash IS NULL OR password_hash <> excluded.password_hash""",
    "devices": "UPDATE devices SET revoked_at = ? WHERE hall = ? AND device = ? AND revoked_at IS NULL",
    "door_switches": """INSERT INTO door_switches (hall, door, is_open, changed_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (hall, door) DO UPDATE SET is_open = 0, changed_at = excluded.changed_at
        WHERE is_open = 1""",
}


@dataclass(frozen=True)
class Carried:
    """How many rows of each table say something else than the backup did; `known`: the old file told all."""

    known: bool
    rows: dict[str, int]


def carry(old: Path | None, fresh: Path) -> Carried:
    """Numbers, passwords, taken-back screens, shut doors of the old file; sessions and codes of neither."""
    told = _told_by(old) if old else {}
    with closing(sqlite3.connect(fresh)) as conn, conn:
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in tables.intersection(GIVEN_ONCE):
            conn.execute(f"DELETE FROM {table}")
        put = {table: conn.executemany(PUT[table], told[table]) for table in told if table in tables}
        rows = {table: cursor.rowcount for table, cursor in put.items() if told[table]}
    return Carried(put.keys() == TAKEN.keys(), rows)


def _told_by(old: Path) -> dict[str, list[Any]]:
    """Table by table: a damaged file may still tell some."""
    told: dict[str, list[Any]] = {}
    for table, question in TAKEN.items():
        try:
            with closing(open_live(old)) as conn:
                told[table] = conn.execute(question).fetchall()
        except sqlite3.Error:
            continue
    return told
