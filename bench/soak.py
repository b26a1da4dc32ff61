"""Days in a row on one server: whether it holds on to anything when everybody has left.

    python -m bench.soak                     seven days in the hall of config.toml, at 600 times real speed
    python -m bench.soak --days 2 --quick    two short days

Nights and days on which the hall is closed pass in one step of its clock. Ends with a line such as
days=7 memory=+1.2% files=+0 sockets=+0, and with 1 if memory grew by more than a tenth since the first
evening, anything stayed open, or a day had trouble.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.day import MONDAY, QUICK, first_opening, open_on, starts
from bench.day_clerks import OVERTIME
from bench.day_door import Door
from bench.day_hall import ROOT, Place, first_password, free_port, stop
from bench.day_people import sign_in
from bench.day_plan import usual_visitors
from bench.day_play import play
from bench.day_tally import Tally
from bench.soak_counts import HEAD, Evening, Held, held_by, last_line, left_open, nothing_left_over, row
from queueing.house import House
from settings import load_house

MOST_GROWTH = 10.0
PATIENT = 1.5
"""So many times what a day alone is given for coming in, on a machine that has other work; not more, for a
session ends 14 hours after the sign-in."""

NOTICES_WITHIN = 2.0
"""Real seconds in which the hall closes the day before and ends its sessions."""

QUIET_WITHIN, LOOKS_EVERY = 10.0, 0.25
"""Real seconds within which the server lets go of everybody who left, and between two looks."""


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    hall: Path
    days: int
    speed: float
    visitors: int | None
    quick: bool


@dataclass(frozen=True)
class Soaked:
    """The server under the soak: where it is, its process, its data."""

    place: Place
    process: subprocess.Popen[bytes]
    data: Path

    async def skip_to(self, morning: datetime) -> None:
        """The night is over; the hall has noticed when this returns."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{morning.isoformat()}\n".encode())
        self.process.stdin.flush()
        door = Door(self.place.url, Tally())
        try:
            async with asyncio.timeout(QUIET_WITHIN):
                while datetime.fromisoformat((await door.person("the night").get("/hall"))["now"]) < morning:
                    await asyncio.sleep(LOOKS_EVERY)
            await asyncio.sleep(NOTICES_WITHIN)
        finally:
            await door.close()


def options(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--hall", type=Path, default=Path("config.toml"), help="the hall's file")
    parser.add_argument("--days", type=int, default=7, help="how many days")
    parser.add_argument("--speed", type=float, default=600.0, help="hall seconds per real second")
    parser.add_argument("--visitors", type=int, help="how many come on a day")
    parser.add_argument("--quick", action="store_true", help="only the first half hour of each day")
    return Options(**vars(parser.parse_args(arguments)))


def open_days(house: House) -> Iterator[date]:
    """The days on which somebody works, from a Monday on."""
    day = MONDAY
    while True:
        if open_on(house, day):
            yield day
        day += timedelta(days=1)


def morning_of(house: House, day: date, speed: float) -> datetime:
    """When the clock of that day begins: early enough for everybody to come in before the opening."""
    before = (first_opening(house, MONDAY) - starts(house, speed)) * PATIENT
    night_is_over = datetime.combine(day, time(0, 5), ZoneInfo(house.hall.timezone))
    return max(first_opening(house, day) - before, night_is_over)


@asynccontextmanager
async def server(wish: Options, begins: datetime) -> AsyncIterator[Soaked]:
    """One server for all the days; its folder goes with it."""
    scratch = Path(tempfile.mkdtemp(prefix="hall-soak-"))
    log, port, data = scratch / "hall.log", free_port(), scratch / "data"
    command = [sys.executable, "-m", "bench.soak_server", "serve", "--hall", str(wish.hall.resolve())]
    command += ["--data", str(data), "--port", str(port)]
    command += ["--clock", f"{begins:%Y-%m-%dT%H:%M}", "--speed", f"{wish.speed:g}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        place = Place(url, await first_password(process, url, log), log)
        yield Soaked(place, process, data)
    finally:
        await asyncio.to_thread(stop, process)
        if process.stdin:
            process.stdin.close()
        shutil.rmtree(scratch, ignore_errors=True)


async def own_password(house: House, place: Place) -> Place:
    """The administrator chooses a password that holds all week."""
    door = Door(place.url, Tally())
    name = next(person.id for person in house.staff if person.role == "administrator")
    try:
        return Place(place.url, (await sign_in(door, name, place.password))[1], place.log)
    finally:
        await door.close()


async def one_day(house: House, soaked: Soaked, place: Place, day: date, seed: int, wish: Options) -> Evening:
    """Everybody comes, works or waits, and leaves; then the server is looked at."""
    said, tally, opens = io.StringIO(), Tally(), first_opening(house, day)
    with redirect_stdout(said):
        ends = (lambda now: max(opens, now) + QUICK) if wish.quick else (lambda now: last_leaves(house, day))
        good = await play(house, place, seed, wish.visitors or usual_on(house, day), ends, tally)
    held = await after_everybody_left(soaked)
    if not good:
        print(said.getvalue())
    return Evening(f"{day:%a %m-%d}", tally.counts["tickets"], tally.counts["ratings"], good, held)


def last_leaves(house: House, day: date) -> datetime:
    """After this nobody works and nobody waits."""
    return max(closes for stretches in open_on(house, day).values() for _, closes in stretches) + OVERTIME


def usual_on(house: House, day: date) -> int:
    """On a Saturday few windows are open, and fewer come."""
    return usual_visitors(house) * len(open_on(house, day)) // len(house.windows)


async def after_everybody_left(soaked: Soaked) -> Held:
    """What the server holds once that doesn't fall any more, at most so many real seconds later."""
    loop = asyncio.get_running_loop()
    until, least = loop.time() + QUIET_WITHIN, held_by(soaked.process.pid, soaked.data)
    quiet_since = loop.time()
    while loop.time() < until and loop.time() - quiet_since < QUIET_WITHIN / 5:
        await asyncio.sleep(LOOKS_EVERY)
        now = held_by(soaked.process.pid, soaked.data)
        if now.open < least.open:
            quiet_since = loop.time()
        least = now if now.open <= least.open else least
    return least


async def run(wish: Options) -> int:
    """All the days; the exit code."""
    house = load_house(wish.hall)
    days = [day for day, _ in zip(open_days(house), range(wish.days), strict=False)]
    async with server(wish, morning_of(house, days[0], wish.speed)) as soaked:
        place = await own_password(house, soaked.place)
        evenings: list[Evening] = []
        print(HEAD)
        for seed, day in enumerate(days, start=1):
            await soaked.skip_to(morning_of(house, day, wish.speed))
            evenings.append(await one_day(house, soaked, place, day, seed, wish))
            print(row(evenings[-1]), flush=True)
    for line in (left_open(evenings), last_line(evenings)):
        print(line, end="\n" if line else "")
    return 0 if nothing_left_over(evenings, MOST_GROWTH) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(run(options(sys.argv[1:]))))
