"""Kiosks as light as can be: one kept connection each, bytes out, bytes in.

A client library needs more than twice as much for a number, on a machine that the server shares.
`python -m bench.issuing` tells what these need.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n"
    "User-Agent: bench\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n"
    "Content-Length: {length}\r\n\r\n"
)
END, LENGTH = b"\r\n\r\n", b"content-length:"


class Line(asyncio.Protocol):
    """One kept connection; one question after the other."""

    def __init__(self, host: str) -> None:
        self._host, self._turn = host, asyncio.Lock()
        self._arrived = b""

    @classmethod
    async def to(cls, url: str) -> Line:
        address = urlsplit(url)
        loop = asyncio.get_running_loop()
        made = await loop.create_connection(lambda: cls(address.netloc), address.hostname, address.port or 80)
        return made[1]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of the answer, once whoever asked before has theirs."""
        head = HEAD.format(path=path, host=self._host, key=uuid.uuid4().hex, length=len(body))
        async with self._turn:
            self._answer: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
            self._transport.write(head.encode() + body)
            return await self._answer

    def data_received(self, data: bytes) -> None:
        arrived = self._arrived = self._arrived + data if self._arrived else data
        end = arrived.find(END)
        if end < 0:
            return
        begins = end + len(END)
        head = arrived[:end].lower()
        at = head.index(LENGTH) + len(LENGTH)
        length = int(head[at:].partition(b"\r\n")[0])
        if len(arrived) >= begins + length:
            self._arrived = b""
            self._answer.set_result((int(arrived[9:12]), arrived[begins : begins + length]))

    def connection_lost(self, reason: Exception | None) -> None:
        if hasattr(self, "_answer") and not self._answer.done():
            self._answer.set_exception(reason or ConnectionResetError())

    def close(self) -> None:
        self._transport.close()


class Kiosks:
    """So many kiosks at one server."""

    def __init__(self, url: str, lines: Sequence[Line]) -> None:
        self._url, self._lines, self.given = url, lines, list[str]()

    @classmethod
    async def at(cls, url: str, count: int) -> Kiosks:
        return cls(url, [await Line.to(url) for _ in range(count)])

    def __len__(self) -> int:
        return len(self._lines)

    def close(self) -> None:
        for line in self._lines:
            line.close()

    async def tap(self, number: int) -> float:
        """One number at that kiosk; ms until it had it."""
        body = b'{"service": "s%d"}' % (number % 8 + 1)
        began = time.perf_counter()
        status, said = await self._lines[number].post("/api/v1/tickets", body)
        took = 1000 * (time.perf_counter() - began)
        if status != 201:
            raise RuntimeError(said)
        told = json.loads(said)
        self.given += [told["link"]] if "link" in told else []
        return took

    async def leave(self) -> None:
        """Everybody who took a number goes home."""
        links, self.given = self.given, []
        await asyncio.gather(*(self._gone(n, links[n :: len(self)]) for n in range(len(self))))

    async def _gone(self, number: int, links: Sequence[str]) -> None:
        for link in links:
            status, said = await self._lines[number].post(f"/api/v1{link}/abandon", b"{}")
            if status != 200:
                raise RuntimeError(said)
