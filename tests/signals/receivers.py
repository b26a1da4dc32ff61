"""Machines that a hall speaks to: a receiver of webhooks and a controller of LED strips, both on real TCP."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = b"a secret that both sides have"
Json = dict[str, Any]


class Receiver(ThreadingHTTPServer):
    """Keeps what it was told; `statuses` are given out first, `busy` holds an answer back."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.told: list[Json] = []
        self.tries: list[str] = []
        self.forged = 0
        self.statuses: list[int] = []
        self.free = threading.Event()
        self.free.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hall"

    def of(self, number: str) -> list[str]:
        return [each["event"] for each in self.told if each["number"] == number]


class Handler(BaseHTTPRequestHandler):
    """Checks the signature as docs/webhooks.md says."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = self.headers["X-Hall-Time"].encode() + b"\n" + body
        good = "sha256=" + hmac.new(SECRET, said, hashlib.sha256).hexdigest()
        self.server.forged += good != self.headers["X-Hall-Signature"]
        self.server.tries.append(self.headers["X-Hall-Delivery"])
        self.server.free.wait(20)
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        if status == 204:
            self.server.told.append(json.loads(body))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *about: Any) -> None:
        """Nothing on the terminal of the tests."""


class Controller(socketserver.ThreadingTCPServer):
    """Shows what it is told; forgets everything when the line is cut."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.shown: dict[str, str] = {}
        self.connections = 0
        self.pings = 0
        self.wire: socket.socket | None = None

    def cut(self) -> None:
        """Somebody pulls the plug."""
        self.shown.clear()
        if self.wire:
            self.wire.shutdown(socket.SHUT_RDWR)


class Line(socketserver.StreamRequestHandler):
    """docs/led.md, from the other side."""

    server: Controller

    def handle(self) -> None:
        self.server.connections += 1
        self.server.wire = self.connection
        for line in self.rfile:
            word, _, rest = line.decode("gb18030").strip().partition(" ")
            if word == "SHOW":
                window, _, shown = rest.partition(" ")
                self.server.shown[window] = shown
            self.server.pings += word == "PING"
            self.wfile.write(b"OK\n")


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    """In a thread of its own until the end."""
    server.handle_error = lambda *about: None
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
