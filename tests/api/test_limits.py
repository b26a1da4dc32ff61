"""Connections that say nothing, and more of them than the system can hold: the hall goes on."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from queueing.house import Server
from queueing.limit_rules import DoorRules
from settings import load_house
from tests import running
from tests.api.wire import wire
from tests.running import MORNING, ROOT, SMALL, RunningHall, running_hall, wait_until
from web import limits

SILENT_SECONDS = 1.5
FILES = 96
FEW = 5
NEIGHBOUR, ANOTHER = "127.0.0.2", "127.0.0.3"

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
    def start(
        data: Path | None, hall: Path = SMALL, clock: str | None = MORNING, speed: float = 1.0
    ) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", IMPATIENT, *more, "serve", "--port", "0", "--hall", str(hall)]
        command += ["--data", str(data), "--clock", str(clock), "--speed", str(speed)]
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


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[RunningHall]:
    """Lets few connections in from one address."""
    file = tmp_path / "narrow.toml"
    file.write_text(f"{SMALL.read_text('utf-8')}\n[doors]\nconnections_per_address = {FEW}\n", "utf-8")
    with running_hall(tmp_path / "data", file) as hall:
        yield hall


def called(hall: RunningHall, source: str = "") -> socket.socket:
    """A connection on which nothing has been said yet."""
    at = urlsplit(hall.url)
    place, patience = (at.hostname or "", at.port or 0), 4 * SILENT_SECONDS
    return socket.create_connection(place, patience, source_address=(source, 0) if source else None)


def is_heard(caller: socket.socket) -> bool:
    """Whether the hall answers on this connection, or has closed it."""
    try:
        caller.sendall(b"HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return caller.recv(1000).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


@pytest.mark.parametrize("said", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: loc"])
def test_who_says_nothing_more_is_hung_up_on(hurried: RunningHall, said: bytes) -> None:
    with closing(called(hurried)) as silent:
        silent.sendall(said)
        assert silent.recv(1) == b""


def test_a_line_is_kept_while_it_asks_and_hung_up_on_when_it_has_said_enough(hurried: RunningHall) -> None:
    """The clock of a kept connection runs from its last request, not from its first."""
    look = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with closing(called(hurried)) as caller:
        for _ in range(3):
            caller.sendall(look)
            assert caller.recv(1000).startswith(b"HTTP/1.1 200")
            time.sleep(SILENT_SECONDS * 0.6)
        began = time.monotonic()
        assert caller.recv(1) == b""
        assert time.monotonic() - began < SILENT_SECONDS


def test_who_owes_a_body_is_hung_up_on(hurried: RunningHall) -> None:
    with closing(called(hurried)) as silent:
        silent.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: k\r\n")
        silent.sendall(b"Content-Length: 20\r\n\r\n{")
        while silent.recv(1000):
            pass


def test_who_was_too_slow_has_no_more_time_for_the_rest() -> None:
    given: list[float] = []

    @contextmanager
    def timeout(seconds: float, error: Exception) -> Iterator[None]:
        given.append(seconds)
        time.sleep(seconds)
        yield
        raise error

    body = SimpleNamespace(read=lambda: b"")
    limits.read_in_time(body, 0.02, timeout)
    for _ in range(3):
        with pytest.raises(ConnectionAbortedError):
            body.read()
    assert given == [0.02, 0.0, 0.0]


def files_of(hall: RunningHall) -> int:
    """How many files the server has open."""
    return len(list(Path(f"/proc/{hall.process.pid}/fd").iterdir()))


def test_who_breaks_off_in_the_middle_of_an_answer_leaves_no_file_open(narrow: RunningHall) -> None:
    font = next((ROOT / "static").rglob("*.woff2")).relative_to(ROOT)
    look = f"GET /{font} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    before = files_of(narrow)
    for _ in range(40):
        caller = called(narrow)
        caller.sendall(look * 60)
        assert caller.recv(1000).startswith(b"HTTP/1.1 200")
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        caller.close()
    wait_until(lambda: files_of(narrow) <= before + 5, "the lines that were cut to be let go")


@pytest.mark.parametrize("host", ["a..b", f"{'x' * 70}.org", ".", "a b"])
def test_a_host_that_no_name_can_be_breaks_nothing(narrow: RunningHall, host: str) -> None:
    with closing(called(narrow)) as caller:
        caller.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert caller.recv(1000).startswith((b"HTTP/1.1 200", b"HTTP/1.1 400"))


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


def test_one_address_takes_its_share_of_the_connections_and_no_more(narrow: RunningHall) -> None:
    with ExitStack() as crowd:
        callers = [crowd.enter_context(closing(called(narrow, NEIGHBOUR))) for _ in range(4 * FEW)]
        assert [is_heard(caller) for caller in callers] == [True] * FEW + [False] * 3 * FEW
        for source in (ANOTHER, *[""] * 2 * FEW):
            assert is_heard(crowd.enter_context(closing(called(narrow, source))))
        assert [is_heard(caller) for caller in callers[:FEW]] == [True] * FEW


def test_who_goes_makes_room_for_the_next_from_there(narrow: RunningHall) -> None:
    for _ in range(3):
        with ExitStack() as crowd:

            def is_let_in(crowd: ExitStack = crowd) -> bool:
                return is_heard(crowd.enter_context(closing(called(narrow, NEIGHBOUR))))

            for _ in range(FEW):
                wait_until(is_let_in, "room")
            assert not is_let_in()


@pytest.mark.parametrize(("proxies", "wanted", "most"), [(0, 70, 70), (0, 9000, 500), (1, 70, 500)])
def test_no_address_takes_more_than_half(
    monkeypatch: pytest.MonkeyPatch, proxies: int, wanted: int, most: int
) -> None:
    monkeypatch.setattr(limits, "most_connections", lambda: 1000)
    server, doors = Server(trusted_proxies=proxies), DoorRules(connections_per_address=wanted)
    house = replace(load_house(SMALL), server=server, doors=doors)
    assert limits.of_one_address(house) == most
