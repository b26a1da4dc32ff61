"""Long polling is off unless the hall says otherwise; then screens hear what others hear and say no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.running import PATIENCE, SMALL, InOrder, RunningHall, running_hall, wait_until
from web.pace import AT_ONCE

EACH = 8
"""Packets in one request; the transport takes sixteen."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("polling")
    file = folder / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + "\n[server]\npolling = true\n", "utf-8")
    with running_hall(folder / "data", file) as opened:
        yield opened


WAY = "/socket.io/?EIO=4&transport=polling"


def test_a_hall_that_says_nothing_of_it_refuses_it(server: RunningHall) -> None:
    assert requests.get(f"{server.url}{WAY}", timeout=PATIENCE).status_code == 400
    assert "data-polling" not in requests.get(f"{server.url}/kiosk", timeout=PATIENCE).text


def test_a_hall_that_offers_it_tells_its_pages(hall: RunningHall) -> None:
    assert "data-polling" in requests.get(f"{hall.url}/kiosk", timeout=PATIENCE).text


@pytest.mark.parametrize("transports", [["polling"], ["polling", "websocket"]])
def test_a_polling_board_hears_every_number(hall: RunningHall, transports: list[str]) -> None:
    heard: list[int] = []
    board = InOrder(reconnection=False)
    board.on("events", lambda told: heard.extend(event["seq"] for event in told["events"]))
    board.connect(hall.url, transports=transports, wait_timeout=PATIENCE)
    assert board.transport() == transports[-1]
    seq = board.call("join", {"screen": "board"}, timeout=PATIENCE)["seq"]
    kiosk = hall.somebody()
    taken = [kiosk.take("id-card")["seq"] for _ in range(5)]
    wait_until(lambda: heard[-1:] == taken[-1:])
    assert heard == list(range(seq + 1, taken[-1] + 1))
    board.disconnect()


def test_who_polls_too_much_is_hung_up_on(hall: RunningHall) -> None:
    way = f"{hall.url}{WAY}"
    with requests.Session() as session:
        sid = session.get(way, timeout=PATIENCE).text.split('"')[3]
        said = "\x1e".join(["40"] * EACH)
        answers = [
            session.post(f"{way}&sid={sid}", data=said, timeout=PATIENCE).status_code
            for _ in range(2 * int(AT_ONCE) // EACH)
        ]
    assert answers[0] == 200
    assert answers[-1] == 400
