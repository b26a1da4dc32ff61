"""The floor for pushing: the `websockets` library sends the same bytes to everybody: FOLDER PORT.

Whoever sends a message has it broadcast to all others, and is told the monotonic time before.
"""

from __future__ import annotations

import asyncio
import http
import sys
import time

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.http11 import Request, Response

PORT = int(sys.argv[2])
SCREENS: set[ServerConnection] = set()


async def screen(connection: ServerConnection) -> None:
    """A screen stays until it goes; one that speaks asks for a broadcast of what it says."""
    SCREENS.add(connection)
    try:
        async for message in connection:
            started = time.monotonic()
            broadcast(SCREENS - {connection}, message)
            await connection.send(f"{started:.6f}")
    finally:
        SCREENS.discard(connection)


def health(connection: ServerConnection, request: Request) -> Response | None:
    return connection.respond(http.HTTPStatus.OK, "ok\n") if request.path == "/healthz" else None


async def main() -> None:
    async with serve(screen, "127.0.0.1", PORT, process_request=health, compression=None, ping_interval=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main())
