"""Many screens in one process: bare Socket.IO over websockets, so that the clients cost little."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

OPEN, CONNECT, EVENT, ACK, PING, PONG = "0", "40", "42", "43", "2", "3"


class BoardScreen:
    """One joined board; `arrived` holds when each event came, by its seq."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.arrived: dict[int, float] = {}
        self.bytes_of_call = ""
        self.joined: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def join(cls, url: str) -> BoardScreen:
        address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        screen = cls(await connect(address, compression=None, open_timeout=60, max_size=None))
        await asyncio.wait_for(screen.joined, 60)
        return screen

    async def _read(self) -> None:
        async for message in self._connection:
            await self._heard(str(message), time.monotonic())

    async def _heard(self, message: str, at: float) -> None:
        if message == PING:
            await self._connection.send(PONG)
        elif message.startswith(EVENT):
            self._event(message, at)
        elif message.startswith(CONNECT):
            await self._connection.send(f'{EVENT}0["join",{{"screen":"board"}}]')
        elif message.startswith(ACK):
            self._joined(json.loads(message[3:])[0])
        elif message.startswith(OPEN):
            await self._connection.send(CONNECT)

    def _joined(self, answer: dict[str, Any]) -> None:
        if answer["ok"]:
            self.joined.set_result(answer)
        else:
            self.joined.set_exception(RuntimeError(str(answer)))

    def _event(self, message: str, at: float) -> None:
        if not message.startswith('42["events"'):
            return
        self.bytes_of_call = message
        for event in json.loads(message[2:])[1]["events"]:
            self.arrived[event["seq"]] = at

    async def close(self) -> None:
        self._reading.cancel()
        await self._connection.close()


class BareScreen:
    """One client of the floor; `arrived` holds when each message came."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.arrived: list[float] = []
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def join(cls, url: str) -> BareScreen:
        return cls(await connect(url.replace("http", "ws"), compression=None, open_timeout=60))

    async def _read(self) -> None:
        async for _ in self._connection:
            self.arrived.append(time.monotonic())

    async def close(self) -> None:
        self._reading.cancel()
        await self._connection.close()
