"""A month made up for measuring: tickets, ratings, seats and transfers, put straight into the database."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from queueing.clock import instant
from queueing.house import House, Service, Window
from queueing.plan import Plan
from scoring.levels import LEVELS
from storage.db import open_database
from storage.store import SqliteStore
from storage.tickets import COLUMNS, NAMES

Row = dict[str, Any]
OPENS, CLOSES = 8.5, 17.5
STATES = ("finished", "no_show", "abandoned")
LIKELY = (92, 4, 4)
UNSAID = dict.fromkeys(COLUMNS)
"""Of a visit all that nobody made up."""

TICKET = f"INSERT INTO tickets (hall, {NAMES}) VALUES (:hall, {', '.join(f':{name}' for name in COLUMNS)})"
EVENT = """INSERT INTO events VALUES (:hall, :seq, :at, :action, '', '', :ticket, :window, :before, :after,
    '{}', '', '', '')"""
NUMBERS = "INSERT INTO numbers (hall, day, prefix, last) VALUES (:hall, :day, 'N', :last)"
RATED = """INSERT INTO ratings (hall, ticket, "window", clerk, service, day, level, reasons, channel, at,
    finished_at, seq) VALUES (:hall, :key, :window, :clerk, :service, :day, :level, '[]', 'pad',
    :finished_at, :finished_at, :seq)"""


class MadeUp:
    """Visits by chance, the same ones for the same seed."""

    def __init__(self, house: House, seed: int = 1) -> None:
        self.house, self.chance = house, random.Random(seed)
        self.zone, self.plan, self.seq = ZoneInfo(house.hall.timezone), Plan(house), 0
        self.clerks = {w: member.id for member in house.staff for w in member.windows}
        self.services = {service.id: service for service in house.services}

    def visits(self, day: date, count: int) -> Iterator[Row]:
        """One day's tickets; their numbers are unique, and no more is said of them."""
        for n in range(count):
            yield self._visit(day, n, self.chance.choice(self.house.windows))

    def _visit(self, day: date, n: int, window: Window) -> Row:
        service = self.services[self.chance.choice(sorted(self.plan.reluctances[window.id]))]
        joined = self._moment(day, self.chance.uniform(OPENS, CLOSES))
        state = self.chance.choices(STATES, LIKELY)[0]
        self.seq += 1
        return {
            "hall": self.house.hall.id, "key": f"t{self.seq:09d}", "day": day.isoformat(),
            "number": f"N{n:05d}", "service": service.id,
            "ticket_class": "walk_in", "language": "zh_Hans", "origin": "device:kiosk",
            "joined_at": instant(joined), "line_at": instant(joined), "tie": n, "seq": self.seq, "calls": 1,
            "reinstated": 0, "postponed": 0, "held_seconds": 0.0, "held_at": None, "not_before": None,
            "direct_window": None, "confirmed": False, **self._course(state, service, window, joined),
        }  # fmt: skip

    def _course(self, state: str, service: Service, window: Window, joined: datetime) -> Row:
        called = joined + timedelta(minutes=self.chance.expovariate(1 / 9))
        started = called + timedelta(seconds=self.chance.uniform(10, 60))
        finished = started + timedelta(minutes=self.chance.gammavariate(4, service.minutes / 4))
        came, served = state != "abandoned", state == "finished"
        return {
            "state": state,
            "window": window.id if came else None,
            "clerk": self.clerks.get(window.id) if came else None,
            "called_at": instant(called) if came else None,
            "started_at": instant(started) if served else None,
            "finished_at": instant(finished) if served else None,
            "outcome": self.chance.choices(("done", "more_needed"), (9, 1))[0] if served else None,
        }

    def events(self, day: date, visits: list[Row]) -> Iterator[Row]:
        """Everybody sits down and leaves; one visit in a hundred is sent on."""
        for window in self.house.windows:
            for hour, action, state in ((OPENS - 0.1, "sit", "open"), (CLOSES + 2, "leave", "closed")):
                at = instant(self._moment(day, hour))
                yield self._event(at, action, None, window.id, {}, {"state": state})
        for visit in self.chance.sample(visits, len(visits) // 100):
            before, at, window = {"clerk": visit["clerk"]}, visit["joined_at"], visit["window"] or "1"
            yield self._event(at, "transfer", visit["key"], window, before, {})

    def _event(self, at: str, action: str, ticket: str | None, window: str, before: Row, after: Row) -> Row:
        self.seq += 1
        return {
            "hall": self.house.hall.id, "seq": self.seq, "at": at, "action": action, "ticket": ticket,
            "window": window, "before": json.dumps(before), "after": json.dumps(after),
        }  # fmt: skip

    def rated(self, visits: list[Row]) -> list[Row]:
        served = [visit for visit in visits if visit["state"] == "finished"]
        chosen = self.chance.sample(served, len(served) // 3)
        return [visit | {"level": self.chance.choices(LEVELS, (70, 20, 6, 3, 1))[0]} for visit in chosen]

    def _moment(self, day: date, hour: float) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC) + timedelta(hours=hour)


def fill(folder: Path, house: House, days: list[date], a_day: int, seed: int = 1) -> None:
    """The folder's database with so many visits on each of the days."""
    SqliteStore(folder, house.hall.id).close()
    made, conn = MadeUp(house, seed), open_database(folder / "hall.db").conn
    made.seq = conn.execute("SELECT seq FROM halls").fetchone()[0]
    conn.execute("BEGIN")
    for day in days:
        visits = list(made.visits(day, a_day))
        conn.executemany(TICKET, [UNSAID | visit for visit in visits])
        conn.execute(NUMBERS, {"hall": house.hall.id, "day": day.isoformat(), "last": len(visits)})
        conn.executemany(EVENT, made.events(day, visits))
        conn.executemany(RATED, made.rated(visits))
    conn.execute("UPDATE halls SET seq = ?", (made.seq,))
    conn.execute("COMMIT")
    conn.close()


def weekdays(first: date, last: date) -> list[date]:
    """Mondays to Saturdays from one day to another."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.isoweekday() < 7]
