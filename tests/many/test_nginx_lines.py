"""What the lines of nginx's files are there for, before two servers that write down what they get."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.many.test_nginx import CHALLENGES, FOR_A_CITY, FOR_A_HALL, Front, nginx
from tests.running import PATIENCE, wait_until

NAMES = {
    FOR_A_HALL: ("staff", "device", "hall.example.org"),
    FOR_A_CITY: ("staff-x", "device-y_z-1", "a.city.example.org"),
}
"""Each file's cookies, and a name that it serves."""

MEGABYTE = 1024 * 1024


@dataclass
class Upstream:
    """A server in a process's place: keeps what it was asked, and answers, hangs up or waits."""

    port: int = 0
    asked: list[tuple[str, str, Message]] = field(default_factory=list)
    lines: int = 0
    hangs_up: bool = False
    go_on: Event = field(default_factory=Event)

    @contextmanager
    def open(self) -> Iterator[Upstream]:
        server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        self.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                upstream.lines += 1

            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                upstream.asked.append((self.request_version, self.path, self.headers))
                if upstream.hangs_up:
                    self.close_connection = True
                elif "slow" in self.path:
                    self._slowly()
                else:
                    self._answer(str(upstream.port).encode())

            do_POST = do_GET

            def _answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _slowly(self) -> None:
                """The first half at once, the rest when somebody has read it."""
                self.send_response(200)
                self.send_header("Content-Length", "10")
                self.end_headers()
                self.wfile.write(b"first")
                self.wfile.flush()
                upstream.go_on.wait(PATIENCE)
                self.wfile.write(b"later")

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


@dataclass
class Pair:
    """nginx before two of them, by one of the files."""

    front: Front
    two: tuple[Upstream, Upstream]
    folder: Path
    cookies: tuple[str, str]
    name: str

    def get(self, path: str = "/", **headers: str) -> requests.Response:
        return requests.get(f"{self.front.plain}{path}", headers=headers, timeout=PATIENCE)

    def at(self, cookie: str) -> int:
        """Which of the two a browser with that cookie is sent to."""
        return int(self.get(Cookie=cookie).text)

    def cookie_for(self, upstream: Upstream) -> str:
        return next(c for n in count() if self.at(c := f"{self.cookies[0]}=s{n}") == upstream.port)

    def last(self) -> tuple[str, str, Message]:
        return max((each.asked for each in self.two), key=len)[-1]

    def forget(self) -> None:
        for each in self.two:
            each.asked.clear()


@pytest.fixture(scope="module", params=NAMES, ids=lambda file: file.stem)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder, (staff, device, name) = tmp_path_factory.mktemp("lines"), NAMES[request.param]
    with (
        Upstream().open() as one,
        Upstream().open() as other,
        nginx(folder, [one, other], request.param, "root") as front,  # so that it may write below /tmp
    ):
        yield Pair(front, (one, other), folder, (staff, device), name)


@pytest.fixture(autouse=True)
def nothing_asked(pair: Pair) -> None:
    pair.forget()


def test_a_process_learns_who_asks_for_which_name_and_how(pair: Pair) -> None:
    claims = {
        "X-Request-Id": "chosen",
        "Host": pair.name,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
    }
    pair.get("/x?a=b%20c", **claims, **{"X-Forwarded-For": "192.0.2.7"})
    version, path, told = pair.last()
    assert (version, path, told["Host"], told["X-Forwarded-Host"]) == (
        "HTTP/1.1",
        "/x?a=b%20c",
        pair.name,
        pair.name,
    )
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("192.0.2.7, 127.0.0.1", "http")
    assert (told["Upgrade"], told["Connection"]) == (None, None)
    assert re.fullmatch("[0-9a-f]{32}", told["X-Request-Id"])
    pair.get("/socket.io/?transport=websocket", Connection="Upgrade", Upgrade="websocket")
    assert (pair.last()[2]["Upgrade"], pair.last()[2]["Connection"]) == ("websocket", "upgrade")
    requests.get(f"{pair.front.tls}/", verify=str(pair.front.certificate), timeout=PATIENCE)
    assert pair.last()[2]["X-Forwarded-Proto"] == "https"


def test_each_core_has_a_worker(pair: Pair) -> None:
    master = (pair.folder / "nginx.pid").read_text("utf-8").strip()
    asked = ["ps", "--no-headers", "-o", "args", "--ppid", master]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert said.count("worker process") == os.cpu_count()


def test_lines_to_the_processes_are_used_again(pair: Pair) -> None:
    headers = {"Cookie": pair.cookie_for(pair.two[0])}
    before = pair.two[0].lines
    with requests.Session() as one_line:  # so that one worker of nginx's has them all
        for n in range(6):
            assert (
                one_line.get(f"{pair.front.plain}/{n}", headers=headers, timeout=PATIENCE).status_code == 200
            )
    assert len(pair.two[0].asked) >= 6 and pair.two[0].lines - before <= 1


def test_browsers_of_one_address_are_told_apart_by_the_cookies_of_people_and_screens(pair: Pair) -> None:
    for cookie in pair.cookies:
        for shape in (f"{cookie}={{}}", f"__Host-{cookie}={{}}", f"lang=en; {cookie}={{}}; more=1"):
            assert any(pair.at(shape.format(f"v{n}")) == pair.two[0].port for n in range(40))
            assert any(pair.at(shape.format(f"v{n}")) == pair.two[1].port for n in range(40))
            assert len({pair.at(shape.format("same")) for _ in range(4)}) == 1
    others = ("no{}=v{}", "{}no=v{}")
    assert {
        len({pair.at(o.format(pair.cookies[0].partition("-")[0], n)) for n in range(12)}) for o in others
    } == {1}


def test_a_press_that_a_dying_process_swallowed_is_asked_of_the_other(pair: Pair) -> None:
    dying, other = pair.two
    cookie = pair.cookie_for(dying)
    pair.forget()
    dying.hangs_up = True
    try:
        said = requests.post(f"{pair.front.plain}/p", headers={"Cookie": cookie}, data="x", timeout=PATIENCE)
        assert (said.status_code, int(said.text)) == (200, other.port)
        assert [len(each.asked) for each in pair.two] == [1, 1]
        assert [pair.at(cookie) for _ in range(6)] == 6 * [other.port]
        assert len(dying.asked) == 1, "all workers leave it out for a moment"
    finally:
        dying.hangs_up = False
    wait_until(lambda: pair.at(cookie) == dying.port, "the browser's return to its process", 6.0)


def test_what_sockets_say_isnt_gathered(pair: Pair) -> None:
    host, port = urlsplit(pair.front.plain).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(b"GET /socket.io/slow?transport=websocket HTTP/1.1\r\nHost: x\r\n\r\n")
        got = b""
        while not got.endswith(b"first"):
            more = line.recv(4096)
            assert more
            got += more
        for each in pair.two:
            each.go_on.set()
        assert line.recv(5) == b"later"


def test_evidence_gets_through_and_what_no_hall_takes_is_stopped(pair: Pair) -> None:
    large = requests.post(f"{pair.front.plain}/x", data=bytes(24 * MEGABYTE), timeout=PATIENCE)
    assert large.status_code == 200
    pair.forget()
    try:
        larger = requests.post(f"{pair.front.plain}/x", data=bytes(26 * MEGABYTE), timeout=PATIENCE)
        assert larger.status_code == 413
    except requests.ConnectionError:
        pass  # it hung up before all was sent
    assert [each.asked for each in pair.two] == [[], []]


def test_nginx_says_no_version_and_writes_no_address_down(pair: Pair) -> None:
    answer = pair.get("/t/secret-link")
    assert answer.headers["Server"] == "nginx" and answer.status_code == 200
    assert not [file for file in pair.folder.rglob("*.log") if "secret-link" in file.read_text("utf-8")]


def test_without_tls_one_is_sent_to_the_same_page_and_the_certificate_can_be_renewed(pair: Pair) -> None:
    sent = requests.get(
        f"{pair.front.old}/a/b?c=d", headers={"Host": pair.name}, timeout=PATIENCE, allow_redirects=False
    )
    assert (sent.status_code, sent.headers["Location"]) == (308, f"https://{pair.name}/a/b?c=d")
    asked = Path(".well-known/acme-challenge/token")
    (pair.folder / CHALLENGES / asked.parent).mkdir(parents=True, exist_ok=True)
    (pair.folder / CHALLENGES / asked).write_text("proof", "utf-8")
    found = requests.get(f"{pair.front.old}/{asked}", timeout=PATIENCE, allow_redirects=False)
    assert (found.status_code, found.text) == (200, "proof")
    assert found.headers["Content-Type"] == "application/octet-stream"


def test_tls_is_of_today_and_sessions_are_taken_up_again(pair: Pair) -> None:
    speaks = ssl.create_default_context(cafile=str(pair.front.certificate))
    assert shaken(speaks, pair)[0] == "TLSv1.3"
    speaks.maximum_version = ssl.TLSVersion.TLSv1_2
    speaks.options |= ssl.OP_NO_TICKET  # so that nginx itself has to remember
    version, session, _ = shaken(speaks, pair)
    assert version == "TLSv1.2" and shaken(speaks, pair, session)[2]


def shaken(speaks: ssl.SSLContext, pair: Pair, session: ssl.SSLSession | None = None) -> tuple[Any, Any, Any]:
    port = urlsplit(pair.front.tls).port
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as line,
        speaks.wrap_socket(line, server_hostname="localhost", session=session) as safe,
    ):
        return safe.version(), safe.session, safe.session_reused
