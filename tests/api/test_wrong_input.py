"""What can't be understood is refused in plain words, as a problem for programs and a page for people."""

from __future__ import annotations

from typing import Any

import pytest

from tests.running import RunningHall, fresh_key

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
