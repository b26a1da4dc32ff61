"""What a client may send over its socket: the packets of this protocol's text form, events with a name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask_socketio import SocketIO
from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet

from web.seldom import Seldom
from web.written import Telling

LOG = logging.getLogger(__name__)

FROM_CLIENTS = frozenset({CONNECT, DISCONNECT, EVENT, ACK})
RESERVED = frozenset({"connect", "disconnect"})
"""What the server itself tells its handlers; a client that says so would only pretend to be gone."""

NONSENSE = (ValueError, TypeError, LookupError, RecursionError)
"""What reading a packet ends in that nobody of ours has sent."""


class ClientPacket(Packet):  # type: ignore[misc]
    """A packet that is read no further than it makes sense, and whose words are never searched for bytes."""

    json = Telling

    @classmethod
    def data_is_binary(cls, data: Any) -> bool:
        """Nothing of ours is: a look through a whole picture would cost more than to draw it."""
        return False

    def decode(self, encoded_packet: Any) -> int:
        attachments: int = super().decode(encoded_packet)
        if attachments or self.packet_type not in FROM_CLIENTS:
            raise ValueError(f"packets of type {self.packet_type} aren't for clients")
        if self.packet_type == EVENT:
            must_be_event(self.data)
        return attachments


def must_be_event(data: Any) -> None:
    """A name, which isn't one of the server's own, and arguments."""
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise ValueError("an event needs a name")
    if data[0] in RESERVED:
        raise ValueError(f"{data[0]} isn't for clients to say")


def refuse_nonsense(sockets: SocketIO, hang_up: Callable[[str], None]) -> None:
    """Hangs up on who sends what can't be a packet; what can be is handled as ever."""
    handle: Callable[[str, Any], None] = sockets.server.eio.handlers["message"]
    log = Seldom(LOG)

    def heard(connection: str, data: Any) -> None:
        try:
            handle(connection, data)
        except NONSENSE as reason:
            log.warn("A socket sent what can't be understood and was closed: %s", reason)
            hang_up(connection)

    sockets.server.eio.on("message", heard)
