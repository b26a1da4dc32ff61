"""Tickets per second over HTTP, beside the floor: the same server, a bare handler, one durable insert.

python -m bench.issuing                                  1, 16 and 64 kiosks at once
python -m bench.issuing --clients 64 --sync-ms 5         on a disk whose every sync takes 5 ms more
python -m bench.issuing --clients 64 --long              lines that nobody leaves: hundreds of tickets each

All servers run all the time and are asked in turn, a short round each, so that what else the machine does
meets all. After each round of the hall everybody who took a number leaves again. The floors have the same
handler; the second has none of what the hall does to read requests faster and to be safe from slow ones.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.servers import Served, served
from bench.slow_syncs import slow_syncs
from bench.taps import Kiosks

WARM, ROUNDS = 200, 8
SERVERS = {
    "the hall": ("serve_plain",),
    "floor: the same server": ("serve_floor",),
    "floor: eventlet's server as it comes": ("serve_floor", "as_it_comes"),
}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Rounds:
    """All rounds of one server: requests per second, ms for each answer, its processor ms for each."""

    rates: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    """What the kiosks themselves used for each."""

    def row(self) -> str:
        return (
            f"{median(self.rates):5.0f} {quantile(self.took, 0.5):7.1f} {quantile(self.took, 0.99):7.1f}"
            f" {median(self.processor):7.2f} {median(self.own):9.2f}"
        )


def quantile(values: Sequence[float], q: float) -> float:
    """The nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def processor_ms(server: Served) -> float:
    """What the server itself has used of the processor so far; its forecast process isn't counted."""
    after_name = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return 1000 * (int(after_name[11]) + int(after_name[12])) / TICKS


async def round_of(kiosks: Kiosks, server: Served, tickets: int, kept: Rounds) -> None:
    """All of them tap, one tap after the other each, until so many numbers are out."""
    used, own, began = processor_ms(server), time.process_time(), time.perf_counter()
    each = max(1, tickets // len(kiosks))
    took = await asyncio.gather(*(taps(kiosks, n, each) for n in range(len(kiosks))))
    seconds, count = time.perf_counter() - began, each * len(kiosks)
    kept.took += [ms for ours in took for ms in ours]
    kept.rates.append(count / seconds)
    kept.processor.append((processor_ms(server) - used) / count)
    kept.own.append(1000 * (time.process_time() - own) / count)


async def taps(kiosks: Kiosks, number: int, count: int) -> list[float]:
    return [await kiosks.tap(number) for _ in range(count)]


async def in_turn(servers: Sequence[Served], number: int, tickets: int, long: bool) -> None:
    """All servers, a round each, again and again; one row of the table for each, the hall's first."""
    kiosks = [await Kiosks.at(server.url, number) for server in servers]
    rounds = [Rounds() for _ in servers]
    for asked, server in zip(kiosks, servers, strict=True):
        await round_of(asked, server, WARM, Rounds())
    for _ in range(ROUNDS):
        if not long:
            await kiosks[0].leave()
        for asked, server, kept in zip(kiosks, servers, rounds, strict=True):
            await round_of(asked, server, tickets // ROUNDS, kept)
    await kiosks[0].leave()
    for asked in kiosks:
        asked.close()
    for name, kept in zip(SERVERS, rounds, strict=True):
        print(f"{number:7d}  {name:34s} {kept.row()} {ratio(rounds[0], kept):12.2f}", flush=True)


def ratio(hall: Rounds, other: Rounds) -> float:
    return median(a / b for a, b in zip(hall.rates, other.rates, strict=True))


async def measure(clients: Sequence[int], tickets: int, sync_ms: float = 0.0, long: bool = False) -> None:
    """Hall and floors in turn, for each number of clients."""
    longer = f", each sync {sync_ms:g} ms longer" if sync_ms else ""
    print(f"\nIssue over HTTP, {tickets} requests{longer}: the whole hall beside a bare durable insert")
    print(f"clients  {'':34s}    /s  p50 ms  p99 ms  cpu ms  client's   hall : it")
    async with AsyncExitStack() as stack:
        more = stack.enter_context(slow_syncs(sync_ms))
        servers = [
            await stack.enter_async_context(served(*module, environment=more)) for module in SERVERS.values()
        ]
        for number in clients:
            await in_turn(servers, number, tickets, long)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.issuing", description=__doc__.splitlines()[0])
    parser.add_argument("--clients", default="1,16,64", help="kiosks at once: 1,16,64")
    parser.add_argument("--tickets", type=int, default=3200, help="numbers in all rounds together")
    parser.add_argument("--sync-ms", type=float, default=0.0, help="milliseconds added to every sync")
    parser.add_argument("--long", action="store_true", help="nobody leaves between the rounds")
    given = parser.parse_args()
    clients = [int(each) for each in given.clients.split(",")]
    asyncio.run(measure(clients, given.tickets, given.sync_ms, given.long))


if __name__ == "__main__":
    main()
