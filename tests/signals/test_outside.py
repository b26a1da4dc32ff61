"""Machines that the hall asks and that mean harm: none of them holds it for longer than it wants to wait."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.signals.push_service import certificate
from web.outside import NoAnswer, Wish, sent

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
ENOUGH = 1000


@contextmanager
def machine(answers: Callable[[socket.socket], None], trust: ssl.SSLContext | None = None) -> Iterator[str]:
    """Answers one request as it likes, and notices when it is hung up on."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            try:
                wire, _ = door.accept()
                with trust.wrap_socket(wire, server_side=True) if trust else wire as line:
                    line.recv(4096)
                    answers(line)
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"{'https' if trust else 'http'}://127.0.0.1:{door.getsockname()[1]}/x"
        thread.join()


def ask(url: str, seconds: float = 10.0) -> bytes:
    reply = sent(Wish("GET", url, b"", {}, seconds), lambda work: work())
    assert reply.status == 200
    return reply.body


def drip(line: socket.socket) -> None:
    """Never silent for long, and never done in time."""
    silence = threading.Event()
    for each in FINE:
        line.sendall(bytes([each]))
        silence.wait(0.03)


def test_one_deadline_is_for_the_whole_exchange() -> None:
    with machine(drip) as url, pytest.raises(NoAnswer, match="TimeoutError"):
        ask(url, 0.5)


def test_a_few_that_say_go_on_are_waited_for_and_many_are_not() -> None:
    with machine(lambda line: line.sendall(GO_ON * 3 + FINE)) as url:
        assert ask(url) == b"{}"
    with machine(lambda line: line.sendall(GO_ON * ENOUGH + FINE)) as url, pytest.raises(NoAnswer):
        ask(url)


def test_an_answer_that_ends_with_the_line_is_read_to_its_end() -> None:
    said = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 16_384
    with machine(lambda line: line.sendall(said)) as url:
        assert ask(url) == b"x" * 16_384
    with machine(lambda line: line.sendall(said + b"x")) as url, pytest.raises(NoAnswer):
        ask(url)


def test_others_go_on_before_each_read_even_when_nothing_has_to_be_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns: list[float] = []
    monkeypatch.setattr("web.wires.time.sleep", turns.append)
    with machine(lambda line: line.sendall(FINE[:-2].replace(b": 2", b": 16000") + b"x" * 16_000)) as url:
        assert len(ask(url)) == 16_000
    assert len(turns) >= 2 and set(turns) == {0}


def test_encrypted_lines_keep_to_the_same_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate(tmp_path), tmp_path / "push.key")
    with machine(lambda line: line.sendall(FINE), trust) as url, pytest.raises(NoAnswer, match="SSLCert"):
        ask(url)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "push.pem"))
    with machine(lambda line: line.sendall(GO_ON + FINE), trust) as url:
        assert ask(url) == b"{}"
    with machine(lambda line: line.sendall(GO_ON * ENOUGH + FINE), trust) as url, pytest.raises(NoAnswer):
        ask(url)
    with machine(drip, trust) as url, pytest.raises(NoAnswer, match="TimeoutError"):
        ask(url, 0.5)


@pytest.mark.parametrize("url", ["http://h:99999/x", "http://[::1/x", "http://a\nb/x", "http:///x"])
def test_an_address_that_is_none_has_no_answer(url: str) -> None:
    with pytest.raises(NoAnswer):
        ask(url)
