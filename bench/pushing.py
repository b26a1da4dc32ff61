"""From commit and from press to the last screen, beside plain Flask-SocketIO and `websockets.broadcast`.

    python -m bench.pushing                            100, 500 and 1,000 screens, 40 calls each
    python -m bench.pushing --screens 2000 --calls 30

Every round is one call in the hall, then the same bytes by `emit` on the same engine, then by
`websockets.broadcast`: whatever else the machine does meets all three. The screens are bare sockets in a
process of their own (`bench.receivers`), the same for all three.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from websockets.asyncio.client import connect

from bench.day_door import Door, Person
from bench.day_hall import ROOT
from bench.day_tally import Tally
from bench.issuing import quantile
from bench.servers import Served, served

NEW_PASSWORD = "bench-password-1"
PAUSE = 0.05
"""Seconds between two pushes, so that one is over before the next."""

ANSWER_AT_MOST = 2**26
MESSAGE = re.compile(r'42\["events",\{"events":\[\{"seq":(\d+)')
WAYS = ("commit", "press", "emit", "broadcast")


class Screens:
    """The process in which the screens are."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, do: str, **wish: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": do} | wish).encode() + b"\n")
        line = await self._process.stdout.readline()
        if not line:
            raise ConnectionError("the screens have gone; see above")
        return json.loads(line)

    async def join(self, kind: str, server: Served, screens: int) -> None:
        await self.ask("join", name=kind, kind=kind, url=server.url, screens=screens)


@asynccontextmanager
async def receivers(module: str = "receivers") -> AsyncIterator[Screens]:
    """Starts the process and ends it."""
    command = [sys.executable, "-m", f"bench.{module}"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdin=pipe, stdout=pipe, limit=ANSWER_AT_MOST
    )
    try:
        yield Screens(process)
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()


async def clerk_of(hall: Served, door: Door) -> Person:
    """The administrator sits at window 1 and presses there."""
    person, password = door.person("admin"), hall.password()
    await person.press("/session", {"name": "admin", "password": password})
    await person.press("/session/password", {"old": password, "new": NEW_PASSWORD})
    await person.press("/windows/1/sit", {})
    return person


class Rounds:
    """The calls, and when each was sent by each of the three."""

    def __init__(self, clerk: Person, http: aiohttp.ClientSession, emit: str, speaker: Any) -> None:
        self._clerk, self._http, self._emit, self._speaker = clerk, http, emit, speaker
        self.pressed: dict[int, float] = {}
        self.emitted: list[float] = []
        self.broadcast: list[float] = []

    async def call(self) -> None:
        at = time.monotonic()
        answer = await self._clerk.press("/windows/1/call_next", {})
        self.pressed[answer["seq"]] = at
        await asyncio.sleep(PAUSE)
        await self._clerk.press("/windows/1/mark_no_show", {})
        await asyncio.sleep(PAUSE)

    async def say(self, message: str) -> None:
        """The same bytes, by the two floors."""
        async with self._http.post(f"{self._emit}/say", data=message) as answer:
            self.emitted.append(float(await answer.text()))
        await asyncio.sleep(PAUSE)
        await self._speaker.send(message)
        self.broadcast.append(float(await self._speaker.recv()))
        await asyncio.sleep(PAUSE)


async def play(hall: Served, emit: Served, bare: Served, screens: int, calls: int) -> dict[str, list[float]]:
    """Milliseconds to the last screen, by each way."""
    door = Door(hall.url, Tally())
    clerk = await clerk_of(hall, door)
    for _ in range(calls + 1):
        await clerk.press("/tickets", {"service": "s1"})
    speaking = connect(bare.url.replace("http", "ws"), compression=None)
    async with receivers() as there, aiohttp.ClientSession() as http, speaking as speaker:
        for kind, server in (("hall", hall), ("emit", emit), ("broadcast", bare)):
            await there.join(kind, server, screens)
        rounds = Rounds(clerk, http, emit.url, speaker)
        await rounds.call()
        message = first_call((await there.ask("said", name="hall", times=1))["heard"])
        for _ in range(calls):
            await rounds.call()
            await rounds.say(message)
        found = await arrivals(there, rounds, hall.commits())
    await door.close()
    return found | {"bytes": [float(len(message))]}


def first_call(heard: str) -> str:
    """The message that the first call sent, as it came over the wire."""
    text, _ = json.JSONDecoder().raw_decode(heard, heard.index('["events"'))
    return "42" + json.dumps(text, separators=(",", ":"))


async def arrivals(there: Screens, rounds: Rounds, commits: dict[int, float]) -> dict[str, list[float]]:
    """How long after its start each message had come everywhere."""
    floors = {"emit": rounds.emitted, "broadcast": rounds.broadcast}
    found = {}
    for kind, sent in floors.items():
        last = (await there.ask("said", name=kind, times=len(sent)))["last"]
        found[kind] = [1000 * (there_at - at) for there_at, at in zip(last, sent, strict=True)]
    told = await there.ask("said", name="hall", times=2 * len(rounds.pressed))
    last_of = {int(seq): at for seq, at in zip(MESSAGE.findall(told["heard"]), told["last"], strict=False)}
    calls = list(rounds.pressed.items())[1:]
    found["commit"] = [1000 * (last_of[seq] - commits[seq]) for seq, _ in calls]
    found["press"] = [1000 * (last_of[seq] - at) for seq, at in calls]
    return found


async def measure(screens: Sequence[int], calls: int) -> None:
    """For each number of screens, all servers side by side."""
    print(f"\nA call to the last screen, {calls} calls, ms")
    print(
        "screens  commit p50     p99   press p50     p99   emit p50     p99   broadcast p50     p99", end=""
    )
    print("   commit: emit p50  p99   commit: broadcast p50  p99")
    for number in screens:
        async with (
            served("serve_hall") as hall,
            served("serve_emit") as emit,
            served("serve_broadcast") as bare,
        ):
            show(number, await play(hall, emit, bare, number, calls))


def show(number: int, found: dict[str, list[float]]) -> None:
    """One row of the table."""
    half, most = ({way: quantile(found[way], q) for way in WAYS} for q in (0.5, 0.99))
    pairs = "".join(f"{half[way]:{12 if way != 'broadcast' else 16}.1f} {most[way]:7.1f}" for way in WAYS)
    ratios = [(q["commit"] / q["emit"], q["commit"] / q["broadcast"]) for q in (half, most)]
    print(
        f"{number:7d}{pairs}{ratios[0][0]:19.2f} {ratios[1][0]:4.2f}{ratios[0][1]:24.2f} {ratios[1][1]:4.2f}"
        f"   ({found['bytes'][0]:.0f} bytes)",
        flush=True,
    )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pushing", description=__doc__.split("\n")[0])
    parser.add_argument("--screens", default="100,500,1000", help="joined screens: 100,500")
    parser.add_argument("--calls", type=int, default=40, help="calls with each number of screens")
    return parser.parse_args()


if __name__ == "__main__":
    wish = options()
    asyncio.run(measure([int(each) for each in wish.screens.split(",")], wish.calls))
