"""How long *next* takes while the forecast process prices a large hall again and again.

    python -m bench.next_beside [--hall halls/longquanyi.toml] [--waiting 1000] [--presses 240]

A hall of 151 windows, all staffed and busy, with 1,000 people waiting and five made-up days to learn from.
One clerk after the other finishes and calls the next; as many people as are called come in. Once with the
forecast and once without it; the processor time for a pricing of everybody is told beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles

import aiohttp

from bench.day_hall import first_password, free_port, start, stop
from bench.made_month import fill
from queueing import issuing
from queueing.change import Change
from queueing.clock import HandClock
from queueing.errors import HallError
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Json, Press
from settings import load_house
from storage.store import SqliteStore

MORNING = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
"""A Monday, 9:30 on the hall's wall."""

LEARNED_FROM = [date(2026, 9, day) for day in (21, 22, 23, 24, 28)]
A_DAY, A_SECOND, TOGETHER = 6000, 8.0, 10
NEW = "correct horse battery"
KEYS = count(1)
QUIET_SECONDS = 3


def prepared(folder: Path, house: House, waiting: int) -> None:
    """Days to learn from, a clerk at every window, one person served at each, and the others waiting."""
    fill(folder, house, LEARNED_FROM, A_DAY)
    clock = HandClock(MORNING - timedelta(minutes=50))
    store = SqliteStore(folder, house.hall.id)
    hall, chance = Hall(house, store, clock), random.Random(1)
    seated = [window.id for window in house.windows if sat_down(hall, window.id)]
    people = waiting + len(seated)
    for _ in range(people // TOGETHER + 1):
        clock.turn(seconds=50 * 60 * TOGETHER / people)
        hall.change(Press(actor="device:kiosk"), lambda change: issue(hall, change, chance))
    for window in seated:
        press(hall.call_next, window=window)
        press(hall.serve, window=window)
    store.close()


def press(verb, **wish):  # type: ignore[no-untyped-def]
    """A press of the hall's own hand; nobody for that window is no fault."""
    try:
        return verb(by=Press(actor="staff:boss", role="administrator"), **wish)
    except HallError:
        return None


def sat_down(hall: Hall, window: str) -> bool:
    clerk = f"clerk-{window}"
    by = Press(actor=f"staff:{clerk}", role="clerk", clerk=clerk)
    return bool(hall.sit(window=window, by=by))


def issue(hall: Hall, change: Change, chance: random.Random) -> Json:
    """Some people at once, one in eight of them with priority."""
    for _ in range(TOGETHER):
        service = chance.choice(hall.house.services).id
        ticket_class = "priority" if chance.random() < 1 / 8 else "walk_in"
        issuing.issue(change, hall.counter, service, ticket_class, "zh_Hans", "", None)
    return {}


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hall-next-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Presser:
    """The administrator, who may press at every window, and a kiosk."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, f"{url}/api/v1"

    async def post(self, path: str, body: dict[str, object]) -> tuple[int, float, dict[str, object]]:
        key = {"Idempotency-Key": f"bench-{next(KEYS)}"}
        began = time.perf_counter()
        async with self._http.post(self._url + path, json=body, headers=key) as response:
            answer = await response.json()
            return response.status, time.perf_counter() - began, answer

    async def forecast(self) -> dict[str, object]:
        async with self._http.get(f"{self._url}/forecast") as response:
            return dict(await response.json())

    async def sign_in(self, name: str, password: str) -> None:
        await self.post("/session", {"name": name, "password": password})
        await self.post("/session/password", {"old": password, "new": NEW})


async def measured(file: Path, data: Path, house: House, presses: int, forecast: bool) -> list[float]:
    """Seconds that *next* took, one press after another, a few a second."""
    port, log = free_port(), data.parent / "log"
    wall = MORNING.astimezone(UTC) + timedelta(hours=8)
    process = start(file, wall.replace(tzinfo=None), 1.0, data, port, log)
    try:
        url = f"http://127.0.0.1:{port}"
        password = await first_password(process, url, log)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            presser = Presser(http, url)
            await presser.sign_in(administrator(house), password)
            await until_quiet(process.pid)
            if forecast:
                await until_fresh(presser)
            took = await pressed(presser, house, presses)
            told = await presser.forecast()
            print(f"  forecast {told['state']}, {told['seconds']} s of processor time to price everybody")
            print(f"  server {memory(process.pid):.0f} MB" + "".join(helpers(process.pid)))
            return took
    finally:
        await asyncio.to_thread(stop, process)


def administrator(house: House) -> str:
    return next(each.id for each in house.staff if each.role == "administrator")


async def until_quiet(process: int) -> None:
    """Until the server has done what it does once after a start: it needs less than a fifth of a core."""
    async with asyncio.timeout(180):
        used, calm = processor_seconds(process), 0
        while calm < QUIET_SECONDS:
            await asyncio.sleep(1.0)
            before, used = used, processor_seconds(process)
            calm = calm + 1 if used - before < 0.2 else 0


def processor_seconds(process: int) -> float:
    """What all threads of a process have used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def until_fresh(presser: Presser) -> None:
    async with asyncio.timeout(180):
        while not (await presser.forecast())["fresh"]:
            await asyncio.sleep(0.5)


async def pressed(presser: Presser, house: House, presses: int) -> list[float]:
    took, chance = [], random.Random(2)
    windows = [window.id for window in house.windows]
    for n in range(presses):
        window, began = windows[n % len(windows)], time.perf_counter()
        await presser.post(f"/windows/{window}/serve", {})
        status, seconds, _ = await presser.post(f"/windows/{window}/finish_and_next", {})
        if status == 200:
            took.append(seconds)
        await presser.post("/tickets", {"service": chance.choice(house.services).id})
        await asyncio.sleep(max(0.0, 1 / A_SECOND - (time.perf_counter() - began)))
    return took


def memory(process: int) -> float:
    """Resident megabytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def helpers(process: int) -> Iterator[str]:
    """The forecast process of this server, and its memory."""
    for each in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        if b"forecast.worker" in Path(f"/proc/{each}/cmdline").read_bytes():
            yield f", forecast process {memory(int(each)):.0f} MB"


def told(name: str, took: list[float]) -> str:
    cuts = quantiles(took, n=100)
    return f"{name}: next p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms, n = {len(took)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hall", type=Path, default=Path("halls/longquanyi.toml"))
    parser.add_argument("--waiting", type=int, default=1000)
    parser.add_argument("--presses", type=int, default=240)
    options = parser.parse_args()
    text = options.hall.read_text("utf-8")
    for forecast in (True, False):
        with scratch() as folder:
            file = options.hall if forecast else folder / "hall.toml"
            if not forecast:
                file.write_text(text + "\n[waits]\nforecast = false\n", "utf-8")
            house = load_house(options.hall)
            prepared(folder / "data", house, options.waiting)
            took = asyncio.run(measured(file, folder / "data", house, options.presses, forecast))
            print(told("with the forecast" if forecast else "without it", took))


if __name__ == "__main__":
    main()
