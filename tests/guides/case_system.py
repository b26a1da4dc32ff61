"""A case system as a hall may have one: a real HTTP server that checks signatures (docs/cases.md)."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = b"a secret that both sides have"
ANSWERS: dict[str, bytes] = {
    "YH-2026-1": json.dumps(
        {"state": "deciding", "since": "2026-10-12", "due": "2026-10-20", "owner": "王小明",
         "place": {"zh": "二楼 3 号窗口", "en": "Window 3 upstairs"}}
    ).encode(),
    "YH-garbage": b"<html>it works",
    "YH-strange": b'{"state": "dancing"}',
    "YH-endless": b'{"state": "accepted", "x": "' + b"x" * 40_000 + b'"}',
}  # fmt: skip


class CaseSystem(BaseHTTPRequestHandler):
    """Answers what it knows, refuses who can't sign, never finishes what it was told to hold back."""

    asked: list[str]
    held_back = threading.Event()

    def do_GET(self) -> None:
        number = self.path.rpartition("/")[2]
        self.server.asked.append(number)  # type: ignore[attr-defined]
        said = f"{self.headers['X-Hall-Time']}\n{number}".encode()
        good = "sha256=" + hmac.new(SECRET, said, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(good, self.headers["X-Hall-Signature"]):
            return self.reply(401, b"")
        if number in ("YH-silent", "YH-slow"):
            self.held_back.wait(20)
        if number == "YH-elsewhere":
            return self.reply(302, ANSWERS["YH-2026-1"], Location="/cases/YH-2026-1")
        body = ANSWERS.get(number)
        return self.reply(200 if body else 404, body or b"{}")

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *about: Any) -> None:
        """Nothing on the terminal of the tests."""


@contextmanager
def case_system() -> Iterator[ThreadingHTTPServer]:
    """Serves in a thread of its own until the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), CaseSystem)
    server.asked = []  # type: ignore[attr-defined]
    server.handle_error = lambda *about: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    CaseSystem.held_back.set()
    server.shutdown()
    thread.join()
    server.server_close()
