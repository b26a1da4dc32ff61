"""A screen that was paired for one place shows that place, and loopback is no more than loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.running import SMALL, Person, RunningHall, running_hall


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """Behind a proxy, so that nobody stands at the hall's own machine."""
    folder = tmp_path_factory.mktemp("far")
    file = folder / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + "\n[server]\ntrusted_proxies = 1\n", "utf-8")
    with running_hall(folder / "data", file) as hall:
        yield hall


def paired(hall: RunningHall, kind: str, place: str) -> Person:
    code = hall.administrator().post("/api/v1/devices/codes", {"kind": kind, "place": place})["code"]
    screen = hall.somebody()
    screen.post("/api/v1/devices/pair", {"code": code})
    return screen


@pytest.mark.parametrize(
    ("kind", "place", "wish", "code"),
    [
        ("pad", "1", {"window": "1"}, None),
        ("pad", "1", {"window": "1", "area": "main"}, None),
        ("pad", "1", {"window": "2", "area": "1"}, "not_allowed"),
        ("panel", "1", {"window": "2", "area": "1"}, "not_allowed"),
        ("board", "main", {"area": "main"}, None),
        ("board", "main", {"area": "upstairs", "window": "main"}, "not_allowed"),
    ],
)
def test_a_place_is_compared_with_its_like(
    far: RunningHall, kind: str, place: str, wish: dict[str, str], code: str | None
) -> None:
    joined = far.screen(paired(far, kind, place), screen=kind, **wish).joined
    assert (joined["problem"]["code"] if code else joined["ok"]) == (code or True)


def asked(hall: RunningHall, *headers: str) -> bytes:
    """The status of the kiosk's page, asked for from this machine."""
    at = urlsplit(hall.url)
    lines = ["GET /kiosk HTTP/1.1", "Connection: close", *headers, "", ""]
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode())
        return b"".join(iter(lambda: line.recv(4096), b"")).split()[1]


def test_the_halls_own_machine_names_it(server: RunningHall) -> None:
    assert asked(server, "Host: localhost") == b"200"
    assert asked(server) != b"200"


@pytest.mark.parametrize(
    "header",
    [
        *("X_Forwarded_For", "X-Original-Forwarded-For", "Forwarded", "X-Forwarded-Whatever"),
        *("X-Cluster-Client-IP", "True-Client-IP", "X_Client_Ip", "X-Client-Address", "CF-Connecting-IP"),
        *("X-Real-IP", "X_Real_IP", "Via"),
    ],
)
def test_what_came_through_a_proxy_isnt_the_halls_own(server: RunningHall, header: str) -> None:
    assert asked(server, "Host: localhost", f"{header}: 127.0.0.1") != b"200"
