"""A press twice is one change: a double tap, a retry after a lost answer."""

from __future__ import annotations

import pytest

from tests.running import Refused, RunningHall, fresh_key


def test_the_same_key_gives_the_same_number(server: RunningHall) -> None:
    kiosk, key = server.somebody(), fresh_key()
    first = kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)
    again = kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)
    other = kiosk.take("id-card")
    assert first == again
    assert int(other["ticket"]["number"][1:]) == int(first["ticket"]["number"][1:]) + 1


def test_the_same_key_calls_once(server: RunningHall) -> None:
    li, key = server.clerk("li"), fresh_key()
    li.press("sit", "1")
    li.take("household"), li.take("household")  # two wait, one is called
    first = li.post("/api/v1/windows/1/call_next", {}, key)
    again = li.post("/api/v1/windows/1/call_next", {}, key)
    assert first == again
    li.press("mark_no_show", "1", ticket=first["ticket"]["ticket"])


def test_the_same_key_with_another_body_is_refused(server: RunningHall) -> None:
    kiosk, key = server.somebody(), fresh_key()
    kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)
    with pytest.raises(Refused) as refusal:
        kiosk.post("/api/v1/tickets", {"service": "household"}, key)
    assert (refusal.value.response.status_code, refusal.value.code) == (422, "key_reused")


def test_two_people_may_happen_to_use_the_same_key(server: RunningHall) -> None:
    key = fresh_key()
    at_kiosk = server.somebody().post("/api/v1/tickets", {"service": "id-card"}, key)
    at_desk = server.administrator().post("/api/v1/windows/3/sit", {}, key)
    assert at_kiosk["ticket"]["number"].startswith("A") and at_desk["window"]["window"] == "3"


@pytest.mark.parametrize("key", [None, "", "k" * 101])
def test_a_change_needs_a_key(server: RunningHall, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    response = server.somebody().send("/api/v1/tickets", {"service": "id-card"}, headers)
    assert (response.status_code, response.json()["code"]) == (400, "key_missing")


def test_a_refusal_is_not_kept(server: RunningHall) -> None:
    """What could not be done then may be done later, under the same key."""
    wang, key = server.clerk("wang"), fresh_key()
    wang.press("sit", "3", take_over=True)
    with pytest.raises(Refused) as refusal:
        wang.post("/api/v1/windows/3/call_next", {}, key)
    assert refusal.value.code == "nobody_waiting"
    number = wang.take("pension")["ticket"]["number"]
    assert wang.post("/api/v1/windows/3/call_next", {}, key)["ticket"]["number"] == number
