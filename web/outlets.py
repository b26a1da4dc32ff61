"""Between the transport and its websockets: all that goes out passes through an outlet, whoever says it.

The transport (Engine.IO) puts each packet into a queue, from which a writer per socket packs and sends it,
and one more task per socket waits for its next ping. Here a packet becomes a frame and leaves at once, a
writer begins only when something is left over, and one task pings all: an idle screen has its reader alone.
A client that polls, or is about to change to a websocket, is served the transport's own way.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from engineio.exceptions import SocketIsClosedError
from engineio.packet import PING, Packet
from flask_socketio import SocketIO

from web.frames import Guard, Outlet, framed
from web.pace import Paced

LOOKS_EVERY = 0.25
"""Seconds between two looks for those who are to be pinged."""

REPLACED = ("send", "poll", "close", "schedule_ping")


class Connection:
    """One of the transport's sockets whose packets leave through an outlet, once it is a websocket."""

    def __init__(self, socket: Any, websocket: Any, outlet: Outlet, guard: Guard) -> None:
        self._socket, self._websocket, self.outlet, self._guard = socket, websocket, outlet, guard
        self._poll, self._close = socket.poll, socket.close
        self.direct = False
        self._ping_at: float | None = None
        for name in REPLACED:
            setattr(socket, name, getattr(self, name))

    def give_back(self) -> None:
        """The transport's socket has its own ways again; nothing holds on to it."""
        for name in REPLACED:
            vars(self._socket).pop(name, None)

    def send(self, packet: Any) -> None:
        """One packet, in order with all that was sent before; raises when the connection is closed."""
        if not self._socket.check_ping_timeout():
            return
        with self._guard:
            if self.direct:
                self.outlet.put(framed(packet.encode()))
            else:
                self._socket.queue.put(packet)

    def poll(self) -> list[Any]:
        """What the transport's writer should write: from now on nothing, and so it ends."""
        if not self._socket.upgraded:
            asked: list[Any] = self._poll()
            return asked
        self._take_over()
        return []

    def _take_over(self) -> None:
        """What was queued so far leaves first; a connection that was closed meanwhile isn't taken over."""
        queue = self._socket.queue
        with self._guard:
            while not queue.empty():
                packet = queue.get()
                queue.task_done()
                if packet is None:
                    return
                self.outlet.put(framed(packet.encode()))
            self.direct = True

    def writer_ended(self) -> None:
        """Which closes the websocket, unless it ended because it isn't needed."""
        if not self.direct:
            self._websocket.close()

    def close(self, wait: bool = True, abort: bool = False, reason: Any = None) -> None:
        """As the transport's own, without waiting for a client that doesn't read."""
        if self._socket.closed or self._socket.closing:
            return
        self._close(wait=False, abort=abort, reason=reason)
        self.outlet.let_go()
        if self.direct:
            self._websocket.close()
            self.outlet.end()

    def schedule_ping(self) -> None:
        """The client has answered; the next ping follows after the usual time."""
        if self._socket.last_ping:
            self._socket.last_ping = None
            self._ping_at = time.monotonic() + self._socket.server.ping_interval

    def ping(self, now: float) -> None:
        """If it is time."""
        if self._ping_at is None or self._ping_at > now:
            return
        self._ping_at = None
        with contextlib.suppress(SocketIsClosedError):
            self._socket.last_ping = time.time()
            self.send(Packet(PING))


class Attended(Paced):
    """A websocket whose closing by the transport's writer its connection decides upon."""

    def __init__(self, websocket: Any, sleep: Callable[[float], Any], connection: Connection) -> None:
        super().__init__(websocket, sleep, connection.outlet.let_go)
        self.close = connection.writer_ended


class Outlets:
    """Of all open websockets, by the transport's name for the connection."""

    def __init__(self, sockets: SocketIO) -> None:
        self._server, self._transport = sockets.server, sockets.server.eio
        self._new_guard: Callable[[], Guard] = (
            threading.Lock if sockets.async_mode == "threading" else contextlib.nullcontext
        )
        self._open: dict[str, Connection] = {}
        self.on_slow: Callable[[], Any] = nothing
        self._pinging = False
        self._made: Callable[..., Any] = self._transport._async["websocket"]
        self._transport._async = self._transport._async | {"websocket": self._websocket}

    def _websocket(self, handler: Callable[[Any], Any], server: Any) -> Callable[..., Any]:
        """In place of the transport's own maker: paced when read, never squeezed, written through an outlet.

        Squeezing would need a third of a megabyte for each screen, and a frame of its own.
        """
        serve = self._made(lambda websocket: self._attend(websocket, handler), server)

        def opened(environ: dict[str, Any], start_response: Any) -> Any:
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            last_request(start_response)
            return serve(environ, start_response)

        return opened

    def _attend(self, websocket: Any, handler: Any) -> Any:
        """Until the client is gone."""
        socket = handler.__self__
        connection = self._connected(socket, websocket)
        if connection is None:
            return handler(Paced(websocket, self._transport.sleep, nothing))
        self._open[socket.sid] = connection
        self._start_pinging()
        attended = Attended(websocket, self._transport.sleep, connection)
        try:
            return handler(attended)
        finally:
            self._open.pop(socket.sid, None)
            connection.give_back()
            attended.give_back()
            connection.outlet.forget()
            if connection.outlet.was_too_slow:
                self.on_slow()

    def _connected(self, socket: Any, websocket: Any) -> Connection | None:
        """None: the engine's websocket isn't one that can be written to directly."""
        sender = sender_of(websocket)
        raw = None if sender is None else raw_of(sender)
        if sender is None or raw is None:
            return None
        begin = self._transport.start_background_task
        outlet = Outlet(raw, sender.send, lambda: begin(catch_up, outlet), self._new_guard())
        divert(websocket, sender, outlet)
        return Connection(socket, websocket, outlet, self._new_guard())

    def _start_pinging(self) -> None:
        if not self._pinging:
            self._pinging = True
            self._transport.start_background_task(self._ping)

    def _ping(self) -> None:
        """For as long as the server runs."""
        while True:
            self._transport.sleep(LOOKS_EVERY)
            now = time.monotonic()
            for connection in list(self._open.values()):
                connection.ping(now)

    def tell(self, connections: Iterable[str], packet: Any) -> None:
        """The same packet to all of them, encoded and framed once."""
        frame = framed(packet.encode())
        for name in connections:
            connection = self._open.get(name)
            if connection is not None and connection.direct:
                connection.outlet.put(frame)
            else:
                self._server._send_eio_packet(name, packet)

    def __len__(self) -> int:
        return len(self._open)

    def bytes_behind(self, name: str) -> int:
        """What the system hasn't taken for this connection."""
        connection = self._open.get(name)
        return connection.outlet.bytes_behind if connection else 0


def catch_up(outlet: Outlet) -> None:
    """Writes what an outlet has left over, as fast as its client reads."""
    with contextlib.suppress(OSError):  # the client has gone
        outlet.catch_up()


def last_request(start_response: Any) -> None:
    """No other request follows on the connection; gevent would look for one in what was left unread."""
    answering = getattr(start_response, "__self__", None)
    if answering is not None and hasattr(answering, "close_connection"):
        answering.close_connection = True


def nothing() -> None:
    """What is to be done about a connection without an outlet."""


def sender_of(websocket: Any) -> Any:
    """The engine's socket below a websocket: what waits for room when it writes; None: an unknown kind."""
    if hasattr(websocket, "_send"):
        return websocket.socket
    return getattr(getattr(websocket, "ws", None), "sock", None)


def raw_of(sender: Any) -> Any:
    """The system's socket below the engine's; None where bytes are sealed on their way (TLS)."""
    if hasattr(sender, "getpeercert"):
        return None
    return getattr(sender, "fd", None) or getattr(sender, "_sock", None) or sender


def divert(websocket: Any, sender: Any, outlet: Outlet) -> None:
    """Pongs, closing frames, all that the websocket itself says goes through the outlet, too."""
    if hasattr(websocket, "_send"):
        websocket._send = outlet.put
    else:
        websocket.ws.sock = Diverted(sender, outlet)


class Diverted:
    """A socket that is read as ever and written through an outlet."""

    def __init__(self, sender: Any, outlet: Outlet) -> None:
        self._sender, self._outlet = sender, outlet

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sender, name)

    def send(self, frame: bytes) -> int:
        self._outlet.put(frame)
        return len(frame)
