"""Pairing a screen: a code opens once and for ten minutes, a device may be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queueing.people import Device
from queueing.records import Json
from tests.people.conftest import Browser, Doors


def test_a_stranger_is_sent_to_the_pair_page_and_comes_in_with_a_code(doors: Doors) -> None:
    screen = doors.browser()
    assert screen.get("/board/main").location == "/pair?next=/board/main"
    assert screen.get("/pair").status_code == 200
    answer = screen.post("/api/v1/devices/pair", code=doors.code("board", "main"))
    assert answer.get_json()["opens"] == "/board/main"
    assert screen.get("/board/main").status_code == 200


def test_a_code_may_be_typed_as_it_is_read(doors: Doors) -> None:
    typed = f" {doors.code('kiosk').lower().replace('-', '')} "
    assert doors.browser().post("/api/v1/devices/pair", code=typed).status_code == 200


def test_a_code_opens_once(doors: Doors) -> None:
    code = doors.code("kiosk")
    assert doors.browser().post("/api/v1/devices/pair", code=code).status_code == 200
    second = doors.browser().post("/api/v1/devices/pair", code=code)
    assert (second.status_code, second.get_json()["code"]) == (404, "code_wrong")


@pytest.mark.parametrize(("seconds", "status"), [(599, 200), (600, 404)])
def test_a_code_opens_for_ten_minutes_of_real_time(doors: Doors, seconds: float, status: int) -> None:
    code = doors.code("kiosk")
    doors.scene.clock.turn(minutes=60)
    doors.real.turn(seconds=seconds)
    assert doors.browser().post("/api/v1/devices/pair", code=code).status_code == status


def guess(guesser: Browser) -> Json:
    """A code that nobody gave out."""
    answer: Json = guesser.post("/api/v1/devices/pair", code="AAAA-AAA2").get_json()
    return answer


def test_guessing_codes_waits_longer_and_longer_at_one_address(doors: Doors) -> None:
    code, guesser = doors.code("kiosk"), doors.browser()
    answers = [guess(guesser) for _ in range(22)]
    assert [answer["code"] for answer in answers] == ["code_wrong"] * 21 + ["throttled"]
    assert guesser.post("/api/v1/devices/pair", code=code).status_code == 429
    assert doors.browser("10.0.0.8").post("/api/v1/devices/pair", code=code).status_code == 200


def test_who_guesses_codes_keeps_a_neighbour_out_for_seconds(doors: Doors) -> None:
    code, neighbour = doors.code("kiosk"), doors.browser("2001:db8:1:2::7")
    for n in range(40):
        doors.real.turn(seconds=10)
        assert guess(doors.browser(f"2001:db8:1:2::{n + 10:x}"))["code"] == "code_wrong"
    refused = neighbour.post("/api/v1/devices/pair", code=code)
    assert (refused.status_code, refused.get_json()["seconds"]) == (429, 10)
    doors.real.turn(seconds=10)
    assert neighbour.post("/api/v1/devices/pair", code=code).status_code == 200


def test_a_device_taken_back_is_a_stranger_at_once(doors: Doors) -> None:
    kiosk = doors.paired("kiosk")
    doors.scene.clock.turn(seconds=1)
    neighbour = doors.paired("kiosk")
    for _ in range(2):
        assert [screen.get("/kiosk").status_code for screen in (kiosk, neighbour)] == [200, 200]
    first, second = doors.admin.get("/api/v1/devices").get_json()["devices"]
    listed = doors.admin.post(f"/api/v1/devices/{first['device']}/revoke").get_json()["devices"]
    assert [each["revoked_at"] is None for each in listed] == [False, True]
    assert kiosk.get("/kiosk").location == "/pair?next=/kiosk"
    assert neighbour.get("/kiosk").status_code == 200
    assert doors.closed[-1] == first["device"] != second["device"]


def test_who_looks_while_a_device_is_taken_back_remembers_nothing(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look has found the device, and is told only after it was taken back."""
    kiosk, look = doors.paired("kiosk"), doors.scene.store.look
    device = doors.admin.get("/api/v1/devices").get_json()["devices"][0]["device"]

    def slowly(work: Callable[[Any], Any]) -> Any:
        found = look(work)
        if isinstance(found, Device) and found.revoked_at is None:
            monkeypatch.undo()
            doors.admin.post(f"/api/v1/devices/{device}/revoke")
        return found

    monkeypatch.setattr(doors.scene.store, "look", slowly)
    assert kiosk.get("/kiosk").status_code == 200
    assert kiosk.get("/kiosk").location == "/pair?next=/kiosk"


def test_a_device_is_taken_back_once(doors: Doors) -> None:
    doors.paired("kiosk")
    device = doors.admin.get("/api/v1/devices").get_json()["devices"][0]["device"]
    answers = [doors.admin.post(f"/api/v1/devices/{device}/revoke").status_code for _ in range(2)]
    assert answers == [200, 404]


def test_a_screen_paired_anew_is_one_device(doors: Doors) -> None:
    screen, copy = doors.paired("pad", "1"), doors.browser()
    at = copy._from["base_url"].removeprefix("http://")
    copy.client.set_cookie("device", screen.cookie("device") or "", domain=at)
    assert copy.get("/pad/1").status_code == 200
    screen.post("/api/v1/devices/pair", code=doors.code("pad", "2"))
    assert copy.get("/pad/1").status_code == 302
    listed = doors.admin.get("/api/v1/devices").get_json()["devices"]
    assert sorted((each["place"], each["revoked_at"] is None) for each in listed) == [
        ("1", False),
        ("2", True),
    ]
    assert screen.get("/pad/2").status_code == 200
    assert screen.get("/pad/1").status_code == 403


def test_a_page_renews_the_cookie_of_its_screen(doors: Doors) -> None:
    answer = doors.paired("board", "main").get("/board/main")
    assert "Max-Age=34560000" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_a_screen_speaks_the_language_it_was_paired_with(doors: Doors) -> None:
    code = doors.admin.post("/api/v1/devices/codes", kind="kiosk", language="en").get_json()["code"]
    screen = doors.browser()
    screen.post("/api/v1/devices/pair", code=code)
    assert '<html lang="en">' in screen.get("/pair").text
    screen.get("/pair?lang=zh_Hant")
    assert '<html lang="zh-Hant">' in screen.get("/pair").text


@pytest.mark.parametrize(
    ("kind", "place", "code"),
    [
        ("pad", None, "bad_request"),
        ("panel", "99", "unknown_window"),
        ("board", "cellar", "unknown_area"),
        ("announcer", None, "bad_request"),
        ("toaster", None, "bad_request"),
    ],
)
def test_a_code_is_made_only_for_a_place_that_exists(doors: Doors, kind: str, place: str, code: str) -> None:
    answer = doors.admin.post("/api/v1/devices/codes", kind=kind, place=place)
    assert answer.get_json()["code"] == code


@pytest.mark.parametrize("staff", ["li", "chen"])
def test_only_an_administrator_makes_codes(doors: Doors, staff: str) -> None:
    answer = doors.member(staff).post("/api/v1/devices/codes", kind="kiosk")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
