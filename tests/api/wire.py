"""A bare websocket that says whatever it likes, as no client of ours would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.running import PATIENCE, Person


class Wire:
    """Socket.IO by hand."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.raw = socket.socket
        self.hear("0")
        self.say("40")
        self.hear("40")

    def say(self, packet: str | bytes) -> None:
        self._socket.send(packet)

    def hear(self, start: str) -> str:
        """The next packet that begins so; pings are answered meanwhile."""
        while True:
            packet = str(self._socket.recv(PATIENCE))
            if packet.startswith(start):
                return packet
            if packet == "2":
                self.say("3")

    def ask(self, *event: Any) -> Any:
        """What the server acknowledges an event with."""
        self.say("421" + json.dumps(event))
        return json.loads(self.hear("431").removeprefix("431"))[0]

    def rest(self) -> list[str]:
        """Everything that is heard until the server hangs up."""
        heard: list[str] = []
        while True:
            try:
                heard.append(str(self._socket.recv(PATIENCE)))
                if heard[-1] == "2":
                    self.say("3")
            except ConnectionClosed:
                return heard


@contextmanager
def wire(person: Person) -> Iterator[Wire]:
    """Opened with the cookies of that person."""
    url = person.url.replace("http://", "ws://") + "/socket.io/?EIO=4&transport=websocket"
    headers = {"Cookie": person.cookies()} if person.cookies() else {}
    with connect(url, additional_headers=headers, compression=None, proxy=None) as socket:
        yield Wire(socket)
