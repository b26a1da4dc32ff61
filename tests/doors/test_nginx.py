"""Through a real nginx nobody is taken for a browser on the hall's own machine, however it is set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from websockets.exceptions import InvalidStatus

from tests.doors.asking import joined
from tests.doors.nginx import nginx_before
from tests.running import OWN_PASSWORD, SMALL, RunningHall, running_hall

UPGRADE = (
    "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;"
)
WAYS = {
    "nothing at all": "",
    "newer protocol": "proxy_http_version 1.1;",
    "newer protocol, kept open": "proxy_http_version 1.1; proxy_set_header Connection '';",
    "host passed on": "proxy_http_version 1.1; proxy_set_header Host $http_host;",
    "host invented": "proxy_http_version 1.1; proxy_set_header Host localhost;",
    "host invented, old protocol": "proxy_set_header Host localhost;",
    "sockets, host invented": f"{UPGRADE} proxy_set_header Host localhost;",
    "client's address": "proxy_http_version 1.1; proxy_set_header Host localhost;"
    " proxy_set_header X-Real-IP $remote_addr;",
    "as documented": f"{UPGRADE} proxy_set_header Host $http_host;"
    " proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"
    " proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host;",
    "everything cleared": f"{UPGRADE} proxy_set_header Host localhost; proxy_set_header X-Forwarded-For '';",
}
CLIENTS: dict[str, dict[str, str]] = {
    "as it is": {},
    "says localhost": {"Host": "localhost"},
    "says it was forwarded": {"X-Forwarded-For": "127.0.0.1"},
    "says both": {"Host": "localhost:8000", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"},
}
Proxied = tuple[RunningHall, dict[str, str]]


@pytest.fixture(scope="module")
def untold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    """A hall that was never told of the proxy before it."""
    yield from proxied(tmp_path_factory.mktemp("untold"), "")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    yield from proxied(tmp_path_factory.mktemp("told"), "\n[server]\ntrusted_proxies = 1\n")


def proxied(folder: Path, more: str) -> Iterator[Proxied]:
    folder.chmod(0o755)
    file = folder / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + more, "utf-8")
    with running_hall(folder / "data", file) as hall, nginx_before(hall.url, folder, WAYS) as ways:
        yield hall, ways


def looked(url: str, path: str, headers: dict[str, str]) -> requests.Response:
    return requests.get(f"{url}{path}", headers=headers, allow_redirects=False, timeout=10)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("client", CLIENTS)
def test_nobody_comes_in_by_a_proxy_that_the_hall_was_not_told_of(
    untold: Proxied, way: str, client: str
) -> None:
    _, ways = untold
    assert looked(ways[way], "/kiosk", CLIENTS[client]).status_code == 302
    answer = looked(ways[way], "/api/v1/session", CLIENTS[client])
    assert answer.status_code == 200, "the way itself works"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("client", CLIENTS)
def test_nobody_comes_in_by_a_proxy_that_is_trusted(told: Proxied, way: str, client: str) -> None:
    assert looked(told[1][way], "/kiosk", CLIENTS[client]).status_code == 302


def test_beside_an_unknown_proxy_the_machines_own_browser_comes_in(untold: Proxied) -> None:
    assert looked(untold[0].url, "/kiosk", {}).status_code == 200


def test_beside_a_trusted_proxy_there_is_no_loopback(told: Proxied) -> None:
    assert looked(told[0].url, "/kiosk", {}).status_code == 302


@pytest.mark.parametrize(
    ("way", "origin"),
    [
        ("sockets, host invented", "http://localhost"),
        ("everything cleared", "http://localhost"),
        ("as documented", ""),
    ],
)
def test_sockets_through_a_proxy_join_no_screen(untold: Proxied, way: str, origin: str) -> None:
    url = untold[1][way]
    assert joined(url, {"screen": "board", "area": "main"}, {}, origin)["problem"]["code"] == "not_paired"
    assert joined(url, {"screen": "start"}, {}, origin)["ok"] is True


def pressed(url: str, headers: dict[str, Any]) -> requests.Response:
    body = {"name": "nobody", "password": "wrong"}
    return requests.post(
        f"{url}/api/v1/session", json=body, headers={"Idempotency-Key": "k"} | headers, timeout=10
    )


def test_a_browser_behind_a_trusted_proxy_cannot_say_where_it_stands(told: Proxied) -> None:
    hall, ways = told
    admin = hall.administrator()
    code = admin.post("/api/v1/devices/codes", {"kind": "kiosk"})["code"]
    headers = {"X-Forwarded-For": "203.0.113.9", "Idempotency-Key": "pair"}
    url = f"{ways['as documented']}/api/v1/devices/pair"
    assert requests.post(url, json={"code": code}, headers=headers, timeout=10).status_code == 200
    assert admin.get("/api/v1/devices")["devices"][-1]["paired_from"] == "127.0.0.1"


def test_pages_of_the_hall_press_through_the_proxy_and_others_do_not(told: Proxied) -> None:
    url = told[1]["as documented"]
    own = pressed(url, {"Origin": url})
    other = pressed(url, {"Origin": "https://elsewhere.example"})
    assert (own.status_code, other.status_code) == (401, 403)


def test_sockets_are_for_pages_of_the_hall_also_through_the_proxy(told: Proxied) -> None:
    url = told[1]["as documented"]
    assert joined(url, {"screen": "start"}, {})["ok"] is True
    for other in ("https://elsewhere.example", "null", "http://localhost", f"{url}.elsewhere.example"):
        with pytest.raises(InvalidStatus):
            joined(url, {"screen": "start"}, {}, other)


def test_behind_tls_the_cookie_is_secure_and_the_browser_stays_with_tls(told: Proxied) -> None:
    hall, _ = told
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "hall.example.org", "Idempotency-Key": "tls"}
    body = {"name": "admin", "password": OWN_PASSWORD}
    hall.administrator()
    answer = requests.post(f"{hall.url}/api/v1/session", json=body, headers=headers, timeout=10)
    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert answer.status_code == 200 and cookies
    assert all(each.startswith("__Host-") for each in cookies)
    assert all({"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(each.split("; ")) for each in cookies)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "wss://hall.example.org" in answer.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in requests.get(f"{hall.url}/", timeout=10).headers
