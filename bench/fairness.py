"""How long a month's fairness figures take: a made-up log of a very large hall, played under its turn rule.

python -m bench.fairness [--tickets 120000] [--hall halls/longquanyi.toml]
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from queueing.clock import HandClock, instant
from queueing.hall import ITSELF, Hall
from queueing.plan import Plan
from queueing.turns import claim
from scoring.fairness import day_turns, days_of, waits_of
from scoring.periods import period
from scoring.reports import Reports
from settings import load_house
from storage.store import SqliteStore

ROOT = Path(__file__).resolve().parent.parent
MONTH = "2026-10"
OPENS, HOURS, BUSY = 0.5, 8.0, 0.95
"""UTC hour of opening, how long, and the share of the windows' time that is worked."""

EVENT = """INSERT INTO events (hall, seq, at, action, press, actor, ticket, "window", before, after, shown,
    prev_hash, hash) VALUES (?, ?, ?, ?, '', '', ?, ?, ?, ?, ?, '', '')"""


TICKET = """INSERT INTO tickets (hall, key, day, number, service, ticket_class, state, joined_at, line_at,
    tie, language, origin, "window", called_at, started_at, finished_at, outcome, calls, reinstated,
    held_seconds, seq)
    VALUES (?, ?, ?, ?, ?, ?, 'finished', ?, ?, ?, '', '', ?, ?, ?, ?, 'done', 1, 0, 0, ?)"""


@dataclass
class Visit:
    """One ticket of a day; minutes from opening."""

    key: str
    number: str
    service: str
    ticket_class: str
    joined: float


class MadeDay:
    """Arrivals by chance; each free window takes the head with the largest claim."""

    def __init__(self, plan: Plan, day: date, tickets: int, chance: random.Random) -> None:
        self.plan, self.day, self.chance = plan, day, chance
        self.lines: dict[tuple[str, str], deque[Visit]] = {}
        self.minutes = BUSY * len(plan.house.windows) * HOURS * 60 / tickets
        self.visits = sorted((self.visit(n) for n in range(tickets)), key=lambda each: each.joined)

    def visit(self, n: int) -> Visit:
        window = self.chance.choice(self.plan.house.windows)
        service = self.chance.choice(sorted(self.plan.reluctances[window.id]))
        name = "priority" if self.chance.random() < 0.12 else "walk_in"
        joined = self.chance.uniform(0, HOURS * 60 - 30)
        return Visit(f"{self.day}-{n}", f"N{n:05d}", service, name, joined)

    def events(self) -> Iterator[tuple[float, str, Visit, str | None]]:
        """When, what, whose, where; in order."""
        free = {window.id for window in self.plan.house.windows}
        coming: list[tuple[float, int, Any]] = [(v.joined, n, v) for n, v in enumerate(self.visits)]
        heapq.heapify(coming)
        while coming:
            at, n, what = heapq.heappop(coming)
            if isinstance(what, Visit):
                self.lines.setdefault((what.service, what.ticket_class), deque()).append(what)
                yield at, "issue", what, None
                windows = [w for w in self.plan.windows_of[what.service] if w in free]
            else:
                free.add(what)
                windows = [what]
            for window in windows[:1]:
                visit = self.next(window, at)
                if visit is None:
                    continue
                free.discard(window)
                yield at, "call", visit, window
                ended = at + self.chance.expovariate(1 / self.minutes)
                heapq.heappush(coming, (ended, len(self.visits) + n, window))

    def next(self, window: str, at: float) -> Visit | None:
        best: tuple[float, deque[Visit]] | None = None
        for service, reluctance in self.plan.reluctances[window].items():
            for name, rule in self.plan.classes.items():
                line = self.lines.get((service, name))
                if line:
                    value = claim(rule, at - line[0].joined, reluctance) or 0.0
                    if best is None or value > best[0]:
                        best = (value, line)
        return best[1].popleft() if best else None


def write_day(conn: Any, hall: str, made: MadeDay, seq: int) -> int:
    start = datetime(made.day.year, made.day.month, made.day.day, tzinfo=UTC) + timedelta(hours=OPENS)
    rows, called = [], []
    for at, action, visit, window in made.events():
        seq += 1
        joined = instant(start + timedelta(minutes=visit.joined))
        shown = {
            "number": visit.number, "service": visit.service, "ticket_class": visit.ticket_class,
            "state": "waiting" if action == "issue" else "called", "joined_at": joined, "line_at": joined,
            "tie": seq << 20, "direct_window": None, "not_before": None, "ticket": visit.key,
            "window": window, "called_at": None, "calls": 0, "clerk": None, "outcome": None,
        }  # fmt: skip
        before = {} if action == "issue" else {"state": "waiting"}
        when = instant(start + timedelta(minutes=at))
        rows.append((hall, seq, when, action, visit.key, window, *map(json.dumps, (before, {}, shown))))
        if action == "call":
            called.append(ticket_row(hall, made.day, visit, joined, when, window, seq))
    conn.executemany(EVENT, rows)
    conn.executemany(TICKET, called)
    return seq


def ticket_row(
    hall: str, day: date, visit: Visit, joined: str, called: str, window: str | None, seq: int
) -> tuple[Any, ...]:
    name = (visit.service, visit.ticket_class)
    return (hall, visit.key, str(day), visit.number, *name, joined, joined, seq << 20, window, called, called,
            called, seq)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fairness", description=__doc__)
    parser.add_argument("--tickets", type=int, default=120_000)
    parser.add_argument("--hall", type=Path, default=ROOT / "halls" / "longquanyi.toml")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    house = load_house(options.hall)
    store = SqliteStore(folder, house.hall.id)
    hall = Hall(house, store, HandClock(datetime(2026, 11, 1, tzinfo=UTC)))
    days = [day for day in days_of(period(MONTH), "2026-10-31") if date.fromisoformat(day).weekday() < 5]
    fill(store, hall, days, options.tickets // len(days))
    began, worked, overtakings = time.perf_counter(), time.process_time(), 0
    for day in days:
        overtakings += store.look(lambda desk, day=day: day_turns(hall, desk, day)).overtakings
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    stretch, began = Reports(hall).stretch(period(MONTH)), time.perf_counter()
    store.look(lambda desk: waits_of(hall, desk, stretch))
    waits = time.perf_counter() - began
    print(f"{options.tickets} tickets on {len(days)} days, {overtakings} overtakings")
    print(f"all days anew: {wall:.1f} s, of them {cpu:.1f} s of one core ({cpu / len(days):.2f} s a day)")
    print(f"waits by service and class: {waits:.2f} s")
    store.close()


def fill(store: SqliteStore, hall: Hall, days: list[str], tickets: int) -> None:
    chance = random.Random(30)

    def work(desk: Any) -> dict[str, Any]:
        seq = 0
        for day in days:
            made = MadeDay(hall.plan, date.fromisoformat(day), tickets, chance)
            seq = write_day(desk.db._conn, desk.hall, made, seq)
        desk.db.run("UPDATE halls SET seq = :seq WHERE hall = :hall", seq=seq, hall=desk.hall)
        return {}

    store.change(work, ITSELF)


if __name__ == "__main__":
    main()
