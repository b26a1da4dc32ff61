"""A crowd at once: phones that open their page and join in one moment, while clerks press.

    python -m bench.phones                             1,000 phones of the district hall, 1,000 waiting
    python -m bench.phones --phones 500
    python -m bench.phones --again --screens 2000      boards that come back after the server was started anew

The hall is Longquanyi's with clerks at all its windows and the forecast, on a clock of real speed; the crowd
is a process of its own (`bench.crowd`) with bare sockets. One press follows another, first alone, then
meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time
from collections.abc import Awaitable

import psutil

from bench.day_door import Door, Person, Refused
from bench.day_tally import Tally
from bench.issuing import quantile
from bench.load_halls import OwnHalls, Target
from bench.load_plan import PROFILES
from bench.pushing import Screens, receivers

ALONE_SECONDS, PAUSE, AT_ONCE = 3.0, 0.01, 16
HEAD = "what", "n", "p50 ms", "p99 ms", "last ms"


async def take_numbers(target: Target, kiosk: Person, count: int) -> list[str]:
    """So many people take a number, some at a time; their links."""
    links: list[str] = []

    async def take() -> None:
        while len(links) < count:
            visitor = target.plan.next_visitor(86_400)
            if visitor is None:
                return
            answer = await kiosk.attempt("/tickets", target.plan.wish(visitor))
            if answer:
                links.append(answer["link"])

    await asyncio.gather(*(take() for _ in range(AT_ONCE)))
    return links[:count]


async def pressing(clerk: Person, windows: list[str], over: asyncio.Event) -> list[float]:
    """Call, serve, finish, at one window after the other; ms of each press that changed something."""
    took: list[float] = []
    for window in itertools.cycle(windows):
        for press in ("call_next", "serve", "finish"):
            if over.is_set():
                return took
            began = time.perf_counter()
            try:
                await clerk.press(f"/windows/{window}/{press}", {})
            except Refused:
                break  # nobody waits for this window
            took.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(PAUSE)
    return took


def told(what: str, took: list[float]) -> None:
    figures = (quantile(took, 0.5), quantile(took, 0.99), max(took, default=0.0)) if took else (0.0,) * 3
    print(f"| {what} | {len(took)} | " + " | ".join(f"{each:.1f}" for each in figures) + " |", flush=True)


async def alone(clerk: Person, target: Target) -> None:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(ALONE_SECONDS, over.set)
    told("press, alone", await pressing(clerk, target.windows, over))


async def beside(clerk: Person, target: Target, crowd: Awaitable[dict[str, list[float]]], n: int) -> None:
    """Presses while the crowd comes, and what both had of it."""
    over = asyncio.Event()
    presses = asyncio.create_task(pressing(clerk, target.windows, over))
    used = target.used()
    came = await crowd
    used = target.used() - used
    over.set()
    for what in ("page", "join"):
        if what in came:
            told(what, came[what])
    told("press, meanwhile", await presses)
    if came["lost"]:
        print(f"\n{came['lost']} screens were hung up on.")
    each = f"the server's processor {1000 * used / n:.2f} ms for each, presses and pushes included"
    print(f"\nAll {n} in after {came['seconds']:.2f} s; {each}.")
    print(f"Load of the machine: {psutil.getloadavg()[0]:.1f}\n")


async def measure(own: OwnHalls, options: argparse.Namespace) -> None:
    target = own.targets[0]
    door = Door(target.url, Tally())
    clerk = door.person("clerk")
    clerk.http.cookie_jar.update_cookies(target.cookies)
    links = await take_numbers(target, door.person("kiosk"), options.phones)
    async with receivers("crowd") as crowd:
        print(f"\n| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}", flush=True)
        await alone(clerk, target)
        if options.again:
            await come_back(own, clerk, crowd, options.screens)
        else:
            phones = crowd.ask("phones", url=target.url, links=links)
            await beside(clerk, target, phones, len(links))
    await door.close()


async def come_back(own: OwnHalls, clerk: Person, crowd: Screens, screens: int) -> None:
    """They are there, the server stops and starts, and all come back in one moment."""
    target = own.targets[0]
    await crowd.ask("screens", url=target.url, screens=screens)
    await crowd.ask("leave")
    await asyncio.to_thread(own.start_again)
    await beside(clerk, target, crowd.ask("screens", url=target.url, screens=screens), screens)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.phones", description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=1000, help="numbers, and phones that look at them")
    parser.add_argument("--again", action="store_true", help="boards that come back instead of phones")
    parser.add_argument("--screens", type=int, default=2000, help="how many boards")
    options = parser.parse_args()
    own = OwnHalls(PROFILES["district"], 1.0, 1)
    try:
        asyncio.run(measure(own, options))
        print(*own.logs(), sep="\n")
    finally:
        own.close()


if __name__ == "__main__":
    main()
