"""A server that only talks, on the engine that it is told: `python -m tests.pushing.talker ENGINE`.

It says `said` to everybody in the room: {"n": 1, "fill": …}, {"n": 2, …} and so on, whenever it is asked to.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from web.engines import engine_of


def engine(name: str) -> Any:
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(f'[server]\nengine = "{name}"\n')
        file.flush()
        return engine_of(Path(file.name))


class Talker:
    """What clients may ask of it."""

    def __init__(self, sockets: Any, outlets: Any) -> None:
        self._sockets, self._outlets = sockets, outlets
        self._told = self._most = 0
        self._one_by_one = threading.Lock()
        """Several may ask at the same moment; numbers are said in order."""

        sockets.on_event("connect", self._connected)
        sockets.on_event("say", self._say)
        sockets.on_event("count", self._count)

    def _connected(self, auth: object = None) -> None:
        from flask_socketio import join_room

        join_room("all")

    def _say(self, wish: dict[str, Any]) -> int:
        """So many messages, each so long, with a pause after each; answers how many were said ever."""
        self._most = 0
        for _ in range(wish["times"]):
            with self._one_by_one:
                self._tell("x" * wish["size"])
            if wish.get("pause"):
                self._sockets.sleep(wish["pause"])
        return self._told

    def _tell(self, fill: str) -> None:
        from engineio.packet import MESSAGE, Packet
        from socketio.packet import EVENT
        from socketio.packet import Packet as Event

        self._told += 1
        event = Event(EVENT, namespace="/", data=["said", {"n": self._told, "fill": fill}])
        there = self._sockets.server.manager.get_participants("/", "all")
        self._outlets.tell([name for _, name in there], Packet(MESSAGE, event.encode()))
        self._most = max(self._most, self._behind())

    def _behind(self) -> int:
        return max(map(self._outlets.bytes_behind, list(self._sockets.server.eio.sockets)))

    def _count(self, nothing: object = None) -> dict[str, Any]:
        """Who is in, how far the slowest is behind, and was at most while it talked the last time."""
        there = len(self._sockets.server.eio.sockets)
        return {"open": there, "outlets": len(self._outlets), "behind": self._behind(), "most": self._most}


def tell_port(door: Any) -> None:
    sys.stdout.write(f"{door.getsockname()[1]}\n")
    sys.stdout.flush()


def main() -> None:
    chosen = engine(sys.argv[1])
    from flask import Flask
    from flask_socketio import SocketIO

    from web.outlets import Outlets
    from web.starting import listening

    app = Flask("talker")
    sockets = SocketIO(app, async_mode=chosen.name, ping_interval=2, ping_timeout=60)
    Talker(sockets, Outlets(sockets))
    door = listening("127.0.0.1", 0)
    chosen.open(door, app)
    chosen.serve(lambda: tell_port(door))


if __name__ == "__main__":
    main()
