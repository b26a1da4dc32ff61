"""What no request may do, and what every answer tells the browser."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.api.test_engines import hall_file
from tests.running import RunningHall, fresh_key, running_hall

ELSEWHERE = "https://elsewhere.example"


@pytest.mark.parametrize("path", ["/", "/api/v1/hall", "/healthz", "/nowhere", "/static/shared/hall.css"])
def test_every_answer_carries_the_headers(server: RunningHall, path: str) -> None:
    headers = server.somebody().session.get(server.url + path, timeout=10).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers", [{"Origin": ELSEWHERE}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_sites_page_changes_nothing(server: RunningHall, headers: dict[str, str]) -> None:
    person = server.administrator()
    response = person.send("/api/v1/windows/1/sit", {}, headers | {"Idempotency-Key": fresh_key()})
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


def test_the_halls_own_pages_may(server: RunningHall) -> None:
    headers = {"Origin": server.url, "Sec-Fetch-Site": "same-origin", "Idempotency-Key": fresh_key()}
    assert server.somebody().send("/api/v1/tickets", {"service": "id-card"}, headers).status_code == 201


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://localhost:1"])
def test_another_sites_page_opens_no_socket(server: RunningHall, origin: str) -> None:
    address = f"ws{server.url[4:]}/socket.io/?EIO=4&transport=websocket"
    with pytest.raises(InvalidStatus):
        connect(address, origin=Origin(origin), proxy=None)
    with connect(address, origin=Origin(server.url), proxy=None) as wire:
        assert str(wire.recv(10)).startswith("0")


def test_polling_is_off(server: RunningHall) -> None:
    response = server.somebody().session.get(
        f"{server.url}/socket.io/", params={"EIO": "4", "transport": "polling"}, timeout=10
    )
    assert response.status_code == 400


def test_a_forged_link_opens_no_ticket(server: RunningHall) -> None:
    kiosk = server.somebody()
    link = kiosk.take("id-card")["link"]
    forged = link[:-5] + ("A" if link[-5] != "A" else "B") + link[-4:]
    assert kiosk.session.get(f"{server.url}/api/v1{link}", timeout=10).status_code == 200
    assert kiosk.session.get(f"{server.url}/api/v1{forged}", timeout=10).status_code == 404


def test_staff_screens_stay_closed_on_the_halls_own_machine(server: RunningHall) -> None:
    screen = server.screen(screen="terminal", window="1")
    assert screen.joined["ok"] is False and screen.joined["problem"]["code"] == "not_signed_in"


def test_nobody_presses_without_signing_in(server: RunningHall) -> None:
    response = server.somebody().send("/api/v1/windows/1/call_next", {}, {"Idempotency-Key": fresh_key()})
    assert (response.status_code, response.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("engine", ["eventlet", "gevent", "threading"])
def test_a_body_in_chunks_presses_nothing(tmp_path: Path, engine: str) -> None:
    with running_hall(tmp_path / "data", hall_file(tmp_path, engine)) as hall:
        li = hall.clerk("li")
        headers = {"Idempotency-Key": fresh_key()}
        chunks = iter([b'{"service"', b': "id-card"}'])
        refused = li.session.post(f"{hall.url}/api/v1/tickets", data=chunks, headers=headers, timeout=10)
        assert (refused.status_code, refused.json()["code"]) == (411, "length_required")
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert li.take("id-card")["ticket"]["number"].endswith("1")


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//", "[", ""])
def test_an_origin_that_is_no_address_changes_nothing(server: RunningHall, origin: str) -> None:
    headers = {"Origin": origin, "Idempotency-Key": fresh_key()}
    response = server.somebody().send("/api/v1/tickets", {"service": "id-card"}, headers)
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


def test_what_the_hall_keeps_is_its_owners_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_hall(data) as hall:
        hall.administrator()
        assert modes(data) == {0o600} and stat.S_IMODE(data.stat().st_mode) == 0o700
    for file in data.glob("hall.db*"):
        file.chmod(0o644)
    with running_hall(data):
        assert modes(data) == {0o600}


def modes(folder: Path) -> set[int]:
    """Those of every file below; folders below are the owner's by the one above."""
    return {stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_file()}
