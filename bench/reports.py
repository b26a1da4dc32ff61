"""How long a month's report takes, and how long the hall is held up by it: `python -m bench.reports`.

--hall halls/longquanyi.toml --visits 120000 --months 1     --months 12: a year, some minutes to make up
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bench.day_hall import first_password, free_port, start, stop
from bench.made_month import fill, weekdays
from queueing.clock import HandClock, instant
from queueing.hall import Hall
from scoring.periods import period
from scoring.reports import Reports
from settings import load_house
from storage.store import SqliteStore

LAST = date(2026, 12, 31)
AFTER = datetime(2027, 1, 4, 9, 0)
PAUSE = 0.02
OWN_PASSWORD = "correct horse battery"
PAPERS = ("workbook", "paper", "figures", "visits")
QUIET = "\n[reports]\nwrite = []\n"


def made_up(folder: Path, hall: Path, visits: int, months: int) -> None:
    """The last months of the year, so many visits in each."""
    first = LAST.replace(month=13 - months, day=1)
    for month in range(first.month, 13):
        begins = LAST.replace(month=month, day=1)
        ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        days = weekdays(begins, ends)
        fill(folder, load_house(hall), days, visits // len(days), seed=month)


def compute(folder: Path, hall: Path, name: str) -> None:
    """The figures alone, without a server; processor time, as others may share the machine."""
    house = load_house(hall)
    store = SqliteStore(folder, house.hall.id)
    reports = Reports(Hall(house, store, HandClock(AFTER.astimezone())))
    for _ in range(3):
        began, cpu = time.perf_counter(), time.process_time()
        made = store.look(lambda desk: reports.report(desk, period(name), instant(AFTER.astimezone())))
        print(f"figures of {made.total.values['received']:,} visits", end=": ")
        print(f"{time.process_time() - cpu:.2f} s of processor time, {time.perf_counter() - began:.2f} s")
    store.close()


async def sign_in(http: aiohttp.ClientSession, name: str, password: str) -> None:
    for path, body in (
        ("session", {"name": name, "password": password}),
        ("session/password", {"old": password, "new": OWN_PASSWORD}),
    ):
        key = {"Idempotency-Key": uuid.uuid4().hex}
        async with http.post(f"/api/v1/{path}", json=body, headers=key) as answer:
            answer.raise_for_status()


async def timed(http: aiohttp.ClientSession, path: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    async with http.get(path) as answer:
        answer.raise_for_status()
        whole = await answer.read()
    return time.perf_counter() - began, whole


async def watch(url: str, took: list[float], over: asyncio.Event) -> None:
    """Asks the hall again and again whether it is there."""
    async with aiohttp.ClientSession(url) as http:
        while not over.is_set():
            took.append((await timed(http, "/healthz"))[0])
            await asyncio.sleep(PAUSE)


async def measure(url: str, name: str, password: str, asked: str) -> None:
    over = asyncio.Event()
    async with aiohttp.ClientSession(
        url, cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=aiohttp.ClientTimeout(600)
    ) as http:
        await sign_in(http, name, password)
        for path in ("/api/v1/reports", *(f"/office/reports/{paper}" for paper in PAPERS)):
            held: list[float] = []
            watching = asyncio.create_task(watch(url, held, over))
            seconds, whole = await timed(http, f"{path}?period={asked}")
            over.set()
            await watching
            over.clear()
            print(f"{path:26} {seconds:7.2f} s {len(whole):>12,} bytes", end="")
            print(f"   longest answer meanwhile {max(held):.3f} s")


def administrator(hall: Path) -> str:
    """The first one that the hall's file names."""
    return next(person.id for person in load_house(hall).staff if person.role == "administrator")


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--hall", type=Path, default=Path("halls/longquanyi.toml"))
    parser.add_argument("--visits", type=int, default=120_000, help="in each month")
    parser.add_argument("--months", type=int, default=1)
    options: Any = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hall-reports-") as scratch:
        folder, port, hall = Path(scratch) / "data", free_port(), Path(scratch) / "hall.toml"
        hall.write_text(options.hall.read_text("utf-8") + QUIET, "utf-8")
        made_up(folder, options.hall, options.visits, options.months)
        name = "2026-12" if options.months == 1 else "2026"
        compute(folder, options.hall, name)
        process = start(hall, AFTER, 1.0, folder, port, Path(scratch) / "log")
        try:
            url = f"http://127.0.0.1:{port}"
            password = await first_password(process, url, Path(scratch) / "log")
            await measure(url, administrator(options.hall), password, name)
        finally:
            stop(process)


if __name__ == "__main__":
    asyncio.run(main())
