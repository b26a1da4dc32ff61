"""What a client says that no client of ours would: it is refused or hung up on, and hears nothing more."""

from __future__ import annotations

import pytest

from tests.api.wire import wire
from tests.running import RunningHall


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
