"""Signing in: one-time passwords, passwords of one's own, wrong tries, the end of a session."""

from __future__ import annotations

import pytest

from tests.people.conftest import Doors
from web.people import first_start


def code_of(answer: object) -> str:
    return str(answer.get_json()["code"])  # type: ignore[attr-defined]


def test_the_first_start_gives_the_administrator_one_password_once(doors: Doors) -> None:
    assert len(doors.first.replace("-", "")) == 8
    assert first_start(doors.scene.house, doors.scene.store, doors.scene.clock) is None


def test_nobody_else_has_a_password_at_first(doors: Doors) -> None:
    answer = doors.browser().sign_in("li", "")
    assert answer.status_code == 422
    assert code_of(doors.browser().sign_in("li", "anything")) == "password_wrong"
    people = {each["id"]: each for each in doors.admin.get("/api/v1/staff").get_json()["staff"]}
    assert [name for name, person in people.items() if person["has_password"]] == ["admin"]


def test_a_one_time_password_opens_only_the_way_to_a_new_one(doors: Doors) -> None:
    browser = doors.browser()
    answer = browser.sign_in("admin", doors.first)
    assert answer.get_json()["staff"]["must_change_password"] is True
    assert code_of(browser.get("/api/v1/staff")) == "password_must_change"
    assert browser.get("/office").location == "/password?next=/office"
    assert browser.get("/password").status_code == 200

    changed = browser.post("/api/v1/session/password", old=doors.first, new="three-words-long")
    assert changed.get_json()["staff"]["must_change_password"] is False
    assert browser.get("/api/v1/staff").status_code == 200
    assert browser.get("/office").status_code == 200
    assert code_of(doors.browser().sign_in("admin", doors.first)) == "password_wrong"


def test_a_one_time_password_may_be_typed_as_it_is_read(doors: Doors) -> None:
    typed = doors.first.lower().replace("-", " ")
    assert doors.browser().sign_in("admin", typed).status_code == 200


@pytest.mark.parametrize("name", ["li", "LI", " li ", "李敏", "li min"])
def test_a_clerk_is_known_by_id_and_by_name(doors: Doors, name: str) -> None:
    doors.member("li")
    answer = doors.browser().sign_in(name, "three-words-long")
    assert answer.get_json()["staff"]["id"] == "li"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("short", "password_too_short"),
        (" " * 12, "password_too_short"),
        ("  short     ", "password_too_short"),
        ("abababab", "password_too_plain"),
        ("three-words-long", "password_not_new"),
    ],
)
def test_a_new_password_is_long_and_new(doors: Doors, new: str, code: str) -> None:
    clerk = doors.member("li")
    answer = clerk.post("/api/v1/session/password", old="three-words-long", new=new)
    assert (answer.status_code, code_of(answer)) == (422, code)
    assert doors.browser().sign_in("li", "three-words-long").status_code == 200


def test_signing_out_ends_the_session_and_closes_open_screens(doors: Doors) -> None:
    clerk = doors.member("li")
    token = clerk.cookie("staff")
    assert clerk.post("/api/v1/session/end").get_json() == {"staff": None}
    assert clerk.cookie("staff") is None
    clerk.client.set_cookie("staff", token or "", domain="hall.test")
    assert clerk.get("/api/v1/session").get_json() == {"staff": None}
    assert doors.closed[-1] == "li"


def test_signing_in_over_an_open_session_ends_it(doors: Doors) -> None:
    doors.member("wang")
    browser = doors.member("li")
    earlier = browser.cookie("staff") or ""
    assert code_of(browser.sign_in("wang", "wrong-wrong")) == "password_wrong"
    assert browser.get("/api/v1/session").get_json()["staff"]["id"] == "li"

    assert browser.sign_in("wang", "three-words-long").status_code == 200
    assert doors.closed[-1] == "li"
    assert browser.get("/api/v1/session").get_json()["staff"]["id"] == "wang"
    thief = doors.browser()
    thief.client.set_cookie("staff", earlier, domain="hall.test")
    assert thief.get("/api/v1/session").get_json() == {"staff": None}


def test_signing_in_elsewhere_leaves_the_other_machine_alone(doors: Doors) -> None:
    clerk = doors.member("li")
    assert doors.browser().sign_in("li", "three-words-long").status_code == 200
    assert clerk.get("/api/v1/session").get_json()["staff"]["id"] == "li"


def test_new_passwords_that_are_refused_are_no_wrong_tries(doors: Doors) -> None:
    clerk = doors.member("li")
    for _ in range(6):
        answer = clerk.post("/api/v1/session/password", old="three-words-long", new="short")
        assert code_of(answer) == "password_too_short"
    answer = clerk.post("/api/v1/session/password", old="three-words-long", new="four-other-words")
    assert answer.status_code == 200


def test_a_session_ends_with_the_business_day(doors: Doors) -> None:
    clerk = doors.member("li")
    doors.scene.clock.turn(minutes=13 * 60)
    assert clerk.get("/terminal").status_code == 200
    doors.scene.clock.turn(minutes=2 * 60)
    assert clerk.get("/terminal").location == "/login?next=/terminal"


def test_an_early_session_ends_after_fourteen_hours(doors: Doors) -> None:
    doors.scene.clock.turn(minutes=(24 - 9 + 1) * 60)
    clerk = doors.member("li")
    doors.scene.clock.turn(minutes=14 * 60)
    assert clerk.get("/api/v1/session").get_json() == {"staff": None}


def test_a_new_one_time_password_ends_every_session_of_that_person(doors: Doors) -> None:
    clerk, other = doors.member("li"), doors.member("wang")
    doors.admin.post("/api/v1/staff/li/one_time_password")
    assert clerk.get("/api/v1/session").get_json() == {"staff": None}
    assert other.get("/api/v1/session").get_json()["staff"]["id"] == "wang"


def test_a_changed_password_signs_out_the_other_machines(doors: Doors) -> None:
    clerk, elsewhere = doors.member("li"), doors.browser()
    elsewhere.sign_in("li", "three-words-long")
    clerk.post("/api/v1/session/password", old="three-words-long", new="four-other-words")
    assert elsewhere.get("/api/v1/session").get_json() == {"staff": None}
    assert clerk.get("/api/v1/session").get_json()["staff"]["id"] == "li"


def test_the_database_holds_no_secret(doors: Doors) -> None:
    clerk = doors.member("li")
    code = doors.code("kiosk")
    secrets = (clerk.cookie("staff") or "none", doors.first, "three-words-long", code, code.replace("-", ""))
    doors.scene.store.close()
    kept = b"".join(file.read_bytes() for file in doors.folder.glob("hall.db*"))
    assert not [secret for secret in secrets if secret.encode() in kept]


def test_a_session_cookie_is_hidden_from_scripts_and_other_sites(doors: Doors) -> None:
    answer = doors.browser().sign_in("admin", doors.first)
    cookie, known = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("staff=") and "Max-Age" not in cookie
    assert known.startswith("known=") and "Max-Age=34560000" in known
    assert all("HttpOnly" in each and "SameSite=Lax" in each for each in (cookie, known))
