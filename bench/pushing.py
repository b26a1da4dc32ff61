"""From commit and from press to the last screen, beside `websockets.broadcast` of the same bytes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.client import connect

from bench.day_door import Door, Person
from bench.day_tally import Tally
from bench.issuing import quantile
from bench.screens import BareScreen, BoardScreen
from bench.servers import Served, served

NEW_PASSWORD = "bench-password-1"
PAUSE = 0.05
"""Seconds between two calls, so that one push is over before the next."""
JOIN_AT_ONCE = 50


async def in_batches(makers: Sequence[Any]) -> list[Any]:
    """Opens screens some at a time, as they come back after a power cut."""
    made: list[Any] = []
    for start in range(0, len(makers), JOIN_AT_ONCE):
        made += await asyncio.gather(*(make() for make in makers[start : start + JOIN_AT_ONCE]))
    return made


async def clerk_of(hall: Served, door: Door) -> Person:
    """The administrator sits at window 1 and presses there."""
    person, password = door.person("admin"), hall.password()
    await person.press("/session", {"name": "admin", "password": password})
    await person.press("/session/password", {"old": password, "new": NEW_PASSWORD})
    await person.press("/windows/1/sit", {})
    return person


async def hall_latencies(screens: int, calls: int) -> tuple[list[float], list[float], str]:
    """Commit to last screen and press to last screen, in ms, and the bytes that one call sends."""
    async with served("serve_hall") as hall:
        door = Door(hall.url, Tally())
        clerk = await clerk_of(hall, door)
        for _ in range(calls):
            await clerk.press("/tickets", {"service": "s1"})
        boards = await in_batches([lambda: BoardScreen.join(hall.url)] * screens)
        pressed = await call_all(clerk, calls)
        await everywhere(boards, max(pressed))
        commits = hall.commits()
        last = {seq: max(board.arrived[seq] for board in boards) for seq in pressed}
        sent = boards[0].bytes_of_call
        await asyncio.gather(*(board.close() for board in boards))
        await door.close()
    by_commit = [1000 * (last[seq] - commits[seq]) for seq in pressed]
    return by_commit, [1000 * (last[seq] - at) for seq, at in pressed.items()], sent


async def call_all(clerk: Person, calls: int) -> dict[int, float]:
    """Calls and dismisses one ticket after the other: when each call was pressed, by its seq."""
    pressed: dict[int, float] = {}
    for _ in range(calls):
        at = time.monotonic()
        answer = await clerk.press("/windows/1/call_next", {})
        pressed[answer["seq"]] = at
        await asyncio.sleep(PAUSE)
        await clerk.press("/windows/1/mark_no_show", {})
        await asyncio.sleep(PAUSE)
    return pressed


async def everywhere(boards: Sequence[BoardScreen], seq: int) -> None:
    """Waits until every screen has heard that event."""
    async with asyncio.timeout(30):
        while not all(seq in board.arrived for board in boards):
            await asyncio.sleep(0.01)


async def floor_latencies(screens: int, calls: int, message: str) -> list[float]:
    """The same bytes by `websockets.broadcast`: from before it to the last client, in ms."""
    async with served("serve_broadcast") as floor:
        bare = await in_batches([lambda: BareScreen.join(floor.url)] * screens)
        sent: list[float] = []
        async with connect(floor.url.replace("http", "ws"), compression=None) as speaker:
            for _ in range(calls):
                await speaker.send(message)
                sent.append(float(await speaker.recv()))
                await asyncio.sleep(PAUSE)
        async with asyncio.timeout(30):
            while not all(len(screen.arrived) == calls for screen in bare):
                await asyncio.sleep(0.01)
        took = [1000 * (max(s.arrived[i] for s in bare) - at) for i, at in enumerate(sent)]
        await asyncio.gather(*(screen.close() for screen in bare))
    return took


async def measure(screens: Sequence[int], calls: int) -> None:
    """For each number of screens: the hall, then the floor."""
    print(f"\nA call to the last screen, {calls} calls, ms")
    print("screens  commit p50     p99   press p50     p99   broadcast p50     p99   commit : broadcast")
    for number in screens:
        commit, press, message = await hall_latencies(number, calls)
        bare = await floor_latencies(number, calls, message)
        figures = [quantile(each, q) for each in (commit, press, bare) for q in (0.5, 0.99)]
        print(
            f"{number:7d} {figures[0]:11.1f} {figures[1]:7.1f} {figures[2]:11.1f} {figures[3]:7.1f}"
            f" {figures[4]:15.1f} {figures[5]:7.1f} {figures[0] / figures[4]:14.1f}   ({len(message)} bytes)",
            flush=True,
        )
