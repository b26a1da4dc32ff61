"""Tickets per second over HTTP, beside the floor: the same server, a bare handler, one durable insert."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from bench.servers import served

WARM = 200


@dataclass(frozen=True)
class Rate:
    """Requests per second, and their latency in ms."""

    per_second: float
    p50: float
    p99: float


def quantile(values: Sequence[float], q: float) -> float:
    """The nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


async def client(url: str, number: int, count: int, took: list[float]) -> None:
    """One kiosk with one kept connection, tap after tap."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as http:
        for _ in range(count):
            began = time.perf_counter()
            body, headers = {"service": f"s{number % 8 + 1}"}, {"Idempotency-Key": uuid.uuid4().hex}
            async with http.post(f"{url}/api/v1/tickets", json=body, headers=headers) as answer:
                if answer.status != 201:
                    raise RuntimeError(await answer.text())
                await answer.read()
            took.append(1000 * (time.perf_counter() - began))


async def rate(url: str, clients: int, count: int) -> Rate:
    """So many clients, so many requests together, after a warm-up."""
    await asyncio.gather(*(client(url, n, WARM // clients, []) for n in range(clients)))
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(client(url, n, count // clients, took) for n in range(clients)))
    return Rate(len(took) / (time.perf_counter() - began), quantile(took, 0.5), quantile(took, 0.99))


async def measure(clients: Sequence[int], count: int) -> None:
    """Hall and floor in turn, for each number of clients."""
    print(f"\nIssue over HTTP, {count} requests: hall (ticket, event, hash, idempotency) beside bare insert")
    print("clients      hall/s  p50 ms  p99 ms    floor/s  p50 ms  p99 ms    hall : floor")
    for number in clients:
        async with served("serve_hall") as hall:
            ours = await rate(hall.url, number, count)
        async with served("serve_floor") as floor:
            bare = await rate(floor.url, number, count)
        print(
            f"{number:7d} {ours.per_second:11.0f} {ours.p50:7.1f} {ours.p99:7.1f} {bare.per_second:10.0f}"
            f" {bare.p50:7.1f} {bare.p99:7.1f} {ours.per_second / bare.per_second:15.2f}",
            flush=True,
        )
