"""One forecast process at a time: started, asked a line, answered a line, ended with the hall.

The wire is a pair of sockets of the hall's engine, so that waiting for an answer holds up nobody. The process
is spawned, never forked from the patched one; it lowers its own priority, and ends when the wire is closed,
also when the server was killed.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from queueing.records import Json
from web.context import Built

ROOT = Path(__file__).resolve().parent.parent
PATIENCE, USUAL_PATIENCE = 120.0, 20.0
"""Seconds for an answer: the first that plays loads and compiles; later ones take less than a second."""

MOST_BYTES = 64 * 1024
FAREWELL_SECONDS, LOOK_SECONDS = 3.0, 0.05


class Ended(Exception):
    """The process is gone, says nothing or says nonsense."""


class Forecaster:
    """The process and the wire to it."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: socket.socket | None = None
        self._rest = b""

    @property
    def process(self) -> int | None:
        return self._process.pid if self._process else None

    @contextmanager
    def started(self) -> Iterator[None]:
        """A process as long as this lasts."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = spawned(theirs.fileno())
            ours.settimeout(PATIENCE)
            self._wire, self._rest = ours, b""
            yield
        finally:
            self._wire = None
            ours.close()
            self._end()

    def warm(self) -> None:
        """It has played once: from now on a process that says nothing for so long is stuck, and ended."""
        if self._wire is not None:
            self._wire.settimeout(USUAL_PATIENCE)

    def ask(self, line: bytes) -> Json:
        """The answer; raises Ended."""
        if self._wire is None:
            raise Ended("there is none")
        try:
            self._wire.sendall(line)
            answer: Json = json.loads(self._line(self._wire))
        except (OSError, ValueError) as error:
            raise Ended(str(error) or "no answer") from None
        if "fault" in answer:
            raise Ended(answer["fault"])
        return answer

    def _line(self, wire: socket.socket) -> bytes:
        parts = [self._rest]
        while b"\n" not in parts[-1]:
            part = wire.recv(MOST_BYTES)
            if not part:
                raise Ended("it hung up")
            parts.append(part)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def _end(self) -> None:
        """It ends by itself when the wire is closed; one that doesn't is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        left = FAREWELL_SECONDS
        while process.poll() is None and left > 0:
            self._built.sockets.sleep(LOOK_SECONDS)
            left -= LOOK_SECONDS
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def spawned(wire: int) -> subprocess.Popen[bytes]:
    """A process of its own, apart from the terminal, on one core."""
    one_core = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return subprocess.Popen(
        [sys.executable, "-m", "forecast.worker", str(wire)],
        cwd=ROOT, env=os.environ | one_core, pass_fds=[wire], start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
