"""Whatever comes in over a connection, read at a glance or line by line: the app hears the same of it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from tests.api.echo_server import SELDOM
from tests.running import PATIENCE, ROOT
from web.glance import glance

HOST = b"Host: hall.test\r\n"
BODY = b'{"service": "s1"}'
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
GET = b"GET /look HTTP/1.1\r\n" + HOST + b"\r\n"
POST = b"POST /api/v1/tickets HTTP/1.1\r\n" + HOST + LENGTH + b"\r\n" + BODY
DATE = re.compile(rb"Date: [^\r]*\r\n")


def head(*lines: bytes, first: bytes = b"POST /press HTTP/1.1") -> bytes:
    return b"".join(line + b"\r\n" for line in (first, HOST.strip(), *lines)) + b"\r\n"


LONG = LENGTH.strip()
KEYED = head(b"Idempotency-Key: -", LONG)
SAID: dict[str, bytes] = {
    "a look": GET,
    "a press": POST,
    "one after the other": GET + POST + GET,
    "a browser's": head(b"Connection: keep-alive", b"Cookie: a=b", b"Origin: http://hall.test", LONG) + BODY,
    "small letters, no space": b"POST /p HTTP/1.1\r\nhost:hall.test\r\ncontent-length:17\r\n\r\n" + BODY,
    "a type": head(LONG, b"Content-Type: application/json; charset=utf-8") + BODY,
    "a query": GET.replace(b"/look", b"/look?a=1&b=?x"),
    "an empty query": GET.replace(b"/look", b"/look?"),
    "percent signs": GET.replace(b"/look", b"/lo%6Fk?q=%E5%8F%B7"),
    "a fragment": GET.replace(b"/look", b"/look#part"),
    "two slashes": GET.replace(b"/look", b"//look"),
    "a whole address": GET.replace(b"/look", b"http://elsewhere.test/look"),
    "spaces around a value": head(LONG, b"X-Odd:    two  words   ") + BODY,
    "a tab": head(LONG, b"X-Odd:\tword") + BODY,
    "an empty value": head(LONG, b"X-Empty:") + BODY,
    "an underscore": head(LONG, b"Content_Length: 3", b"X_Odd: 1") + BODY,
    "a name with a space": head(LONG, b"X-Odd : 1") + BODY,
    "a folded line": head(LONG, b"X-Odd: 1", b" and more") + BODY,
    "a line that is no header": head(LONG, b"nothing") + BODY,
    "bare line feeds": POST.replace(b"\r\n", b"\n"),
    "one bare line feed": head(LONG, b"X-Odd: 1\nX-Other: 2") + BODY,
    "one bare return": head(LONG, b"X-Odd: 1\rX-Other: 2") + BODY,
    "a letter that is none": head(LONG, b"X-Odd: a\0b") + BODY,
    "letters beyond": head(LONG, b"X-Odd: \xc3\xa4\xff") + BODY,
    "a length twice": head(LONG, LONG) + BODY,
    "two lengths": head(LONG, b"content-length: 3") + BODY + GET,
    "a length in a list": head(b"Content-Length: 17, 17") + BODY,
    "a length with a sign": head(b"Content-Length: +17") + BODY,
    "a negative length": head(b"Content-Length: -1") + GET,
    "a length of nothing": head(b"Content-Length:") + GET,
    "a length with zeros": head(b"Content-Length: 00017") + BODY,
    "an underlined length": head(b"Content-Length: 1_7") + BODY,
    "chunks": head(b"Transfer-Encoding: chunked") + b"4\r\nword\r\n0\r\n\r\n" + GET,
    "chunks and a length": head(b"Transfer-Encoding: chunked", LONG) + b"0\r\n\r\n" + GET,
    "odd chunks": head(b"Transfer-Encoding: xchunked", LONG) + BODY,
    "asking first": head(b"Expect: 100-continue", LONG) + BODY,
    "an upgrade": head(b"Connection: Upgrade", b"Upgrade: h2c", first=b"GET /look HTTP/1.1"),
    "a socket's look": GET.replace(b"/look", b"/socket.io/?EIO=4"),
    "closing": head(b"Connection: close", LONG) + BODY + GET,
    "staying, by a list": head(b"Connection: keep-alive, x", LONG) + BODY + GET,
    "no length": head() + GET,
    "a look with a body": head(LONG, first=b"GET /look HTTP/1.1") + BODY + GET,
    "a body that never ends": head(b"Content-Length: 40") + BODY,
    "a body larger than what is read at once": head(b"Content-Length: 20000") + b"x" * 20_000 + GET,
    "a body nobody reads": POST.replace(b"/api/v1/tickets", b"/unread") + GET,
    "an answer without its length": POST.replace(b"/api/v1/tickets", b"/without-length") + GET,
    **{
        f"an answer: {path}": POST.replace(b"/api/v1/tickets", path.encode()) + GET
        for path in SELDOM
    },
    "an answer in pieces": POST.replace(b"/api/v1/tickets", b"/in-pieces") + GET,
    "an app that breaks": POST.replace(b"/api/v1/tickets", b"/broken") + GET,
    "an old one": GET.replace(b"1.1", b"1.0"),
    "an old one that stays": head(b"Connection: keep-alive", first=b"GET /look HTTP/1.0") + GET,
    "a newer one": GET.replace(b"1.1", b"1.2"),
    "a far newer one": GET.replace(b"1.1", b"3.0"),
    "one of the first": b"GET /look\r\n",
    "only the head": b"HEAD /look HTTP/1.1\r\n" + HOST + b"\r\n" + GET,
    "another method": b"PUT /look HTTP/1.1\r\n" + HOST + LENGTH + b"\r\n" + BODY + GET,
    "a method in small letters": POST.replace(b"POST", b"post"),
    "no host": b"GET /look HTTP/1.1\r\nX-Odd: 1\r\n\r\n",
    "no headers": b"GET /look HTTP/1.1\r\n\r\n",
    "one with a key": head(b"Idempotency-Key: first", LONG) + BODY,
    "alike but for the key": b"".join(head(b"Idempotency-Key: k%d" % n, LONG) + BODY for n in range(3)),
    "alike, with other words": KEYED + BODY + KEYED + BODY[::-1],
    "a key in small letters": head(b"idempotency-key:first", LONG) + BODY + KEYED + BODY,
    "a key of other letters": head(b"Idempotency-Key: a/b c", LONG) + BODY,
    "a key that is empty": head(b"Idempotency-Key: ", LONG) + BODY,
    "a key twice": head(b"Idempotency-Key: a", b"Idempotency-Key: b", LONG) + BODY,
    "a key and an upgrade": head(b"Idempotency-Key: a", b"Upgrade: h2c", LONG) + BODY,
    "two hosts": head(b"Host: other.test", LONG) + BODY,
    "an empty line first": b"\r\n" + GET,
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "half a head": GET[:-9],
    "ninety-nine headers": head(LONG, *(b"X-%d: 1" % n for n in range(97))) + BODY,
    "a hundred": head(LONG, *(b"X-%d: 1" % n for n in range(98))) + BODY,
    "a long header": head(LONG, b"X-Odd: " + b"a" * 7000) + BODY,
    "too long a header": head(LONG, b"X-Odd: " + b"a" * 9000) + BODY,
    "too long an address": GET.replace(b"/look", b"/" + b"a" * 9000),
}  # fmt: skip


CUT_OFF = ("too long a header", "too long an address", "a hundred")
"""The server hangs up before it has read all; what it said may be lost with the line."""


@pytest.fixture(scope="module")
def ports() -> Iterator[tuple[int, int]]:
    """Of the server that glances, and of the one that reads line by line."""
    with closing(socket.socket()) as one, closing(socket.socket()) as other:
        for free in (one, other):
            free.bind(("127.0.0.1", 0))
        found = one.getsockname()[1], other.getsockname()[1]
    command = [sys.executable, "-m", "tests.api.echo_server", *map(str, found)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not all(map(is_open, found)) and time.monotonic() < until:
            time.sleep(0.05)
        yield found
    finally:
        server.kill()
        server.wait()


def is_open(port: int) -> bool:
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port))):
        return True
    return False


def one_to(port: int) -> socket.socket:
    """A connection on which every piece leaves by itself."""
    line = socket.create_connection(("127.0.0.1", port), PATIENCE)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def heard(port: int, *pieces: bytes) -> bytes:
    """All that comes back, until the server hangs up or has nothing more to say."""
    with closing(one_to(port)) as line:
        back = b""
        with suppress(OSError):  # hung up on before all was said
            for piece in pieces:
                line.sendall(piece)
            line.shutdown(socket.SHUT_WR)
            while more := line.recv(65536):
                back += more
    return DATE.sub(b"Date: now\r\n", back)


@pytest.mark.parametrize("name", SAID)
def test_both_readers_hear_the_same(ports: tuple[int, int], name: str) -> None:
    glanced, read = (heard(port, SAID[name]) for port in ports)
    assert (glanced == read) or (name in CUT_OFF and b"200 OK" not in glanced + read)


@pytest.mark.parametrize("cut", [1, 20, len(POST) - len(BODY) - 2, len(POST) - len(BODY), len(POST) - 1])
def test_a_press_in_two_parts(ports: tuple[int, int], cut: int) -> None:
    whole = heard(ports[1], POST + GET)
    assert whole.count(b"200 OK") == 2
    assert heard(ports[0], POST[:cut], POST[cut:] + GET) == whole
    assert heard(ports[0], POST + GET[:cut], GET[cut:]) == whole


PLAIN = (
    *("a look", "a press", "one after the other", "a browser's", "small letters, no space", "a type"),
    *("a query", "an empty query", "a length with zeros", "a body nobody reads"),
    "an answer without its length",
    *(f"an answer: {path}" for path in SELDOM),
    *("an answer in pieces", "an app that breaks", "no host"),
    *("one with a key", "alike but for the key", "alike, with other words", "a key in small letters"),
    *("a key of other letters", "ninety-nine headers", "a long header"),
)


def test_what_is_plain_enough() -> None:
    """All else is the server's own reader's."""
    assert tuple(name for name, said in SAID.items() if glance(said)) == PLAIN


def test_a_body_of_two_lengths_is_refused_and_nothing_after_it_is_heard(ports: tuple[int, int]) -> None:
    said = head(b"Content-Length: 5\r\nContent-Length: 17") + BODY + GET
    for port in ports:
        answer = heard(port, said)
        assert b" 400 " in answer.splitlines()[0] and b"200 OK" not in answer


def test_a_connection_goes_on_after_what_only_the_library_reads(ports: tuple[int, int]) -> None:
    """Plain, not plain, plain again, and the beginning of a next one among what the library has taken."""
    odd = head(b"X-Odd:\tword", LONG) + BODY
    pieces = (GET, odd, POST, odd + GET[:9], GET[9:] + POST[:-3], POST[-3:] + odd + odd + GET)
    whole = heard(ports[1], *pieces)
    assert whole.count(b"200 OK") == 9
    assert heard(ports[0], *pieces) == whole
    with closing(one_to(ports[0])) as line:  # which isn't shut: nothing but what was sent wakes the server
        line.sendall(b"".join(pieces))
        back = b""
        while DATE.sub(b"Date: now\r\n", back) != whole:
            more = line.recv(65536)
            assert more, back
            back += more


def test_whose_next_request_is_always_there_waits_for_others_still(ports: tuple[int, int]) -> None:
    """One asks four times at once, each for a while; another, asking after the first answer, isn't last."""
    with closing(one_to(ports[0])) as eager, closing(one_to(ports[0])) as other:
        other.sendall(GET)
        assert b"200 OK" in other.recv(65536)
        eager.sendall(4 * POST.replace(b"/api/v1/tickets", b"/busy"))
        first = turn(eager)
        other.sendall(POST.replace(b"/api/v1/tickets", b"/turn"))
        assert turn(other) < first + 3


def turn(line: socket.socket) -> int:
    """Which answer it was that came next."""
    back = b""
    while not (found := re.search(rb"turn ([0-9]+)\.", back)):
        back += line.recv(1)
    return int(found[1])


@pytest.mark.parametrize("letter", [b"a", b" ", b"a ", b"a: ", b"a: b\r\n", b"a: b \r\n", b"\r\n", b"%"])
def test_no_nonsense_takes_long(letter: bytes) -> None:
    """As much as is ever looked at, a hundred times: a pattern that tries every way would need hours."""
    nonsense = (b"GET / HTTP/1.1\r\nx: " + letter * 8192)[:8192]
    began = time.process_time()
    for _ in range(100):
        assert glance(nonsense) is None
    assert time.process_time() - began < 5
