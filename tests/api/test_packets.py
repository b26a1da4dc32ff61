"""What a client says that no client of ours would: it is refused or hung up on, and hears nothing more."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.api.wire import wire
from tests.running import RunningHall, running_hall
from web import seldom


@pytest.mark.parametrize("word", ["disconnect", "connect"])
def test_pretending_to_be_gone_ends_the_stream(server: RunningHall, word: str) -> None:
    wang = server.clerk("wang")
    with wire(wang) as terminal:
        assert terminal.ask("join", {"screen": "terminal", "window": "3"})["ok"]
        terminal.say(f'42["{word}"]')
        wang.post("/api/v1/session/end")
        server.somebody().take("id-card")
        assert not [packet for packet in terminal.rest() if '"ticket_class"' in packet]
    server._staff.pop("wang")


@pytest.mark.parametrize(
    "packet",
    ['42["connect",1]', "42", "42[]", "42[1]", "42[{}]", "42{", "451-[1]", "44{}", "42" + "[" * 2000],
)
def test_nonsense_ends_the_connection(server: RunningHall, packet: str) -> None:
    with wire(server.somebody()) as socket:
        socket.say(packet)
        socket.rest()
    assert server.somebody().get("/api/v1/hall")


def test_much_nonsense_makes_few_lines(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        for _ in range(30):
            with wire(hall.somebody()) as socket:
                socket.say("42[1]")
                socket.rest()
    told = [line for line in hall.said.splitlines() if "can't be understood" in line]
    assert 1 <= len(told) <= 5, told


def test_a_line_says_how_often_it_was_not_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [1000.0]
    monkeypatch.setattr(seldom, "time", SimpleNamespace(monotonic=lambda: now[0]))
    log = seldom.Seldom(logging.getLogger("seldom"))
    for _ in range(500):
        log.warn("nonsense from %s", "somebody")
        now[0] += 0.1
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0] == "nonsense from somebody (1 since the last such line)"
    assert lines[1] == "nonsense from somebody (200 since the last such line)"
    assert len(lines) == 3
