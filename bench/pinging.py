"""Pings beside tickets on a slow disk: whether the server answers others while it waits for a sync.

python -m bench.pinging
"""

from __future__ import annotations

import argparse
import asyncio
import time

import aiohttp

from bench.issuing import quantile
from bench.servers import Served, served
from bench.slow_syncs import slow_syncs
from bench.taps import Kiosks

KIOSKS, EVERY = 16, 0.005
"""Kiosks that take turns, and the seconds between two pings."""


async def pings(server: Served, seconds: float) -> list[float]:
    """How long each took, in ms."""
    took, until = [], time.perf_counter() + seconds
    async with aiohttp.ClientSession() as http:
        while (began := time.perf_counter()) < until:
            async with http.get(f"{server.url}/healthz") as answer:
                await answer.read()
            took.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(EVERY)
    return took


async def tickets(server: Served, per_second: float, seconds: float) -> list[float]:
    """Numbers taken one by one at that pace, whether the last one was answered or not."""
    kiosks, count = await Kiosks.at(server.url, KIOSKS), int(per_second * seconds)
    began, taps = time.perf_counter(), []
    for n in range(count):
        await asyncio.sleep(max(0.0, began + n / per_second - time.perf_counter()))
        taps.append(asyncio.create_task(kiosks.tap(n % KIOSKS)))
    took = await asyncio.gather(*taps)
    kiosks.close()
    return took


async def measure(per_second: float, sync_ms: float, seconds: float) -> None:
    """Pings alone, then beside the tickets, of the hall and of the floor."""
    print(f"\nPings while {per_second:g} tickets a second are issued, each sync {sync_ms:g} ms longer; ms")
    print("           alone p50     p99    beside p50     p99    tickets p50     p99")
    with slow_syncs(sync_ms) as more:
        for name, module in (("hall", "serve_plain"), ("floor", "serve_floor")):
            async with served(module, environment=more) as server:
                await tickets(server, per_second, 1.0)
                alone = await pings(server, seconds / 2)
                beside, taken = await asyncio.gather(
                    pings(server, seconds), tickets(server, per_second, seconds)
                )
            figures = (alone, beside, taken)
            told = (f"{quantile(each, 0.5):12.2f} {quantile(each, 0.99):7.2f}" for each in figures)
            print(f"{name:7s}" + "  ".join(told), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pinging", description=__doc__.splitlines()[0])
    parser.add_argument("--per-second", type=float, default=50.0, help="tickets a second")
    parser.add_argument("--sync-ms", type=float, default=10.0, help="milliseconds added to every sync")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long")
    given = parser.parse_args()
    asyncio.run(measure(given.per_second, given.sync_ms, given.seconds))


if __name__ == "__main__":
    main()
