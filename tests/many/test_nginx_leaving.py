"""nginx before a process that is leaving: what that one takes no more is asked of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from werkzeug.serving import BaseWSGIServer, make_server

from tests.many.test_nginx import FOR_A_CITY, FOR_A_HALL, nginx
from web.closing import Gate

ASKED = 24
LONG = 30_000
"""Bytes of a head, such as of one that sends somebody back to the longest address that may be asked for."""


class Half:
    """One of two processes: the gate that real ones have, and little behind it."""

    def __init__(self) -> None:
        self.gate, self.asked = Gate(), list[str]()
        app = self.gate.around(self._answer)
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True)
        self.port = self._server.port

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ["REQUEST_METHOD"])
        status = "503 Service Unavailable" if environ["PATH_INFO"] == "/refused" else "200 OK"
        more = [("X-Long", "x" * LONG)] if environ["PATH_INFO"] == "/long" else []
        start_response(status, [("Content-Length", "0"), *more])
        return []

    @contextmanager
    def serving(self) -> Iterator[Half]:
        thread = Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


@pytest.fixture(params=[FOR_A_HALL, FOR_A_CITY], ids=["hall", "city"])
def halves(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Half, Half, str]]:
    with ExitStack() as stack:
        leaving, staying = (stack.enter_context(Half().serving()) for _ in range(2))
        front = stack.enter_context(nginx(tmp_path, [leaving, staying], request.param))
        yield leaving, staying, front.plain


def as_browser(url: str, number: int) -> int:
    """Each of its own session: before one hall, some ask the one process first and some the other."""
    method = "POST" if number % 2 else "GET"
    known = {"Cookie": f"device=browser-{number}"}
    return requests.request(method, url, headers=known, timeout=10).status_code


def test_who_comes_while_a_process_leaves_is_served_by_the_other(halves: tuple[Half, Half, str]) -> None:
    leaving, staying, url = halves
    assert leaving.gate.leave()
    assert [as_browser(url, number) for number in range(ASKED)] == [200] * ASKED
    assert (leaving.asked, len(staying.asked)) == ([], ASKED)


def test_a_long_head_takes_no_process_away(halves: tuple[Half, Half, str]) -> None:
    _, _, url = halves
    assert [as_browser(f"{url}/long", number) for number in range(ASKED)] == [200] * ASKED


def test_what_cant_be_kept_is_asked_of_one_process_only(halves: tuple[Half, Half, str]) -> None:
    first, second, url = halves
    assert [as_browser(f"{url}/refused", number) for number in range(ASKED)] == [503] * ASKED
    assert len(first.asked) + len(second.asked) == ASKED
