"""The project's scripts on a shelf of their own, for tests that need modules and no hall."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.running import ROOT


class Shelf(SimpleHTTPRequestHandler):
    """Static files under the addresses that they have in the hall, and an empty page at /."""

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>shelf</title>")
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@contextmanager
def shelf() -> Iterator[str]:
    """The shelf's address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Shelf, directory=str(ROOT))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
