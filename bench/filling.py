"""Puts made-up years into a hall's file, fast: rows first, indices afterwards, nothing synced on the way."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.ten_years import Visit, Years, moment, working_days
from queueing.house import House
from storage.store import SqliteStore

CACHE_KB = 2_000_000
TICKETS = """INSERT INTO tickets (hall, key, day, number, service, ticket_class, state, joined_at, line_at,
    tie, language, origin, "window", clerk, outcome, called_at, started_at, finished_at, calls, reinstated,
    held_seconds, seq, postponed, confirmed, told_low, told_high) VALUES
    (?, ?, ?, ?, ?, 'walk_in', ?, ?, ?, ?, 'zh_Hans', 'device:kiosk', ?, ?, ?, ?, ?, ?, ?, 0, 0.0, ?, 0, 0,
    0, 20)"""
EVENTS = """INSERT INTO events (hall, seq, at, action, press, actor, ticket, "window", before, after, shown,
    prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, ?, ?)"""
RATINGS = """INSERT INTO ratings (hall, ticket, "window", clerk, service, day, level, reasons, channel, at,
    finished_at, seq) VALUES (?, ?, ?, ?, ?, ?, ?, '', 'pad', ?, ?, ?)"""
BOOKED = """INSERT INTO bookings VALUES (?, ?, ?, ?, ?, ?, 'kept', ?, ?, 'zh_Hans', 'phone', 0, ?, ?)"""
NUMBERS = "INSERT INTO numbers (hall, day, prefix, last) VALUES (?, ?, 'N', ?)"
SIGNED = "INSERT INTO signatures VALUES (?, ?, ?, ?, ?, 'made', 'made')"
BOOKED_EACH = 10
Rows = Iterator[tuple[Any, ...]]


def fill(folder: Path, house: House, tickets: int, a_day: int, last: date, seed: int = 1) -> None:
    """So many visits, so many on each working day up to the last one; says how long that took."""
    began, hall = time.monotonic(), house.hall.id
    SqliteStore(folder, hall).close()
    conn = opened(folder / "hall.db")
    indices = taken_off(conn)
    days, years = working_days(last, max(1, tickets // a_day)), Years(house, seed)
    conn.execute("BEGIN")
    for day in days:
        add_day(conn, hall, day.isoformat(), years, a_day)
    at = days[-1].isoformat() + "T15:50:00.000Z"
    conn.execute("UPDATE halls SET seq = ?, head = ?, last_at = ?", (years.seq, years.head, at))
    conn.execute("COMMIT")
    print(f"{len(days) * a_day:,} visits, {years.seq:,} events: {time.monotonic() - began:.0f} s", flush=True)
    for sql in indices:
        conn.execute(sql)
    conn.close()
    size = (folder / "hall.db").stat().st_size / 1e9
    print(f"with {len(indices)} indices: {time.monotonic() - began:.0f} s, {size:.1f} GB", flush=True)


def opened(file: Path) -> sqlite3.Connection:
    """Nothing of it is safe until it is whole: a made-up file is made again."""
    conn = sqlite3.connect(file, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KB}", "threads = 2"):
        conn.execute(f"PRAGMA {setting}")
    return conn


def taken_off(conn: sqlite3.Connection) -> list[str]:
    """The statements of all indices that can be made afterwards."""
    found = conn.execute(
        """SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            AND tbl_name IN ('tickets', 'events', 'ratings', 'bookings')"""
    ).fetchall()
    for name, _ in found:
        conn.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def add_day(conn: sqlite3.Connection, hall: str, day: str, years: Years, count: int) -> None:
    visits = years.visits(day, count)
    conn.executemany(EVENTS, ((hall, *event[:7], *event[7:]) for event in years.events(day, visits)))
    conn.executemany(TICKETS, tickets_of(hall, day, visits, years.last_seq))
    conn.executemany(RATINGS, ratings_of(hall, day, visits, years.last_seq))
    conn.executemany(BOOKED, bookings_of(hall, day, visits, years.last_seq))
    conn.execute(NUMBERS, (hall, day, count))
    conn.execute(SIGNED, (hall, day, years.seq, years.head, f"{day}T16:00:00.000Z"))


def tickets_of(hall: str, day: str, visits: list[Visit], seqs: dict[str, int]) -> Rows:
    for v in visits:
        joined, served = moment(day, v.joined), v.state == "finished"
        yield (
            hall, v.key, day, v.number, v.service, v.state, joined, joined, v.joined, v.window or None,
            v.clerk or None, "done" if served else None, moment(day, v.called), moment(day, v.started),
            moment(day, v.ended) if served else None, int(v.called > 0), seqs[v.key],
        )  # fmt: skip


def ratings_of(hall: str, day: str, visits: list[Visit], seqs: dict[str, int]) -> Rows:
    for v in visits:
        if v.level:
            at = moment(day, v.ended + 1)
            whose = (hall, v.key, v.window, v.clerk, v.service, day)
            yield *whose, v.level, at, moment(day, v.ended), seqs[f"rate {v.key}"]


def bookings_of(hall: str, day: str, visits: list[Visit], seqs: dict[str, int]) -> Rows:
    for n, v in enumerate(visits):
        if n % BOOKED_EACH == 0:
            at = moment(day, v.joined)
            yield hall, f"b{v.key}", f"B{n:04d}", day, v.service, at, at, at, v.key, seqs[v.key]


def room_for(folder: Path, tickets: int) -> None:
    """Ten million visits take 26 GB and, while the indices are made, some more. Raises SystemExit."""
    needed = tickets * 3_000
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SystemExit(f"{folder} has {free / 1e9:.0f} GB left; this takes {needed / 1e9:.0f} GB.")
