"""The floor for pushing: plain Flask-SocketIO on the hall's engine, without us: FOLDER PORT.

Whoever posts a message to /say has it emitted to everybody, and is told the monotonic time before.
"""

from __future__ import annotations

import json
import sys

from bench.servers import HALL
from web.engines import engine_of

PORT = int(sys.argv[2])


def main() -> None:
    engine = engine_of(HALL)
    import time

    from flask import Flask, request
    from flask_socketio import SocketIO, join_room

    from web.starting import listening

    plain = Flask("floor")
    sockets = SocketIO(plain, async_mode=engine.name, transports=["websocket"])
    sockets.on_event("connect", lambda auth=None: join_room("everybody"))
    sockets.on_event("join", lambda wish: {"ok": True})

    @plain.get("/healthz")
    def healthz():
        return "ok"

    @plain.post("/say")
    def say():
        name, data = json.loads(request.get_data()[2:])
        started = time.monotonic()
        sockets.emit(name, data, to="everybody")
        return f"{started:.6f}"

    engine.open(listening("127.0.0.1", PORT), plain)
    engine.serve(lambda: None)


if __name__ == "__main__":
    main()
