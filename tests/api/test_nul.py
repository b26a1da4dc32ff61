"""U+0000: SQLite would keep it and PostgreSQL wouldn't, so no hall takes it, in whichever way it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from queueing.errors import HallError
from tests.api.wire import wire
from tests.running import RunningHall, fresh_key
from web.nul import without_nul


@pytest.mark.parametrize(
    "path",
    ["/api/v1/tickets/a%00b", "/t/a%00b", "/api/v1/halls?need=%00", "/api/v1/log?actor=a%00", "/?q=%00"],
)
def test_no_address_holds_it(server: RunningHall, path: str) -> None:
    for person in (server.somebody(), server.administrator()):
        answer = person.session.get(server.url + path, timeout=10)
        assert answer.status_code == 400, answer.text


@pytest.mark.parametrize(
    "body", [{"words": "a\0b"}, {"words": "fine", "kind": "\0"}, {"wo\0rds": "fine"}, {"words": "\\\0"}]
)
def test_no_body_holds_it(server: RunningHall, body: dict[str, Any]) -> None:
    answer = server.somebody().send("/api/v1/complaints", body, {"Idempotency-Key": fresh_key()})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
    assert "U+0000" in answer.json()["problem"]


def test_no_key_holds_it(server: RunningHall) -> None:
    answer = server.somebody().send("/api/v1/tickets", {"service": "id-card"}, {"Idempotency-Key": "a\0b"})
    assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")


@pytest.mark.parametrize("body", [b'{"a": "\\\\u0000"}', b'{"a": "\\\\\\\\u0000"}', b'{"a": "u0000"}', b"{}"])
def test_a_text_about_itself_is_a_text(body: bytes) -> None:
    assert without_nul(body) == body


def test_the_escape_after_an_escaped_backslash() -> None:
    with pytest.raises(HallError):
        without_nul(b'{"a": "\\\\\\u0000"}')


def test_a_form_keeps_what_was_written_around_it(server: RunningHall) -> None:
    form = {"words": "Lamp\0s out", "kind": "suggestion", "key": fresh_key()}
    answer = server.somebody().session.post(f"{server.url}/complain", data=form, timeout=10)
    assert answer.status_code == 200, answer.text


def test_a_socket_that_says_it_is_refused_in_words(server: RunningHall) -> None:
    with wire(server.somebody()) as socket:
        answer = socket.ask("join", {"screen": "board", "area": "a\0"})
        assert not answer["ok"] and "U+0000" in answer["problem"]["problem"]
