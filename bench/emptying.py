"""What numbers wait while the log of changes goes into the main file, on a disk that jumps for each page.

python -m bench.emptying                       beside the changes, and within a commit as SQLite does it
python -m bench.emptying --jump-ms 2           a slower disk

Both halls are asked at the same time, at the same pace, so that whatever else the machine does meets both.
The log goes into the file every 4,000 pages; a number writes about 13, fewer in company.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack

from bench.issuing import quantile
from bench.pinging import pings, tickets
from bench.servers import Served, served
from bench.slow_syncs import slow_syncs

HALLS = {"beside the changes": "serve_plain", "within a commit": "serve_within"}


async def asked(server: Served, per_second: float, seconds: float) -> tuple[list[float], list[float]]:
    """How long numbers and pings took, in ms."""
    taken, pinged = await asyncio.gather(tickets(server, per_second, seconds), pings(server, seconds))
    return taken, pinged


async def measure(per_second: float, sync_ms: float, jump_ms: float, seconds: float) -> None:
    print(
        f"\n{per_second:g} numbers a second, {seconds:g} s; each sync {sync_ms:g} ms longer"
        f" and {jump_ms:g} ms more for each page that lies apart; ms"
    )
    print("                       numbers p50     p99    most    pings p99    most")
    async with AsyncExitStack() as stack:
        more = stack.enter_context(slow_syncs(sync_ms, jump_ms))
        servers = [await stack.enter_async_context(served(each, environment=more)) for each in HALLS.values()]
        found = await asyncio.gather(*(asked(each, per_second, seconds) for each in servers))
    for name, (taken, pinged) in zip(HALLS, found, strict=True):
        told = [quantile(taken, 0.5), quantile(taken, 0.99), max(taken), quantile(pinged, 0.99), max(pinged)]
        print(f"{name:20s}" + " ".join(f"{ms:{w}.1f}" for ms, w in zip(told, (14, 7, 7, 12, 7), strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.emptying", description=__doc__.splitlines()[0])
    parser.add_argument("--per-second", type=float, default=60.0, help="numbers a second, in each hall")
    parser.add_argument("--sync-ms", type=float, default=5.0, help="milliseconds added to every sync")
    parser.add_argument("--jump-ms", type=float, default=0.5, help="and for each page that lies apart")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long")
    given = parser.parse_args()
    asyncio.run(measure(given.per_second, given.sync_ms, given.jump_ms, given.seconds))


if __name__ == "__main__":
    main()
