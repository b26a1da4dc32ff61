"""What the change of taking a number costs by itself, without HTTP: processor time from call to return.

python -m bench.changing                       one by one and in groups, beside a bare durable insert
python -m bench.changing --postgres ADDRESS    in an empty PostgreSQL database, the server's own time left out

All kinds are asked in turn, a short round each, so that what else the machine does meets all of them. The
file lies in memory, where there is such a folder: a sync costs next to nothing then. Everybody leaves between
two rounds, so that the lines stay as long as they are.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.servers import HALL, MORNING
from queueing.clock import HallClock
from queueing.hall import Hall
from queueing.records import Press
from settings import load_house
from storage.commits import Job
from storage.postgres_store import PostgresStore
from storage.store import SqliteStore

ROUNDS, EACH = 15, 384
SERVICES = 8
SIZES = (8, 64)
LOG_HEAD, LOG_FRAME = 32, 4096 + 24
"""Bytes of SQLite's write-ahead log before its first page, and of each page in it."""

IN_MEMORY = Path("/dev/shm")

Store = SqliteStore | PostgresStore


class Gathered:
    """Takes changes instead of making them."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def through(self, work: Callable[[Any], Any], quick: bool) -> dict[str, Any]:
        self.jobs.append(Job(work, quick))
        return {}

    def join(self, group: list[Job]) -> None:
        """Nobody has come since."""


class Lines:
    """A hall with lines of that length, in which numbers are taken as the API does it."""

    def __init__(self, store: Store, length: int) -> None:
        self._store = store
        self._hall = Hall(load_house(HALL), store, HallClock(MORNING.replace(tzinfo=UTC)))
        self._given: list[str] = []
        for n in range(1, SERVICES + 1):
            self._hall.sit(window=str(n), by=Press("staff:c", clerk=f"c{n}"))
        for n in range(length * SERVICES):
            self._take(n)

    def _take(self, n: int) -> dict[str, Any]:
        key, body = secrets.token_hex(16), secrets.token_hex(32)
        by = Press("device:kiosk", "kiosk", key, "/api/v1/tickets", body, source="127.0.0.1")
        return self._hall.issue(service=f"s{n % SERVICES + 1}", origin="device:kiosk", by=by)

    def one_by_one(self) -> None:
        self._given += [self._take(n)["ticket"]["ticket"] for n in range(EACH)]

    def in_groups(self, size: int) -> None:
        """As when so many wait at the same moment."""
        commits, self._store._commits = self._store._commits, Gathered()  # type: ignore[assignment]
        for _ in range(EACH // size):
            self._group(size)
        self._store._commits = commits

    def _group(self, size: int) -> None:
        gathered: Any = self._store._commits
        gathered.jobs = []
        for n in range(size):
            self._take(n)
        self._store._run_group(gathered.jobs)
        self._given += [job.outcome()["ticket"]["ticket"] for job in gathered.jobs]

    def leave(self) -> None:
        """Everybody who came in the last round."""
        for key in self._given:
            self._hall.abandon(ticket=key, by=Press("staff:g", "guide"))
        self._given.clear()


class Floor:
    """The bare durable insert."""

    def __init__(self, folder: Path) -> None:
        self._conn = sqlite3.connect(folder / "floor.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._conn.execute(f"PRAGMA {pragma}")
        self._conn.execute("CREATE TABLE tickets (id INTEGER PRIMARY KEY, service TEXT)")

    def insert(self) -> None:
        for _ in range(EACH):
            self._conn.execute("INSERT INTO tickets (service) VALUES ('s1')")


def spent(work: Callable[[], None]) -> tuple[float, float]:
    """Processor time and time by the clock for one change of a round, in ms."""
    began, at = time.process_time(), time.perf_counter()
    work()
    return 1000 * (time.process_time() - began) / EACH, 1000 * (time.perf_counter() - at) / EACH


def measure(lines: Lines, floor: Floor) -> None:
    kinds: dict[str, Callable[[], None]] = {"bare insert": floor.insert, "one by one": lines.one_by_one}
    kinds |= {f"groups of {size}": partial(lines.in_groups, size) for size in SIZES}
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, work in kinds.items():
            took[name].append(spent(work))
            lines.leave()
    print(f"\nA number taken, {ROUNDS} rounds of {EACH}; ms each")
    print("               processor: median   least    by the clock: median   least")
    for name, each in took.items():
        print(f"{name:14s}" + " " * 3 + "       ".join(told([row[n] for row in each]) for n in (0, 1)))


def pages(lines: Lines, store: SqliteStore, log: Path) -> str:
    """What lone numbers write to the log of changes: the least, and the mean."""
    written = []
    for n in range(SIZES[-1]):
        store._settle()
        lines._take(n)
        written.append((log.stat().st_size - LOG_HEAD) // LOG_FRAME)
    return f"{min(written)} at least, {mean(written):.1f} in the mean"


def told(values: Sequence[float]) -> str:
    return f"{median(values):14.3f} {min(values):7.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.changing", description=__doc__.splitlines()[0])
    parser.add_argument("--line", type=int, default=100, help="people in the line of each service")
    parser.add_argument("--postgres", help="the address of an empty database")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hall-bench-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
    store: Store = PostgresStore(given.postgres, "bench") if given.postgres else SqliteStore(folder, "bench")
    try:
        lines = Lines(store, given.line)
        measure(lines, Floor(folder))
        if isinstance(store, SqliteStore):
            print("Pages that a lone number writes:", pages(lines, store, folder / "hall.db-wal"))
    finally:
        store.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
