"""A hall with ten years behind it beside halls that opened today: presses and looks in turn, medians.

    python -m bench.history --tickets 10000000              makes the years first: 20 minutes, 26 GB
    python -m bench.history --data FOLDER                   years made before; the folder stays
    python -m bench.history --tickets 200000 --rounds 100   a quick look

Three servers run at once and are asked one after the other, each round in another order: two empty ones,
whose ratio is what chance does here, and the one with the years. Backups and the forecast are off in all.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from statistics import median

import aiohttp
from websockets.asyncio.client import connect

from bench.day_hall import PASSWORD, ROOT, HallDidNotStart, free_port, is_up, stop
from bench.filling import fill, room_for
from queueing.house import House
from settings import load_house

LAST_DAY, NINE = date(2026, 10, 9), time_of_day(9)
A_DAY, WAITING, WARM = 3_200, 40, 20
QUIET = """
[waits]
forecast = false
[doors]
presses = 100000
looks = 100000
of_ticket = 100000
of_strangers = 100000
sockets = 1000
"""
NEW, STARTS_WITHIN = "correct horse battery", 120.0
Timed = Callable[["Asked"], Awaitable[float]]


class Asked:
    """One server, its administrator and a kiosk; `took` holds the milliseconds of each kind."""

    def __init__(self, http: aiohttp.ClientSession, url: str, house: House) -> None:
        self._http, self._url, self._house = http, url, house
        self.window = house.windows[1].id
        self.service = next(s.id for s in house.services if s.department == house.windows[1].departments[0])
        self.token = ""
        self.took: dict[str, list[float]] = {}

    async def post(self, path: str, **body: object) -> dict[str, object]:
        key = {"Idempotency-Key": uuid.uuid4().hex}
        async with self._http.post(f"{self._url}/api/v1{path}", json=body, headers=key) as answer:
            told: dict[str, object] = await answer.json()
            if answer.status >= 400:
                raise RuntimeError(f"{path}: {told}")
            return told

    async def begin(self, password: str) -> None:
        """Somebody sits there, some people wait."""
        boss = next(each.id for each in self._house.staff if each.role == "administrator")
        await self.post("/session", name=boss, password=password)
        await self.post("/session/password", old=password, new=NEW)
        await self.post(f"/windows/{self.window}/sit")
        for _ in range(WAITING):
            await self.issue()
        await self.post(f"/windows/{self.window}/call_next")

    async def issue(self) -> None:
        told = await self.post("/tickets", service=self.service)
        self.token = str(told["url"]).rsplit("/", 1)[-1]

    async def next(self) -> None:
        await self.post(f"/windows/{self.window}/finish_and_next")

    async def page(self) -> None:
        async with self._http.get(f"{self._url}/t/{self.token}") as answer:
            answer.raise_for_status()
            await answer.read()

    async def board(self) -> None:
        await joined(self._url, {"screen": "board"})

    async def phone(self) -> None:
        await joined(self._url, {"screen": "phone", "token": self.token})

    async def time(self, kind: str) -> None:
        if kind == "next":
            await self.post(f"/windows/{self.window}/serve")
        began = time.perf_counter()
        await getattr(self, kind)()
        self.took.setdefault(kind, []).append(1000 * (time.perf_counter() - began))


KINDS = {
    "issue": "issue (POST)", "next": "finish and next (POST)", "board": "board: connect, join, snapshot",
    "page": "phone: page (GET)", "phone": "phone: connect, join, snapshot",
}  # fmt: skip


async def joined(url: str, wish: dict[str, str]) -> None:
    """A screen comes, gets its picture and goes. Raises RuntimeError when it isn't let in."""
    address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with connect(address, compression=None, max_size=None) as socket:
        async for message in socket:
            text = str(message)
            if text.startswith("0"):
                await socket.send("40")
            elif text.startswith("40"):
                await socket.send(f'420["join",{json.dumps(wish)}]')
            elif text.startswith("430"):
                if not json.loads(text[3:])[0]["ok"]:
                    raise RuntimeError(text)
                return


def next_morning(years: Path) -> datetime:
    """Nine o'clock on the working day after the last one there: no tickets of an earlier run wait."""
    with closing(sqlite3.connect(years / "hall.db")) as conn:
        last = datetime.fromisoformat(conn.execute("SELECT last_at FROM halls").fetchone()[0])
    day = last.date() + timedelta(days=1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return datetime.combine(day, NINE)


def new_password(hall: Path, data: Path) -> str:
    """For the administrator of a hall that has had one."""
    command = [sys.executable, "app.py", "one-time-password", "--hall", str(hall), "--data", str(data)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = PASSWORD.search(said)
    if not found:
        raise HallDidNotStart(said)
    return found.group(1)


@asynccontextmanager
async def opened(hall: Path, house: House, data: Path, log: Path, morning: datetime) -> AsyncIterator[Asked]:
    """A server on that folder, with the time until it answers."""
    port = free_port()
    words = ["serve", "--hall", str(hall), "--data", str(data), "--port", str(port)]
    command = [sys.executable, "-m", "bench.serve_years", *words, "--clock", f"{morning:%Y-%m-%dT%H:%M}"]
    password = new_password(hall, data) if (data / "hall.db").exists() else ""
    began = time.perf_counter()
    with log.open("wb") as out:
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        password = await first_password(process, url, log, password)
        print(f"{data.name}: open after {time.perf_counter() - began:.1f} s", flush=True)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            asked = Asked(http, url, house)
            await asked.begin(password)
            yield asked
    finally:
        await asyncio.to_thread(stop, process)


async def measure(hall: Path, house: House, scratch: Path, years: Path, rounds: int) -> None:
    morning = next_morning(years)
    async with AsyncExitStack() as stack:
        folders = [scratch / "empty", scratch / "empty-too", years]
        halls = [
            await stack.enter_async_context(
                opened(hall, house, folder, scratch / f"log-{folder.name}", morning)
            )
            for folder in folders
        ]
        for n in range(rounds + WARM):
            for kind in KINDS:
                for step in range(len(halls)):
                    await halls[(n + step) % len(halls)].time(kind)
            if n + 1 == WARM:
                for each in halls:
                    each.took.clear()
    told(halls[0].took, halls[1].took, halls[2].took)


async def first_password(process: subprocess.Popen[bytes], url: str, log: Path, known: str) -> str:
    """The administrator's, once the hall answers."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(STARTS_WITHIN):
        while process.poll() is None:
            found = PASSWORD.search(log.read_text("utf-8"))
            if (known or found) and await is_up(http, url):
                return known or (found.group(1) if found else "")
            await asyncio.sleep(0.05)
    raise HallDidNotStart(log.read_text("utf-8")[-2000:])


def told(empty: dict[str, list[float]], again: dict[str, list[float]], years: dict[str, list[float]]) -> None:
    print(f"\n| {len(empty['issue'])} rounds, medians | empty | empty too | years | chance | years : empty |")
    print("|---|---|---|---|---|---|")
    for kind, words in KINDS.items():
        a, b, c = median(empty[kind]), median(again[kind]), median(years[kind])
        both = median(empty[kind] + again[kind])
        print(f"| {words} | {a:.2f} ms | {b:.2f} ms | {c:.2f} ms | {b / a:.3f} | {c / both:.3f} |")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.history", description=__doc__.splitlines()[0])
    parser.add_argument("--tickets", type=int, default=200_000)
    parser.add_argument("--data", type=Path, help="years made before, or where to make them and leave them")
    parser.add_argument("--rounds", type=int, default=150)
    parser.add_argument("--hall", type=Path, default=Path("config.toml"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hall-years-") as folder:
        scratch = Path(folder)
        hall, years = scratch / "hall.toml", options.data or scratch / "years"
        hall.write_text(options.hall.read_text("utf-8") + QUIET, "utf-8")
        house = load_house(hall)
        if not (years / "hall.db").exists():
            room_for(scratch, options.tickets)
            fill(years, house, options.tickets, A_DAY, LAST_DAY)
        asyncio.run(measure(hall, house, scratch, years, options.rounds))


if __name__ == "__main__":
    main()
