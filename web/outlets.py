"""Between the transport and its websockets: all that goes out passes through an outlet, whoever says it.

The transport (Engine.IO) puts each packet into a queue, from which a writer per socket packs and sends it.
Here a packet becomes a frame at once and leaves directly; the writer sleeps until something is left over, and
writes that. A client that polls, or is about to change to a websocket, is served the transport's own way.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable
from typing import Any

from flask_socketio import SocketIO

from web.frames import Guard, Outlet, framed
from web.pace import Paced

LEFT_OVER = object()
"""In a connection's queue: its outlet holds frames that the system didn't take."""


class Connection:
    """One of the transport's sockets whose packets leave through an outlet, once it is a websocket."""

    def __init__(self, socket: Any, outlet: Outlet, guard: Guard) -> None:
        self._socket, self.outlet, self._guard = socket, outlet, guard
        self._poll, self._close = socket.poll, socket.close
        self.direct = False
        socket.send, socket.poll, socket.close = self.send, self.poll, self.close

    def send(self, packet: Any) -> None:
        """One packet, in order with all that was sent before; raises when the connection is closed."""
        if not self._socket.check_ping_timeout():
            return
        with self._guard:
            if self.direct:
                self.outlet.put(framed(packet.encode()))
            else:
                self._socket.queue.put(packet)

    def give_back(self) -> None:
        """The transport's socket has its own ways again; nothing holds on to it."""
        for name in ("send", "poll", "close"):
            vars(self._socket).pop(name, None)

    def poll(self) -> list[Any]:
        """What the transport's writer should write: nothing; returns when the connection ends."""
        if not self._socket.upgraded:
            asked: list[Any] = self._poll()
            return asked
        with contextlib.suppress(OSError):  # the client has gone
            if self._take_over():
                self._serve()
        return []

    def _take_over(self) -> bool:
        """What was queued so far leaves first; whether the connection goes on."""
        queue, waiting = self._socket.queue, []
        with self._guard:
            while not queue.empty():
                waiting.append(self._next())
            for packet in waiting:
                if packet is not None:
                    self.outlet.put(framed(packet.encode()))
            self.direct = True
        return None not in waiting

    def _serve(self) -> None:
        while self._next() is LEFT_OVER:
            self.outlet.catch_up()

    def _next(self) -> Any:
        """The next in the queue, which is told that it is done."""
        queue = self._socket.queue
        found = queue.get()
        queue.task_done()
        return found

    def close(self, wait: bool = True, abort: bool = False, reason: Any = None) -> None:
        """As the transport's own, without waiting for a client that doesn't read."""
        self._close(wait=False, abort=abort, reason=reason)
        self.outlet.let_go()


class Outlets:
    """Of all open websockets, by the transport's name for the connection."""

    def __init__(self, sockets: SocketIO) -> None:
        self._server, self._transport = sockets.server, sockets.server.eio
        self._new_guard: Callable[[], Guard] = (
            threading.Lock if sockets.async_mode == "threading" else contextlib.nullcontext
        )
        self._open: dict[str, Connection] = {}
        self.on_slow: Callable[[], Any] = nothing
        self._made: Callable[..., Any] = self._transport._async["websocket"]
        self._transport._async = self._transport._async | {"websocket": self._websocket}

    def _websocket(self, handler: Callable[[Any], Any], server: Any) -> Callable[..., Any]:
        """In place of the transport's own maker: paced when read, never squeezed, written through an outlet.

        Squeezing would need a third of a megabyte for each screen, and a frame of its own.
        """
        serve = self._made(lambda websocket: self._attend(websocket, handler), server)

        def opened(environ: dict[str, Any], start_response: Any) -> Any:
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            return serve(environ, start_response)

        return opened

    def _attend(self, websocket: Any, handler: Any) -> Any:
        """Until the client is gone."""
        socket = handler.__self__
        connection = self._connected(socket, websocket)
        paced = Paced(websocket, self._transport.sleep, connection.outlet.let_go if connection else nothing)
        if connection is None:
            return handler(paced)
        self._open[socket.sid] = connection
        try:
            return handler(paced)
        finally:
            self._open.pop(socket.sid, None)
            connection.give_back()
            if connection.outlet.was_too_slow:
                self.on_slow()

    def _connected(self, socket: Any, websocket: Any) -> Connection | None:
        """None: the engine's websocket isn't one that can be written to directly."""
        sender = sender_of(websocket)
        raw = None if sender is None else raw_of(sender)
        if sender is None or raw is None:
            return None
        outlet = Outlet(raw, sender.send, lambda: socket.queue.put(LEFT_OVER), self._new_guard())
        divert(websocket, sender, outlet)
        return Connection(socket, outlet, self._new_guard())

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
