"""Secrets that are shown once: a press that is sent again makes no second one."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.people.conftest import FAR, Doors

CODES, PASSWORDS = "/api/v1/devices/codes", "/api/v1/staff/li/one_time_password"


def send(doors: Doors, path: str, body: dict[str, str], key: str = "the-key") -> TestResponse:
    """The administrator's press under a key of our choice."""
    return doors.admin.client.post(
        path, json=body, headers={"Idempotency-Key": key},
        base_url="http://hall.test", environ_overrides={"REMOTE_ADDR": FAR},
    )  # fmt: skip


def told(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def kept_codes(doors: Doors) -> int:
    rows = doors.scene.store.look(lambda desk: desk.db.all("SELECT * FROM pairing_codes"))
    return len(rows)


def test_a_code_asked_for_twice_is_made_once(doors: Doors) -> None:
    first = send(doors, CODES, {"kind": "kiosk"})
    again = send(doors, CODES, {"kind": "kiosk"})
    assert (first.status_code, told(again)) == (201, (409, "already_given_out"))
    assert "请重新获取" in again.get_json()["detail"]
    assert kept_codes(doors) == 1
    assert doors.browser().post("/api/v1/devices/pair", code=first.get_json()["code"]).status_code == 200


def test_a_key_of_a_code_is_good_for_no_other(doors: Doors) -> None:
    send(doors, CODES, {"kind": "kiosk"})
    assert told(send(doors, CODES, {"kind": "board"})) == (422, "key_reused")
    assert told(send(doors, PASSWORDS, {"kind": "kiosk"})) == (422, "bad_request")
    assert kept_codes(doors) == 1
    assert send(doors, CODES, {"kind": "board"}, "another-key").status_code == 201


def test_a_one_time_password_asked_for_twice_stays_the_first(doors: Doors) -> None:
    first = send(doors, PASSWORDS, {}).get_json()["one_time_password"]
    clerk = doors.browser()
    assert clerk.sign_in("li", first).status_code == 200
    assert told(send(doors, PASSWORDS, {})) == (409, "already_given_out")
    assert clerk.get("/api/v1/session").get_json()["staff"]["id"] == "li"
    assert doors.browser().sign_in("li", first).status_code == 200


def test_a_key_of_one_persons_password_is_good_for_nobody_else(doors: Doors) -> None:
    send(doors, PASSWORDS, {})
    other = "/api/v1/staff/wang/one_time_password"
    assert told(send(doors, other, {})) == (422, "key_reused")
    assert send(doors, other, {}, "another-key").status_code == 200


def test_a_refused_press_may_be_sent_again(doors: Doors) -> None:
    assert send(doors, CODES, {"kind": "pad", "place": "99"}).status_code == 404
    assert send(doors, CODES, {"kind": "pad", "place": "1"}).status_code == 201


@pytest.mark.parametrize(("path", "body"), [(CODES, {"kind": "kiosk"}), (PASSWORDS, {})])
def test_the_secret_is_not_kept_with_the_key(doors: Doors, path: str, body: dict[str, str]) -> None:
    send(doors, path, body)
    answers = doors.scene.store.look(lambda desk: desk.db.all("SELECT actor, answer, at FROM answers"))
    assert [(row["actor"], row["answer"]) for row in answers] == [("staff:admin", '{"given_out": true}')]
    assert answers[0]["at"].startswith("2026-10-12")
