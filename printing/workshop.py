"""The hall's side of the printing process: starts it, talks with it, starts it again when it ends."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from queueing.records import Json
from web.context import Built

LOG = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
LOOK_SECONDS = 0.2
PAUSE_SECONDS = 5.0
"""Between the end of one process and the start of the next."""

WATCH_SECONDS = 1.0
SILENT_SECONDS = 30.0
"""It gives a sign of life every few seconds, once it has loaded its libraries."""

FAREWELL_SECONDS, KILL_SECONDS = 12.0, 5.0
"""For a process that was left to finish its slip, and for one that was killed."""


class Workshop:
    """Sockets are those of the hall's engine, so waiting for a line holds up nobody."""

    def __init__(self, built: Built, begin: Json, hear: Callable[[Json], None]) -> None:
        self._built, self._begin, self._hear = built, begin, hear
        self._wire: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._heard = 0.0
        self._lock = threading.Lock()

    def open(self) -> None:
        self._built.sockets.start_background_task(self._again_and_again)
        self._built.sockets.start_background_task(self._watch)

    def end(self) -> None:
        """At once, whatever it is doing; the next one is started."""
        if self._process is not None:
            self._process.kill()

    def say(self, message: Json) -> bool:
        """False when there is nobody to hear it."""
        try:
            with self._lock:
                if self._wire is None:
                    return False
                self._wire.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            return False
        return True

    def _again_and_again(self) -> None:
        while True:
            try:
                self._run()
            except Exception:
                LOG.exception("The printing process can't be reached")
            self._wire = None
            self._hear({"stopped": {}})
            self._built.sockets.sleep(PAUSE_SECONDS)

    def _run(self) -> None:
        """One process from its start to its end."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._process = process = started(theirs.fileno())
            self._heard, self._wire = time.monotonic(), ours
            self.say({"begin": self._begin})
            with ours.makefile("r", encoding="utf-8") as lines:
                for line in lines:
                    self._heard = time.monotonic()
                    self._listen(json.loads(line))
        self._ended(process)
        LOG.error("The printing process ended with %s; it is started again.", process.returncode)

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        """Waits for it, but not for ever: a device may hold it beyond its death."""
        for patience in (FAREWELL_SECONDS, KILL_SECONDS):
            until = time.monotonic() + patience
            while process.poll() is None and time.monotonic() < until:
                self._built.sockets.sleep(LOOK_SECONDS)
            if process.poll() is None:
                process.kill()

    def _watch(self) -> None:
        while True:
            self._built.sockets.sleep(WATCH_SECONDS)
            self._look()

    def _look(self) -> None:
        """Ends a process that is there and says nothing."""
        if self._wire is not None and time.monotonic() - self._heard > SILENT_SECONDS:
            LOG.error("The printing process says nothing any more; it is ended.")
            self._heard = time.monotonic()
            self.end()

    def _listen(self, message: Json) -> None:
        if "fault" in message:
            LOG.error("The printing process reports a fault:\n%s", message["fault"])
            return
        try:
            self._hear(message)
        except Exception:
            LOG.exception("What the printing process said wasn't understood: %s", message)


def started(wire: int) -> subprocess.Popen[bytes]:
    """A process of its own, apart from the terminal: it ends when the hall hangs up."""
    return subprocess.Popen(
        [sys.executable, "-m", "printing.hand", str(wire)],
        cwd=ROOT, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, pass_fds=[wire], start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
