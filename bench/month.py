"""How fast a month's assessments are: 151 windows, 120,000 tickets, from rows of the queue to every score.

    python -m bench.month [--tickets 120000] [--hall halls/longquanyi.toml] [--rounds 5]

The month is written straight into a data folder of its own, as the hall would have left it, and thrown away.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from queueing.clock import HandClock, instant
from queueing.hall import ITSELF, Hall
from scoring.assess import assess
from scoring.fact_store import fact_rows
from scoring.facts import Fact
from scoring.gathering import facts_of
from scoring.levels import LEVELS
from scoring.periods import period
from scoring.seat_facts import KNOWN
from scoring.store import By
from settings import holidays_of, load_house, worked_weekends_of
from settings.reading import ROOT
from settings.schemes import schemes_of
from storage.opening import FILE
from storage.store import SqliteStore

MONTH = "2026-09"
AFTER = datetime(2026, 10, 1, 4, tzinfo=UTC)
WEIGHTS = (60, 25, 10, 3, 2)
"""Of a hundred ratings, from the best level to the worst; six visits in ten are rated."""
RATED, ENTERED, PAUSES, PROMISED = 0.6, 2000, 2, 30.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.month", description=__doc__)
    parser.add_argument("--tickets", type=int, default=120_000)
    parser.add_argument("--hall", type=Path, default=ROOT / "halls" / "longquanyi.toml")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    house = load_house(options.hall)
    house = replace(house, duty=replace(house.duty, promised_wait_minutes=PROMISED))
    SqliteStore(folder, house.hall.id).close()
    store = SqliteStore(folder, house.hall.id)
    hall = Hall(house, store, HandClock(AFTER), holidays_of(house), worked_weekends_of(house))
    write_month(folder / FILE, hall, options.tickets)
    enter(hall)
    schemes = schemes_of(ROOT / "schemes/yihuang-window.toml", ROOT / "schemes/yihuang-clerk.toml")
    print(f"{len(house.windows)} windows, {options.tickets:,} tickets, {MONTH}")
    for by in ("window", "clerk"):
        told(
            hall, by, options.rounds, lambda facts, by=by: assess(schemes.in_force(by, f"{MONTH}-01"), facts)
        )
    store.close()


def told(hall: Hall, by: By, rounds: int, score: Callable[[list[Fact]], Any]) -> None:
    """The middle of some rounds, each as if it were the first: gathering all facts, assessing everybody."""

    def gather() -> dict[str, list[Fact]]:
        return hall.store.look(lambda desk: facts_of(desk, period(MONTH), hall, by))

    gathered, assessed, facts = [], [], {}
    for _ in range(rounds):
        KNOWN.clear()
        facts, took = timed(gather)
        gathered.append(took)
        assessed.append(timed(lambda each=facts: list(map(score, each.values())))[1])
    whole = [a + b for a, b in zip(gathered, assessed, strict=True)]
    print(f"by {by}: {len(facts)} assessed from {sum(map(len, facts.values())):,} facts")
    rows = {
        "gathered": gathered,
        "assessed": assessed,
        "together": whole,
        "gathered again": [timed(gather)[1]],
    }
    for name, took in rows.items():
        wall, cpu = middle(each.wall for each in took), middle(each.cpu for each in took)
        print(f"    {name:15} {wall} s, processor {cpu} s")


class Took(NamedTuple):
    """Seconds on the wall, and seconds of the processor: these hardly mind what else the machine does."""

    wall: float
    cpu: float

    def __add__(self, other: Any) -> Took:
        return Took(self.wall + other.wall, self.cpu + other.cpu)


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    return made, Took(time.perf_counter() - wall, time.process_time() - cpu)


def middle(seconds: Iterable[float]) -> str:
    """The middle one, and from the least to the most."""
    each = sorted(seconds)
    return f"{median(each):.2f} ({each[0]:.2f} to {each[-1]:.2f})" if len(each) > 1 else f"{each[0]:.2f}"


def write_month(file: Path, hall: Hall, tickets: int) -> None:
    """Visits spread over the windows' hours, ratings of most, and who sat where with two pauses a day."""
    chance, database = random.Random(151), sqlite3.connect(file)
    shifts = list(shifts_of(hall))
    clerks = {window.id: f"clerk-{window.id}" for window in hall.house.windows}
    with database:
        write_seats(database, hall.house.hall.id, shifts, clerks, chance)
        visits = list(visits_of(hall, shifts, clerks, tickets, chance))
        names = ", ".join(f'"{name}"' for name in visits[0])
        marks = ", ".join(f":{name}" for name in visits[0])
        database.executemany(f"INSERT INTO tickets ({names}) VALUES ({marks})", visits)
        database.executemany(
            """INSERT INTO ratings (hall, ticket, "window", clerk, service, day, level, reasons, channel, at,
                finished_at, seq) VALUES (:hall, :key, :window, :clerk, :service, :day, :level, '', 'pad',
                :finished_at, :finished_at, :seq)""",
            rated(visits, chance),
        )
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


Shift = tuple[str, datetime, datetime]


def shifts_of(hall: Hall) -> Iterator[Shift]:
    """Every stretch of every window's hours in the month."""
    zone, stretch = ZoneInfo(hall.house.hall.timezone), period(MONTH)
    day = date.fromisoformat(stretch.first)
    while day.isoformat() <= stretch.last:
        for window in hall.house.windows:
            for opens, closes in hall.hours.stretches(window, day):
                yield window.id, opens.replace(tzinfo=zone), closes.replace(tzinfo=zone)
        day += timedelta(days=1)


def write_seats(
    database: sqlite3.Connection,
    hall: str,
    shifts: list[Shift],
    clerks: dict[str, str],
    chance: random.Random,
) -> None:
    steps = sorted(
        step for window, opens, closes in shifts for step in steps_of(window, opens, closes, clerks, chance)
    )
    rows = [
        (hall, seq, instant(at), action, f"p{seq}", f"staff:{clerks[window]}", window, json.dumps(after))
        for seq, (at, _, window, action, after) in enumerate(steps, 1)
    ]
    database.executemany(
        """INSERT INTO events (hall, seq, at, action, press, actor, ticket, "window", before, after, shown,
            prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, NULL, ?, '{}', ?, '{}', '', '')""",
        rows,
    )
    database.execute("UPDATE halls SET seq = ? WHERE hall = ?", (len(rows), hall))


def steps_of(
    window: str, opens: datetime, closes: datetime, clerks: dict[str, str], chance: random.Random
) -> Iterator[tuple[datetime, int, str, str, dict[str, str | None]]]:
    """One shift: coming (sometimes late), pauses, going (sometimes early)."""
    late = timedelta(minutes=chance.gauss(-2, 8))
    yield opens + late, 0, window, "sit", {"state": "open", "clerk": clerks[window]}
    for _ in range(PAUSES):
        at = opens + (closes - opens) * chance.uniform(0.2, 0.7)
        yield at, 1, window, "pause", {"state": "paused", "pause_reason": "short-break"}
        back = at + timedelta(minutes=chance.uniform(3, 12))
        yield back, 2, window, "open", {"state": "open", "pause_reason": None}
    yield (
        closes + timedelta(minutes=chance.gauss(3, 7)),
        3,
        window,
        "leave",
        {"state": "closed", "clerk": None},
    )


def visits_of(
    hall: Hall, shifts: list[Shift], clerks: dict[str, str], tickets: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Finished visits, numbered through the day."""
    services = {window.id: window.serves[0] for window in hall.house.windows}
    for n in range(tickets):
        window, opens, closes = shifts[n % len(shifts)]
        called = opens + (closes - opens) * chance.random()
        joined, ended = called - timedelta(minutes=chance.expovariate(0.1)), called + timedelta(minutes=8)
        yield {
            "hall": hall.house.hall.id, "key": f"ticket-{n:06d}", "day": opens.date().isoformat(),
            "number": f"N{n:06d}", "service": services[window], "ticket_class": "walk_in",
            "state": "finished",
            "joined_at": instant(joined), "line_at": instant(joined), "tie": n << 20, "language": "zh_Hans",
            "origin": "kiosk", "window": window, "clerk": clerks[window], "outcome": "done",
            "called_at": instant(called), "started_at": instant(called), "finished_at": instant(ended),
            "calls": 1, "reinstated": 0, "held_seconds": 0.0, "seq": n + 1,
        }  # fmt: skip


def rated(visits: list[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    for visit in visits:
        if chance.random() < RATED:
            yield visit | {"level": chance.choices(LEVELS, WEIGHTS)[0]}


def enter(hall: Hall) -> None:
    """What people entered in the month."""
    windows = [window.id for window in hall.house.windows]

    def work(change: Any) -> dict[str, Any]:
        for n in range(ENTERED):
            window = windows[n % len(windows)]
            fact_rows(change.desk).add_fact(
                Fact(
                    f"entered-{n}", f"{MONTH}-{1 + n % 28:02d}", "item", "3.4", "yihuang-window", window,
                    f"clerk-{window}", note="整改中", origin="inspector", author="sun", at=change.at,
                )
            )  # fmt: skip
        return {}

    hall.change(ITSELF, work)


if __name__ == "__main__":
    main()
