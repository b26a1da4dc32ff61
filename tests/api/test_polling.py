"""Long polling is off unless the hall's file says otherwise; then pages are told, and screens get through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
import socketio

from tests.running import PATIENCE, SMALL, RunningHall, running_hall, wait_until

HANDSHAKE = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("polled")
    file = folder / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + "\n[server]\npolling = true\n", "utf-8")
    with running_hall(folder / "data", file) as hall:
        yield hall


def test_a_hall_that_says_nothing_refuses_it(server: RunningHall) -> None:
    assert requests.get(f"{server.url}{HANDSHAKE}", timeout=PATIENCE).status_code == 400
    assert "data-polling" not in requests.get(f"{server.url}/kiosk", timeout=PATIENCE).text


def test_a_hall_that_offers_it_tells_pages_and_serves_screens(polled: RunningHall) -> None:
    assert "data-polling" in requests.get(f"{polled.url}/kiosk", timeout=PATIENCE).text
    heard: list[int] = []
    with socketio.SimpleClient() as client:
        client.connect(polled.url, transports=["polling"], wait_timeout=PATIENCE)
        client.client.on("events", lambda told: heard.extend(event["seq"] for event in told["events"]))
        assert client.client.call("join", {"screen": "board", "area": "main"}, timeout=PATIENCE)["ok"]
        taken = polled.somebody().take()["seq"]
        wait_until(lambda: taken in heard, "the event by polling")
