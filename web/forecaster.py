"""Forecast processes: started, asked a line, answered a line, ended with the last hall that asks.

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
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from queueing.records import Json
from web.context import Built

ROOT = Path(__file__).resolve().parent.parent
PATIENCE, USUAL_PATIENCE = 120.0, 20.0
"""Seconds for an answer: the first that plays loads and compiles; later ones take less than a second."""

MOST_BYTES = 64 * 1024
FAREWELL_SECONDS, LOOK_SECONDS = 3.0, 0.05


class Ended(Exception):
    """The process is gone, says nothing or says nonsense."""


class Process:
    """A forecast process and the wire to it. Halls that share it take turns: one question at a time."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.spawned = spawned(theirs.fileno())
        ours.settimeout(PATIENCE)
        self._wire, self._rest = ours, b""
        self.turn = threading.Lock()
        self.users = 0
        self.is_over = False

    def warm(self) -> None:
        """It has played once: from now on a process that says nothing for so long is stuck, and ended."""
        if not self.is_over:
            self._wire.settimeout(USUAL_PATIENCE)

    def ask(self, line: bytes) -> Json:
        """The answer; raises Ended. To be asked in a turn."""
        if self.is_over:
            raise Ended("there is none")
        try:
            self._wire.sendall(line)
            answer: Json = json.loads(self._line())
        except (OSError, ValueError, Ended) as error:
            self.is_over = True  # what it says next may be the answer to this
            raise Ended(str(error) or "no answer") from None
        if "fault" in answer:
            raise Ended(answer["fault"])
        return answer

    def _line(self) -> bytes:
        parts = [self._rest]
        while b"\n" not in parts[-1]:
            part = self._wire.recv(MOST_BYTES)
            if not part:
                raise Ended("it hung up")
            parts.append(part)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def end(self, sleep: Callable[[float], Any]) -> None:
        """It ends by itself when the wire is closed; one that doesn't is killed."""
        self.is_over = True
        self._wire.close()
        left = FAREWELL_SECONDS
        while self.spawned.poll() is None and left > 0:
            sleep(LOOK_SECONDS)
            left -= LOOK_SECONDS
        with suppress(ProcessLookupError):
            self.spawned.kill()
        self.spawned.wait()


class ForecastProcesses:
    """So many processes at most, shared by all who ask: begun with the first user, ended with the last."""

    def __init__(self, most: int = 1) -> None:
        self._running: list[Process | None] = [None] * most
        self._halls: list[str] = []
        self._one_begins = threading.Lock()
        """A process takes a moment to begin, in which others ask for it, too."""


    def join(self, hall: str) -> Process:
        """The process of this hall, one that is over replaced by a new one."""
        with self._one_begins:
            at = self._place(hall)
            process = self._running[at]
            if process is None or process.is_over:
                process = self._running[at] = Process()
            process.users += 1
            return process

    def leave(self, process: Process, sleep: Callable[[float], Any]) -> None:
        process.users -= 1
        if process.users == 0:
            self._running = [None if each is process else each for each in self._running]
            process.end(sleep)

    def _place(self, hall: str) -> int:
        """Halls are dealt out in the order in which they come, and stay where they are."""
        if hall not in self._halls:
            self._halls.append(hall)
        return self._halls.index(hall) % len(self._running)


class Forecaster:
    """One hall's way to the process that plays it forward."""

    def __init__(self, built: Built) -> None:
        self._built, self._hall = built, built.house.hall.id
        self._processes = built.forecasts or ForecastProcesses()
        self._process: Process | None = None

    @property
    def process(self) -> int | None:
        return self._process.spawned.pid if self._process else None

    @contextmanager
    def started(self) -> Iterator[None]:
        """A process as long as this lasts."""
        process = self._process = self._processes.join(self._hall)
        try:
            yield
        finally:
            self._process = None
            self._processes.leave(process, self._built.sockets.sleep)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else asks meanwhile; what is told was drawn when it could be told."""
        with self._process.turn if self._process else nullcontext():
            yield

    def ask(self, line: bytes) -> Json:
        """The answer to one message; raises Ended. To be asked in a turn."""
        if self._process is None:
            raise Ended("there is none")
        return self._process.ask(line)

    def warm(self) -> None:
        """See Process.warm."""
        if self._process is not None:
            self._process.warm()

    def line_of(self, message: Json) -> bytes:
        """A message as it goes over the wire: whose it is stands last."""
        return json.dumps({**message, "hall": self._hall}, separators=(",", ":")).encode() + b"\n"


def spawned(wire: int) -> subprocess.Popen[bytes]:
    """A process of its own, apart from the terminal, on one core."""
    one_core = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return subprocess.Popen(
        [sys.executable, "-m", "forecast.worker", str(wire), str(os.getpid())],
        cwd=ROOT, env=os.environ | one_core, pass_fds=[wire], start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
