"""Connections that say nothing, and more of them than the system can hold: the hall goes on."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import running
from tests.api.wire import wire
from tests.running import MORNING, ROOT, SMALL, RunningHall, running_hall, wait_until

SILENT_SECONDS = 1.5
FILES = 96

IMPATIENT = f"""
import resource, sys
from web import limits
limits.SILENT_SECONDS = {SILENT_SECONDS}
if "few" in sys.argv:
    sys.argv.remove("few")
    resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}))
    limits.most_connections = lambda: 10_000
import app
sys.exit(app.main())
"""
"""The same server, in more of a hurry than a real one, and with few files if it is asked to."""


def impatient(*more: str) -> running.Json:
    def start(data: Path | None, hall: Path = SMALL, clock: str | None = MORNING) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", IMPATIENT, *more, "serve", "--port", "0", "--hall", str(hall)]
        command += ["--data", str(data), "--clock", str(clock)]
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    return {"start": start}


@pytest.fixture
def hurried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningHall]:
    monkeypatch.setattr(running, "start", impatient()["start"])
    with running_hall(tmp_path / "data") as hall:
        yield hall


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningHall]:
    """May open fewer files than it lets people in."""
    monkeypatch.setattr(running, "start", impatient("few")["start"])
    with running_hall(tmp_path / "data") as hall:
        yield hall


def called(hall: RunningHall) -> socket.socket:
    """A connection on which nothing has been said yet."""
    at = urlsplit(hall.url)
    return socket.create_connection((at.hostname or "", at.port or 0), timeout=4 * SILENT_SECONDS)


@pytest.mark.parametrize("said", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: loc"])
def test_who_says_nothing_more_is_hung_up_on(hurried: RunningHall, said: bytes) -> None:
    with closing(called(hurried)) as silent:
        silent.sendall(said)
        assert silent.recv(1) == b""


def test_who_owes_a_body_is_hung_up_on(hurried: RunningHall) -> None:
    with closing(called(hurried)) as silent:
        silent.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: k\r\n")
        silent.sendall(b"Content-Length: 20\r\n\r\n{")
        while silent.recv(1000):
            pass


def test_a_socket_that_only_listens_stays(hurried: RunningHall) -> None:
    with wire(hurried.somebody()) as board:
        assert board.ask("join", {"screen": "board"})["ok"]
        for _ in range(4):
            board.hear('42["beat"')
        assert board.ask("catch_up", {"since": 0})["ok"]


def test_more_callers_than_files_leave_the_door_open(crowded: RunningHall) -> None:
    def answers() -> bool:
        return crowded.somebody().session.get(f"{crowded.url}/healthz", timeout=10).status_code == 200

    assert answers()
    with ExitStack() as crowd:
        for _ in range(2 * FILES):
            crowd.enter_context(closing(called(crowded)))
        wait_until(answers, "an answer")
