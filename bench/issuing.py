"""Tickets per second over HTTP, beside the floor: the same server, a bare handler, one durable insert.

python -m bench.issuing                                  1, 16 and 64 kiosks at once
python -m bench.issuing --clients 64 --sync-ms 5         on a disk whose every sync takes 5 ms more
python -m bench.issuing --clients 64 --long              lines that nobody leaves: hundreds of tickets each

Both servers run all the time and are asked in turn, a short round each, so that what else the machine does
meets both. After each round of the hall everybody who took a number leaves again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
import uuid
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import aiohttp

from bench.servers import Served, served
from bench.slow_syncs import slow_syncs

WARM, ROUNDS = 200, 8
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Rounds:
    """All rounds of one server: requests per second, ms for each answer, its processor ms for each."""

    rates: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def row(self) -> str:
        return (
            f"{median(self.rates):9.0f} {quantile(self.took, 0.5):7.1f} {quantile(self.took, 0.99):7.1f}"
            f" {median(self.processor):7.2f}"
        )


def quantile(values: Sequence[float], q: float) -> float:
    """The nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def processor_ms(server: Served) -> float:
    """What the server itself has used of the processor so far; its forecast process isn't counted."""
    after_name = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return 1000 * (int(after_name[11]) + int(after_name[12])) / TICKS


class Kiosks:
    """So many kiosks with one kept connection each."""

    def __init__(self, server: Served, count: int) -> None:
        self._server, self.given = server, list[str]()
        self._https = [aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) for _ in range(count)]

    async def close(self) -> None:
        for http in self._https:
            await http.close()

    async def round(self, tickets: int, kept: Rounds) -> None:
        """All of them tap, one tap after the other each, until so many numbers are out."""
        used, began = processor_ms(self._server), time.perf_counter()
        each = max(1, tickets // len(self._https))
        took = await asyncio.gather(*(self._taps(n, each) for n in range(len(self._https))))
        seconds = time.perf_counter() - began
        kept.took += [ms for taps in took for ms in taps]
        kept.rates.append(each * len(self._https) / seconds)
        kept.processor.append((processor_ms(self._server) - used) / (each * len(self._https)))

    async def _taps(self, number: int, count: int) -> list[float]:
        return [await self.tap(number) for _ in range(count)]

    async def tap(self, number: int) -> float:
        """One number at that kiosk; ms until it had it."""
        body, headers = {"service": f"s{number % 8 + 1}"}, {"Idempotency-Key": uuid.uuid4().hex}
        began = time.perf_counter()
        url = f"{self._server.url}/api/v1/tickets"
        async with self._https[number].post(url, json=body, headers=headers) as answer:
            said = await answer.json()
        took = 1000 * (time.perf_counter() - began)
        if answer.status != 201:
            raise RuntimeError(said)
        self.given += [said["link"]] if "link" in said else []
        return took

    async def leave(self) -> None:
        """Everybody who took a number goes home."""
        links, self.given = self.given, []
        await asyncio.gather(*(self._gone(n, links[n :: len(self._https)]) for n in range(len(self._https))))

    async def _gone(self, number: int, links: Sequence[str]) -> None:
        for link in links:
            headers = {"Idempotency-Key": uuid.uuid4().hex}
            url = f"{self._server.url}/api/v1{link}/abandon"
            async with self._https[number].post(url, json={}, headers=headers) as answer:
                if answer.status != 200:
                    raise RuntimeError(await answer.text())


async def in_turn(hall: Served, floor: Served, number: int, tickets: int, long: bool) -> None:
    """Both servers, a round each, again and again; one row of the table."""
    kiosks, bare = Kiosks(hall, number), Kiosks(floor, number)
    ours, theirs = Rounds(), Rounds()
    await kiosks.round(WARM, Rounds())
    await bare.round(WARM, Rounds())
    for _ in range(ROUNDS):
        if not long:
            await kiosks.leave()
        await bare.round(tickets // ROUNDS, theirs)
        await kiosks.round(tickets // ROUNDS, ours)
    await kiosks.leave()
    await asyncio.gather(kiosks.close(), bare.close())
    ratio = median(a / b for a, b in zip(ours.rates, theirs.rates, strict=True))
    print(f"{number:7d} {ours.row()} {theirs.row()} {ratio:14.2f}", flush=True)


async def measure(clients: Sequence[int], tickets: int, sync_ms: float = 0.0, long: bool = False) -> None:
    """Hall and floor in turn, for each number of clients."""
    longer = f", each sync {sync_ms:g} ms longer" if sync_ms else ""
    print(f"\nIssue over HTTP, {tickets} requests{longer}: the whole hall beside a bare durable insert")
    print("clients    hall/s  p50 ms  p99 ms  cpu ms   floor/s  p50 ms  p99 ms  cpu ms   hall : floor")
    async with AsyncExitStack() as stack:
        more = stack.enter_context(slow_syncs(sync_ms))
        hall = await stack.enter_async_context(served("serve_plain", environment=more))
        floor = await stack.enter_async_context(served("serve_floor", environment=more))
        for number in clients:
            await in_turn(hall, floor, number, tickets, long)


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
