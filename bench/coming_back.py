"""What a board that comes back costs the server, beside a socket of plain Flask-SocketIO on the same engine.

    python -m bench.coming_back                              500 boards of a hall with 8 windows
    python -m bench.coming_back --hall halls/longquanyi.toml      of one with 151

All boards come in one moment, each opens its socket, joins and gets its picture; then all leave. The servers
are asked in turn, a round each, so that what else the machine does meets both.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from bench.issuing import processor_ms
from bench.pushing import Screens, receivers
from bench.servers import HALL, Served, served

ROUNDS, SETTLE_SECONDS = 6, 0.3
"""The first round warms up; a moment until the server has done what a socket that leaves asks of it."""


async def come(server: Served, crowd: Screens, screens: int) -> tuple[float, float]:
    """Processor ms for each that comes, and for each that leaves."""
    before = processor_ms(server)
    await crowd.ask("screens", url=server.url, screens=screens)
    there = processor_ms(server)
    await crowd.ask("leave")
    await asyncio.sleep(SETTLE_SECONDS)
    return (there - before) / screens, (processor_ms(server) - there) / screens


async def measure(hall: Path, screens: int) -> None:
    async with AsyncExitStack() as stack:
        servers = {
            "the hall": await stack.enter_async_context(served("serve_plain", str(hall.resolve()))),
            "plain Flask-SocketIO": await stack.enter_async_context(served("serve_emit")),
        }
        crowd = await stack.enter_async_context(receivers("crowd"))
        rounds = [[await come(server, crowd, screens) for server in servers.values()] for _ in range(ROUNDS)]
    print(f"\n{screens} boards of {hall.name} at once, processor ms of the server, medians of {ROUNDS - 1}:")
    for at, name in enumerate(servers):
        came, left = (median(each[at][way] for each in rounds[1:]) for way in (0, 1))
        print(f"{name:22s} for each that comes {came:5.2f}   that leaves {left:5.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.coming_back", description=__doc__.splitlines()[0])
    parser.add_argument("--hall", type=Path, default=HALL, help="the hall's file")
    parser.add_argument("--screens", type=int, default=500, help="how many boards")
    given = parser.parse_args()
    asyncio.run(measure(given.hall, given.screens))


if __name__ == "__main__":
    main()
