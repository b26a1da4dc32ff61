"""Reserved numbers over HTTP: a kiosk's block, what it entered, paper at the guide's desk."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from api.document import endpoints
from queueing.clock import HandClock
from tests.running import Json, Person, Refused, RunningHall, fresh_key, wait_until
from web.context import Built

BLOCKS, ENTER, PAPER = "/api/v1/blocks", "/api/v1/blocks/tickets", "/api/v1/tickets/paper"
ONE_FOR_ALL = "the-block-of-the-wrong-entries"


def handed(block: Json, place: int = 0, **more: Any) -> Json:
    """What a kiosk says of a number that it handed out."""
    number = block["numbers"][place]["number"]
    return {"block": block["block"], "number": number, "service": "id-card", "seconds_ago": 0} | more


def found(hall: RunningHall, number: str) -> list[Json]:
    tickets: list[Json] = hall.clerk("chen").get("/api/v1/tickets", number=number)["tickets"]
    return tickets


def test_the_answers_are_as_described(server: RunningHall, app: Flask) -> None:
    gives = {(made.method, rule.rule): made.gives for rule, made in endpoints(app)}
    kiosk, guide = server.somebody(), server.clerk("chen")
    block = kiosk.post(BLOCKS)
    gives["POST", BLOCKS].model_validate(block)
    gives["POST", ENTER].model_validate(kiosk.post(ENTER, handed(block)))
    paper = {"number": "ZP001", "service": "id-card", "time": "08:55"}
    gives["POST", PAPER].model_validate(guide.post(PAPER, paper))
    gives["GET", "/api/v1/tickets"].model_validate(guide.get("/api/v1/tickets", number="zp1"))


def test_a_link_from_the_reserve_opens_before_and_after(server: RunningHall) -> None:
    kiosk = server.somebody()
    block = kiosk.post(BLOCKS)
    link = block["numbers"][5]["link"]
    page = kiosk.session.get(f"{server.url}{link}", timeout=10)
    assert page.status_code == 200 and "您的号码已保留" in page.text
    assert kiosk.session.get(f"{server.url}{block['numbers'][5]['qr']}", timeout=10).status_code == 200
    issued = kiosk.post(ENTER, handed(block, 5))
    assert issued["link"] == link
    assert issued["ticket"]["number"] in kiosk.session.get(f"{server.url}{link}", timeout=10).text


def test_a_lost_answer_of_the_kiosk_is_settled(server: RunningHall) -> None:
    """The press counted: its number is given up. It comes only now: it is refused."""
    kiosk = server.somebody()
    block, counted, never = kiosk.post(BLOCKS), fresh_key(), fresh_key()
    original = kiosk.post("/api/v1/tickets", {"service": "household"}, key=counted)
    kiosk.post(ENTER, handed(block, 1, service="household", instead_of=counted))
    assert found(server, original["ticket"]["number"])[0]["state"] == "abandoned"
    kiosk.post(ENTER, handed(block, 2, service="household", instead_of=never))
    with pytest.raises(Refused) as late:
        kiosk.post("/api/v1/tickets", {"service": "household"}, key=never)
    assert late.value.code == "key_reused"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"number": "ZY999"}, 422, "not_reserved"),
        ({"number": "A001"}, 422, "not_reserved"),
        ({"number": "ZY0'; --"}, 422, "not_reserved"),
        ({"block": "guessed"}, 422, "not_reserved"),
        ({"block": ""}, 422, "bad_request"),
        ({"seconds_ago": -1}, 422, "bad_request"),
        ({"seconds_ago": 1e9}, 422, "bad_request"),
        ({"service": "palace"}, 404, "unknown_service"),
        ({"ticket_class": "vip"}, 422, "unknown_class"),
    ],
)
def test_a_wrong_entry_changes_nothing(server: RunningHall, change: Json, status: int, code: str) -> None:
    kiosk = server.somebody()
    body = handed(kiosk.post(BLOCKS, key=ONE_FOR_ALL)) | change
    with pytest.raises(Refused) as refusal:
        kiosk.post(ENTER, body)
    assert (refusal.value.response.status_code, refusal.value.code) == (status, code)


def test_paper_entered_twice_is_refused_in_plain_words(server: RunningHall) -> None:
    guide = server.clerk("chen")
    guide.post(PAPER, {"number": "ZP9", "service": "pension", "time": "08:40"})
    with pytest.raises(Refused) as refusal:
        guide.post(PAPER, {"number": "ZP009", "service": "household", "time": "08:41"})
    assert refusal.value.problem["detail"] == "ZP009 已经录入，业务是“养老保险待遇申领”。"
    assert found(server, "ZP009")[0]["joined_at"] == "2026-10-12T00:40:00.000Z"


def test_a_paper_of_later_is_refused_in_plain_words(server: RunningHall) -> None:
    with pytest.raises(Refused) as refusal:
        server.clerk("chen").post(PAPER, {"number": "ZP8", "service": "pension", "time": "23:59"})
    assert refusal.value.problem["detail"].startswith("23:59 还没有到。")


def test_a_paper_from_before_the_hall_is_refused_in_plain_words(server: RunningHall) -> None:
    with pytest.raises(Refused) as refusal:
        server.clerk("chen").post(PAPER, {"number": "ZP8", "service": "pension", "time": "00:00"})
    assert refusal.value.code == "before_opening"
    assert refusal.value.problem["detail"].startswith("今天这项业务从 ")


def test_a_guide_leaves_a_connected_kiosk_its_numbers(server: RunningHall) -> None:
    code = server.administrator().post("/api/v1/devices/codes", {"kind": "kiosk"})["code"]
    kiosk, guide = server.somebody(), server.clerk("chen")
    kiosk.post("/api/v1/devices/pair", {"code": code})
    number = kiosk.post(BLOCKS)["numbers"][0]["number"]
    slip = {"number": number, "service": "pension", "time": "08:40"}
    page = server.screen(kiosk, screen="kiosk")
    with pytest.raises(Refused) as refusal:
        guide.post(PAPER, slip)
    assert refusal.value.code == "kiosk_running" and number in refusal.value.problem["detail"]
    page.close()
    wait_until(lambda: entered_now(guide, slip), "the kiosk that stays away")


def entered_now(guide: Person, slip: Json) -> bool:
    """The hall notices a moment later that a page is gone."""
    try:
        return bool(guide.post(PAPER, slip)["ticket"])
    except Refused as refusal:
        assert refusal.code == "kiosk_running"
        return False


def test_a_number_is_looked_up_as_people_say_it(server: RunningHall) -> None:
    taken = server.somebody().take("residence-permit")
    seen = found(server, taken["ticket"]["number"].lower().replace("00", ""))
    assert (seen[0]["ticket"], seen[0]["state"], len(seen[0]["place"])) == (
        taken["ticket"]["ticket"], "waiting", 3,
    )  # fmt: skip
    assert found(server, "Q17") == found(server, "?") == []


def test_a_clerk_neither_looks_up_nor_enters(server: RunningHall) -> None:
    li = server.clerk("li")
    with pytest.raises(Refused) as refusal:
        li.post(PAPER, {"number": "ZP7", "service": "pension", "time": "08:40"})
    assert refusal.value.response.status_code == 403
    with pytest.raises(Refused):
        li.get("/api/v1/tickets", number="A001")


def test_a_new_day_needs_a_new_block(app: Flask, built: Built, clock: HandClock) -> None:
    browser = app.test_client()

    def post(path: str, body: Json) -> Any:
        headers = {"Idempotency-Key": fresh_key(), "Accept-Language": "en"}
        return browser.post(path, json=body, headers=headers, base_url="http://localhost")

    block = post(BLOCKS, {}).get_json()
    clock.turn(minutes=60 * 24)
    refused = post(ENTER, handed(block)).get_json()
    assert refused["detail"] == "ZY001 不是今天的号码。请为这位群众重新取号。"
    assert post(BLOCKS, {}).get_json()["numbers"][0]["number"] == "ZY001"
