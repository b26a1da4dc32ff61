"""A server that is asked to stop answers whoever has asked, and ends; nobody is lost, on any engine."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.wsgi import ClosingIterator

from tests.api.test_engines import hall_file
from tests.running import PATIENCE, Json, first_words, running_hall, start, wait_until
from web.closing import LAST_SECONDS, Gate

ENGINES = ["eventlet", "gevent", "threading"]
OPEN_AT = re.compile(r"(http://localhost:\d+)/")
TAKE = b'{"service": "id-card"}'


class SlowPress:
    """A kiosk behind a line so slow that its press is under way for as long as we like."""

    def __init__(self, url: str) -> None:
        at = urlsplit(url)
        self._line = socket.create_connection((at.hostname, at.port), PATIENCE)
        head = f"POST /api/v1/tickets HTTP/1.1\r\nHost: {at.netloc}\r\nIdempotency-Key: slow-{id(self)}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(TAKE)}\r\n\r\n"
        self._line.sendall(head.encode() + TAKE[:5])

    def goes_on(self) -> Json:
        """The rest of its words, and the whole answer."""
        self._line.sendall(TAKE[5:])
        head, _, body = self._everything().partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 201"), head
        answer: Json = json.loads(body)
        return answer

    def _everything(self) -> bytes:
        """Until the server hangs up."""
        said = b""
        while more := self._line.recv(65536):
            said += more
        return said

    def close(self) -> None:
        self._line.close()


def under_way(url: str) -> float:
    """How many requests the server is answering, this one included.

    Read until the server hangs up: only then is this one over, and doesn't count when it is asked again.
    """
    at, said = urlsplit(url), b""
    with socket.create_connection((at.hostname, at.port), PATIENCE) as line:
        line.sendall(f"GET /metrics HTTP/1.1\r\nHost: {at.netloc}\r\nConnection: close\r\n\r\n".encode())
        while more := line.recv(65536):
            said += more
    return float(said.partition(b"\nhall_requests_under_way ")[2].partition(b"\n")[0])


def is_refused(url: str) -> bool:
    """Whether the door is shut; who comes while it is being shut is reset instead, and looks again."""
    at = urlsplit(url)
    try:
        socket.create_connection((at.hostname, at.port), 1).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        return False
    return False


@pytest.mark.parametrize("engine", ENGINES)
def test_a_press_under_way_is_finished_and_nobody_new_comes_in(tmp_path: Path, engine: str) -> None:
    with running_hall(tmp_path / "data", hall_file(tmp_path, engine)) as hall, ExitStack() as stack:
        process, monitor = hall.process, hall.somebody()
        assert monitor.get("/readyz") == {"status": "ready"}
        board = hall.screen(screen="board", area="main")
        press = stack.enter_context(closing(SlowPress(hall.url)))
        wait_until(lambda: under_way(hall.url) == 2, "the press to be inside")
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: is_refused(hall.url), "the shut door")
        if engine != "threading":  # which keeps no connection open between two requests
            told = monitor.session.get(f"{hall.url}/readyz", timeout=5)
            assert (told.status_code, told.json()) == (503, {"status": "leaving"})
        taken = press.goes_on()
        assert process.wait(PATIENCE) == 0
        assert time.monotonic() - began < 6
        wait_until(lambda: not board.client.connected, "the board to notice")
    with running_hall(tmp_path / "data", hall_file(tmp_path, engine)) as again:
        following = again.somebody().take()
    numbers = [each["ticket"]["number"] for each in (taken, following)]
    assert numbers == ["A001", "A002"]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_asks_twice_doesnt_wait(tmp_path: Path, engine: str) -> None:
    with start(tmp_path / "data", hall_file(tmp_path, engine)) as process, ExitStack() as stack:
        stack.callback(process.kill)  # or a failure here would wait for a server that nobody stops
        url = OPEN_AT.search(first_words(process))
        assert url
        with closing(SlowPress(url[1])):
            wait_until(lambda: under_way(url[1]) == 2, "the press to be inside")
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: is_refused(url[1]), "the shut door")
            assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 128 + signal.SIGTERM
        assert process.communicate()[0] == ""


def test_who_never_stops_asking_is_sent_elsewhere_before_nothing_is_kept_any_more() -> None:
    gate, told, over = Gate(), list[str](), threading.Event()

    def app(environ, start_response):
        start_response("201 CREATED", [])
        return []

    def ask():
        press = {"REQUEST_METHOD": "POST", "PATH_INFO": "/"}
        with closing(ClosingIterator(gate.around(app)(press, lambda line, _: told.append(line)))):
            pass

    def ask_for_ever():
        while not over.is_set():
            ask()
            over.wait(0.001)

    crowd = threading.Thread(target=ask_for_ever)
    crowd.start()
    try:
        assert gate.leave(LAST_SECONDS + 0.5)
        answered, asked = told.count("201 CREATED"), len(told)
        wait_until(lambda: len(told) > asked + 3, "more of them")
    finally:
        over.set()
        crowd.join(PATIENCE)
    assert 0 < told.count("201 CREATED") == answered
    assert told[-1] == "502 Bad Gateway"
