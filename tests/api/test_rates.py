"""Who asks too often waits, and nobody else: devices, accounts and tickets are counted each by itself."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
import requests
import socketio
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.running import SMALL, Person, RunningHall, Screen, fresh_key, running_hall, wait_until
from web.counters import Counters
from web.crowd import Crowd
from web.refusals import TooManySockets

RULES = """
[doors]
presses = 30
looks = 30
of_ticket = 10
of_strangers = 20
sign_ins = 20
sockets = 3
sockets_of_strangers = 3
request_seconds = 1.0
"""

STRANGER = {"Host": "hall.test"}
"""A browser that came by another name isn't taken for the hall's own machine's."""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("strict")
    file = folder / "strict.toml"
    file.write_text(SMALL.read_text("utf-8") + RULES, "utf-8")
    with running_hall(folder / "data", file) as hall:
        yield hall


def stranger(hall: RunningHall) -> Person:
    person = hall.somebody()
    person.session.headers.update(STRANGER)
    return person


def paired(hall: RunningHall, kind: str, place: str | None) -> Person:
    code = hall.administrator().post("/api/v1/devices/codes", {"kind": kind, "place": place})["code"]
    screen = hall.somebody()
    screen.post("/api/v1/devices/pair", {"code": code})
    return screen


def statuses(person: Person, path: str, times: int) -> list[int]:
    return [person.session.get(person.url + path, timeout=10).status_code for _ in range(times)]


def test_a_strangers_flood_is_refused_and_nobody_behind_the_same_address_is(strict: RunningHall) -> None:
    kiosk, li = paired(strict, "kiosk", None), strict.clerk("li")
    link = kiosk.take("id-card")["link"]
    flood = statuses(stranger(strict), "/api/v1/hall", 40)
    assert flood.count(200) <= 20 and flood[-1] == 429
    refused = stranger(strict).session.get(f"{strict.url}/api/v1/hall?lang=en", timeout=10)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "too_many" and 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "Please wait" in refused.json()["detail"]
    assert kiosk.take("id-card")["ticket"]["number"]
    assert li.press("sit", "1")["window"]
    assert statuses(stranger(strict), link, 1) == [200]
    assert statuses(stranger(strict), "/static/shared/hall.css", 1) == [200]


def test_a_page_is_refused_in_a_few_plain_words(strict: RunningHall) -> None:
    refused = stranger(strict)
    statuses(refused, "/login", 25)
    page = refused.session.get(f"{strict.url}/login", timeout=10)
    assert page.status_code == 429 and page.headers["Content-Type"].startswith("text/plain")


def test_one_ticket_asks_so_often_and_the_next_is_not_held_up(strict: RunningHall) -> None:
    kiosk = paired(strict, "kiosk", None)
    first, second = kiosk.take("id-card")["link"], kiosk.take("id-card")["link"]
    assert statuses(stranger(strict), f"/api/v1{first}", 15).count(429) >= 4
    assert statuses(stranger(strict), f"/api/v1{second}", 1) == [200]


def test_one_device_presses_so_often_and_nothing_is_changed_beyond(strict: RunningHall) -> None:
    kiosk = paired(strict, "kiosk", None)
    sent = [
        kiosk.send("/api/v1/tickets", {"service": "household"}, {"Idempotency-Key": fresh_key()})
        for _ in range(40)
    ]
    given = [each for each in sent if each.status_code == 201]
    assert len(given) <= 31 and sent[-1].status_code == 429
    assert paired(strict, "kiosk", None).take("id-card")["ticket"]["number"]


def test_sign_ins_of_strangers_are_few_and_a_known_browser_is_let_in(strict: RunningHall) -> None:
    li = strict.clerk("li")
    guesses = [stranger(strict).send("/api/v1/session", {"name": f"x{n}", "password": "x"},
                                     {"Idempotency-Key": fresh_key()}) for n in range(24)]  # fmt: skip
    assert guesses[-1].status_code == 429 and guesses[-1].json()["code"] == "too_many"
    known = requests.Session()
    known.cookies.set("known", li.session.cookies["known"])
    body = {"name": "li", "password": "wrong"}
    said = known.post(f"{strict.url}/api/v1/session", json=body, headers={"Idempotency-Key": "k"}, timeout=10)
    known.close()
    assert said.json()["code"] == "password_wrong"


def test_a_device_holds_so_many_sockets_open(strict: RunningHall) -> None:
    board = paired(strict, "board", "main")
    screens = [strict.screen(board, screen="board", area="main") for _ in range(3)]
    with pytest.raises(socketio.exceptions.ConnectionError):
        Screen(board, screen="board", area="main")
    screens[0].close()
    wait_until(lambda: can_join(strict, board), "a place")


def can_join(hall: RunningHall, person: Person) -> bool:
    try:
        hall.screen(person, screen="board", area="main")
    except socketio.exceptions.ConnectionError:
        return False
    return True


def test_a_socket_that_never_says_who_it_is_is_hung_up(strict: RunningHall) -> None:
    address = f"ws{strict.url[4:]}/socket.io/?EIO=4&transport=websocket"
    with connect(address, proxy=None) as wire, pytest.raises(ConnectionClosed):
        for _ in range(20):
            wire.recv(20)
            wire.send("3")


def test_a_ticket_holds_so_many_sockets_open(strict: RunningHall) -> None:
    token = paired(strict, "kiosk", None).take("id-card")["link"].removeprefix("/t/")
    joined = [strict.screen(screen="phone", token=token).joined for _ in range(4)]
    assert [each["ok"] for each in joined] == [True, True, True, False]
    assert joined[-1]["problem"]["code"] == "too_many_screens"


def sent_slowly(hall: RunningHall, begins: bytes) -> bytes:
    """A byte whenever the hall has waited a little; what it says when it has had enough."""
    host, port = hall.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=0.2) as wire:
        wire.sendall(begins)
        for _ in range(100):
            try:
                return wire.recv(4096)
            except TimeoutError:
                pass
            try:
                wire.sendall(b"a")
            except OSError:
                return b""
    return b"still open"


SLOW = {
    "line": b"GET /heal",
    "head": b"GET /healthz HTTP/1.1\r\nHost: hall.test\r\nX-Slow: ",
    "body": b"POST /api/v1/session HTTP/1.1\r\nHost: hall.test\r\nIdempotency-Key: slow\r\n"
    b"Content-Length: 5000\r\nContent-Type: application/json\r\n\r\n{",
}


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_request_that_drips_in_is_hung_up_on(strict: RunningHall, part: str) -> None:
    assert b"200" not in (said := sent_slowly(strict, SLOW[part])) and said != b"still open"


def test_a_body_in_two_pieces_is_read(strict: RunningHall) -> None:
    body = iter([b'{"na', b'me": "x", "password": "y"}'])
    said = strict.somebody().session.post(
        f"{strict.url}/api/v1/session", data=b"".join(body), headers={"Idempotency-Key": "two"}, timeout=10
    )
    assert said.json()["code"] == "password_wrong"


def test_counts_of_the_past_are_forgotten() -> None:
    counters = Counters()
    assert [counters.too_many(2, "li") > 0 for _ in range(3)] == [False, False, True]
    assert counters.too_many(2, "wang") == 0
    minutes = counters._minutes
    assert len(minutes) == 2
    minutes.sweep(time.monotonic() + 59)
    assert len(minutes) == 2
    minutes.sweep(time.monotonic() + 61)
    assert len(minutes) == 0
    assert counters.too_many(2, "li") == 0


def test_a_crowd_counts_who_is_in() -> None:
    crowd = Crowd()
    crowd.enter("s1", "device a", 1)
    crowd.enter("s1", "device a", 1)
    with pytest.raises(TooManySockets):
        crowd.enter("s2", "device a", 1)
    crowd.leave("s1")
    crowd.enter("s2", "device a", 1)
    crowd.leave("s2")
    crowd.leave("nobody")
    assert len(crowd) == 0 and not crowd._open


def test_a_clock_that_is_set_back_locks_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that woke up in a year to come doesn't count until that year what is asked now."""
    counters, clock = Counters(), time.time
    monkeypatch.setattr(time, "time", lambda: clock() + 10 * 365 * 86400)
    assert [counters.too_many(2, "kiosk") > 0 for _ in range(3)] == [False, False, True]
    monkeypatch.setattr(time, "time", clock)
    assert 0 < counters.too_many(2, "kiosk") <= 60
    counters._minutes.sweep(time.monotonic() + 61)
    assert counters.too_many(2, "kiosk") == 0
