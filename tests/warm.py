"""Servers that needn't load the program first: a process that has loaded it forks one whenever a test asks.

A forked server is a process of its own that serves,
is killed and leaves like any other; starting itself is tested with servers that load everything.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from subprocess import TimeoutExpired
from typing import IO, Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
OF_THE_TEST = "PYTEST_CURRENT_TEST"
"""The one variable that every test changes."""


class Warm:
    """The process that forks, and what it was asked."""

    def __init__(self) -> None:
        self.environment, self._turn = environment(), threading.Lock()
        self._wire, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "tests.warm_process", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
        atexit.register(self.close)

    def becomes(self, words: Sequence[str], said: int) -> int:
        """A new process of the program with these words, which speaks into that file; its number."""
        return self._asked({"words": list(words)}, [said])

    def outcome(self, pid: int) -> int:
        """How that process ended, as `Popen.returncode` says it."""
        return self._asked({"ended": pid}, [])

    def _asked(self, wish: dict[str, Any], files: list[int]) -> int:
        with self._turn:
            socket.send_fds(self._wire, [json.dumps(wish).encode()], files)
            answer = self._wire.recv(64)
        assert answer, "the process that forks is gone"
        return int(answer)

    def close(self) -> None:
        self._wire.close()
        self._process.wait()


class Forked:
    """One forked server, with what the tests use of `subprocess.Popen`."""

    def __init__(self, warm: Warm, words: Sequence[str], said: IO[str] | None) -> None:
        self._warm = warm
        self.stdout: IO[str] | None = None
        self.returncode: int | None = None
        if said is not None:
            self.pid = warm.becomes(words, said.fileno())
        else:
            reader, writer = os.pipe()
            self.pid = warm.becomes(words, writer)
            os.close(writer)
            self.stdout = os.fdopen(reader, encoding="utf-8")
        self._ended = os.pidfd_open(self.pid)

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *trouble: object) -> None:
        if self.stdout:
            self.stdout.close()
        self.wait()

    def poll(self) -> int | None:
        return self._looked(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._looked(timeout)
        if code is None:
            raise TimeoutExpired("a forked server", timeout or 0)
        return code

    def _looked(self, seconds: float | None) -> int | None:
        if self.returncode is None and ready(self._ended, seconds):
            self.returncode = self._warm.outcome(self.pid)
            os.close(self._ended)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._ended, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """The rest of what it says until it ends."""
        until = None if timeout is None else time.monotonic() + timeout
        said = b"".join(self._pieces(until)).decode()
        self.wait(left(until))
        return said, None

    def _pieces(self, until: float | None) -> Iterator[bytes]:
        if self.stdout is None or self.stdout.closed:
            return
        with self.stdout:
            while ready(self.stdout.fileno(), left(until)):
                piece = os.read(self.stdout.fileno(), 32768)
                if not piece:
                    return
                yield piece
        raise TimeoutExpired("a forked server", 0)


def ready(file: int, seconds: float | None) -> bool:
    """Whether it has something to read, or its end, within that time."""
    looking = select.poll()
    looking.register(file, select.POLLIN)
    return bool(looking.poll(None if seconds is None else seconds * 1000))


def left(until: float | None) -> float | None:
    return None if until is None else max(0.0, until - time.monotonic())


def served(hall: Path, words: Sequence[str], said: IO[str] | None = None) -> Server:
    """`app.py serve --hall …` with more words; what it says comes out of one pipe, or into that file."""
    words = ["serve", "--hall", str(hall), *words]
    if is_usual(hall) and warm().environment == environment():
        return Forked(warm(), words, said)
    return subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), *words],
        cwd=ROOT, stdout=said or subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def is_usual(hall: Path) -> bool:
    """Whether it names no engine: the others are loaded otherwise."""
    file = hall / "city.toml" if hall.is_dir() else hall
    return "engine" not in tomllib.loads(file.read_text("utf-8")).get("server", {})


@cache
def warm() -> Warm:
    return Warm()


def environment() -> dict[str, str]:
    """What a process started now would find."""
    return {name: value for name, value in os.environ.items() if name != OF_THE_TEST}


Server: TypeAlias = "subprocess.Popen[str] | Forked"
