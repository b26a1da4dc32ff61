"""What can't be understood is refused in plain words, as a problem for programs and a page for people."""

from __future__ import annotations

import re
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.api.wire import wire
from tests.running import Person, RunningHall, fresh_key

PROBLEM = {"type", "title", "status", "detail", "code"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"service": "no-such"}, 404, "unknown_service"),
        ({}, 422, "bad_request"),
        ({"service": 7}, 422, "bad_request"),
        ({"service": "id-card", "color": "red"}, 422, "bad_request"),
        ({"service": "id-card", "language": "fr"}, 422, "bad_request"),
        ({"service": "id-card", "ticket_class": "vip"}, 422, "unknown_class"),
        ({"service": "id-card", "ground": -1}, 422, "bad_request"),
        ({"service": "id-card", "ground": 2**70}, 422, "bad_request"),
        ({"service": "id-card", "ground": "0"}, 422, "bad_request"),
        ({"service": "id-card", "ground": True}, 422, "bad_request"),
        ({"service": "id-card", "ground": 0.0}, 422, "bad_request"),
        ([], 422, "bad_request"),
        ("words", 422, "bad_request"),
    ],
)
def test_a_wrong_wish_for_a_ticket(server: RunningHall, body: Any, status: int, code: str) -> None:
    kiosk = server.somebody()
    response = kiosk.session.post(
        f"{server.url}/api/v1/tickets", json=body, headers={"Idempotency-Key": fresh_key()}, timeout=10
    )
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json().keys() >= PROBLEM


def test_a_body_that_is_no_json(server: RunningHall) -> None:
    response = server.somebody().session.post(
        f"{server.url}/api/v1/tickets", data=b"{service:", headers={"Idempotency-Key": "k"}, timeout=10
    )
    assert (response.status_code, response.json()["code"]) == (422, "bad_request")


def test_a_body_that_is_too_large(server: RunningHall) -> None:
    response = server.somebody().send("/api/v1/tickets", {"service": "x" * 70_000}, {"Idempotency-Key": "k"})
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/windows/99", "/api/v1/t/forged.1.signature"])
def test_nothing_there(server: RunningHall, path: str) -> None:
    response = server.somebody().session.get(server.url + path, timeout=10)
    assert response.status_code == 404 and response.json().keys() >= PROBLEM


def test_looking_is_not_changing(server: RunningHall) -> None:
    response = server.somebody().session.get(f"{server.url}/api/v1/windows/1/call_next", timeout=10)
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert "POST" in response.headers["Allow"]


def test_a_person_gets_a_page(server: RunningHall) -> None:
    response = server.somebody().session.get(f"{server.url}/nowhere?lang=en", timeout=10)
    assert response.status_code == 404 and response.headers["Content-Type"].startswith("text/html")
    assert "There is nothing at this address" in response.text


@pytest.mark.parametrize(("language", "word"), [("zh_Hans", "业务"), ("zh_Hant", "業務"), ("en", "service")])
def test_a_refusal_speaks_the_readers_language(server: RunningHall, language: str, word: str) -> None:
    person = server.somebody()
    person.session.cookies.set("lang", language)
    response = person.send("/api/v1/tickets", {"service": "no-such"}, {"Idempotency-Key": fresh_key()})
    assert word in response.json()["detail"]


@pytest.mark.parametrize("period", ["2026-13", "2026", "yesterday", "0000-01"])
def test_a_wrong_month(server: RunningHall, period: str) -> None:
    response = server.administrator().session.get(
        f"{server.url}/api/v1/scores", params={"period": period}, timeout=10
    )
    assert (response.status_code, response.json()["code"]) == (422, "bad_request")


@pytest.mark.parametrize("path", ["/", "/login", "/kiosk", "/nowhere", "/api/v1/hall", "/api/v1/scores"])
@pytest.mark.parametrize("query", ["lang=%FF", "%FF=1", "next=%C3%28", "lang=\xff"])
def test_a_query_that_is_no_text(server: RunningHall, path: str, query: str) -> None:
    asked = f"GET {path}?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    at = urlsplit(server.url)
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as line:
        line.sendall(asked.encode("latin-1"))
        said = b"".join(iter(lambda: line.recv(4096), b""))
    assert said.split()[1] != b"500"
    assert b"Content-Security-Policy" in said and b"nosniff" in said
    if not query.isascii():
        assert said.split()[1] == b"400"


@pytest.mark.parametrize("since", [2**70, -1, 1.5, "1", True, None])
def test_a_seq_that_is_none(server: RunningHall, since: Any) -> None:
    answer = server.screen(screen="board").ask("catch_up", {"since": since})
    assert not answer["ok"] and answer["problem"]["code"] == "bad_request"


@pytest.mark.parametrize("event", ["join", "catch_up", "speak"])
def test_one_message_for_each_event(server: RunningHall, event: str) -> None:
    with wire(server.somebody()) as board:
        answer = board.ask(event, {"screen": "board"}, 1, "more")
        assert not answer["ok"] and answer["problem"]["code"] == "bad_request"


@pytest.mark.parametrize(
    ("press", "body"),
    [
        ("recall", {"ticket": ""}),
        ("call", {"ticket": ""}),
        ("finish", {"ticket": "", "outcome": "done"}),
        ("rating", {"ticket": "", "level": "very_satisfied"}),
        ("sit", {"take_over": 1}),
        ("sit", {"take_over": "yes"}),
    ],
)
def test_a_wrong_word_with_a_press(server: RunningHall, press: str, body: Any) -> None:
    person = server.somebody() if press == "rating" else server.clerk("li")
    response = person.send(f"/api/v1/windows/1/{press}", body, {"Idempotency-Key": fresh_key()})
    assert (response.status_code, response.json()["code"]) == (422, "bad_request")


HALF = '"\\ud800"'
"""Half of a character: JSON can write it, no text holds it."""


@pytest.mark.parametrize("name", ["li", "admin", None])
def test_no_body_makes_a_mistake_of_ours(server: RunningHall, name: str | None) -> None:
    """Also where the asker is refused before anybody reads what was sent."""
    asker = server.clerk(name) if name and name != "admin" else server.administrator()
    person = asker if name else server.somebody()
    said = {(path, body): sent(person, path, body) for path, named in posts(person) for body in bodies(named)}
    assert {status for status in said.values() if not 400 <= status < 500} == set(), said


def posts(person: Person) -> list[tuple[str, list[str]]]:
    """Every rule that takes something, with the names in its body."""
    document = person.get("/api/v1/openapi.json")
    found = [(path, methods["post"]) for path, methods in document["paths"].items() if "post" in methods]
    return [(path, names_in(document, each)) for path, each in found if names_in(document, each)]


def names_in(document: Any, operation: Any) -> list[str]:
    """The members of the body, as far as it is an object."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    named = document["components"]["schemas"][body["$ref"].rpartition("/")[2]] if "$ref" in body else body
    return list(named.get("properties", {}))


def bodies(names: list[str]) -> list[bytes]:
    halves = [f'{{"{name}":{HALF}}}' for name in names]
    return [each.encode() for each in (*halves, f"{{{HALF}:1}}", "[" * 30_000, '{"ticket":' * 6_000)]


def sent(person: Person, path: str, body: bytes) -> int:
    address = re.sub(r"\{\w+\}", "1", person.url + path)
    headers = {"Idempotency-Key": fresh_key(), "Content-Type": "application/json"}
    return person.session.post(address, data=body, headers=headers, timeout=20).status_code


@pytest.mark.parametrize("path", ["log?day=", "ratings?day=", "ratings/flags?period=", "scores?period="])
def test_no_day_makes_a_mistake_of_ours(server: RunningHall, path: str) -> None:
    chen = server.clerk("chen").session
    days = ["0001-01-01", "9999-12-31", "0001-01", "9999-12", "%ED%A0%80", "%00", "-1", "9" * 30]
    said = {day: chen.get(f"{server.url}/api/v1/{path}{day}", timeout=20).status_code for day in days}
    assert {day: status for day, status in said.items() if status >= 500} == {}


@pytest.mark.parametrize(
    ("screen", "name"), [("board", "area"), ("panel", "window"), ("phone", "token"), ("board", "\ud800")]
)
def test_half_a_character_over_a_socket(server: RunningHall, screen: str, name: str) -> None:
    with wire(server.somebody()) as line:
        answer = line.ask("join", {"screen": screen, name: "\ud800"})
        assert not answer["ok"] and answer["problem"]["status"] in (404, 422)
