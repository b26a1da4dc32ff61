"""What the doors write into the log: who came in and from where, who was refused, and little of a flood."""

from __future__ import annotations

from typing import Any

from tests.people.conftest import FAR, Doors
from web.noting import note_refusal


def notes(doors: Doors, *actions: str) -> list[Any]:
    found = [event for event in doors.scene.events() if event.action in actions]
    assert all(event.ticket is None and event.window is None for event in found)
    return found


def test_coming_and_going_is_in_the_log(doors: Doors) -> None:
    clerk = doors.member("li")
    clerk.post("/api/v1/session/end")
    said = [
        (e.action, e.actor, e.source, e.after) for e in doors.scene.events() if e.after.get("staff") == "li"
    ]
    li = {"staff": "li"}
    assert said == [
        ("one_time_password", "staff:admin", FAR, li),
        ("sign_in", "staff:li", FAR, li),
        ("password_changed", "staff:li", FAR, li),
        ("sign_out", "staff:li", FAR, li),
    ]


def test_a_screen_leaves_its_trace_from_code_to_end(doors: Doors) -> None:
    doors.paired("pad", "1")
    device = doors.admin.get("/api/v1/devices").get_json()["devices"][0]["device"]
    doors.admin.post(f"/api/v1/devices/{device}/revoke")
    said = [(e.action, e.actor, e.after) for e in notes(doors, "pairing_code", "pair", "revoke")]
    assert said == [
        ("pairing_code", "staff:admin", {"kind": "pad", "place": "1"}),
        ("pair", f"device:{device}", {"device": device, "kind": "pad", "place": "1"}),
        ("revoke", "staff:admin", {"device": device}),
    ]


def test_the_log_holds_no_secret(doors: Doors) -> None:
    one_time = doors.one_time_password("li")
    code = doors.code("pad", "1")
    doors.browser().sign_in("li", "my-own-secret-word")
    log = repr(doors.scene.events())
    for secret in (one_time, code, doors.first, "my-own-secret-word", "three-words-long"):
        assert secret not in log and secret.replace("-", "") not in log


def test_refusals_are_noted_once_a_minute_for_each_person(doors: Doors) -> None:
    for _ in range(3):
        doors.browser().sign_in("li", "wrong")
    for n in range(3):
        doors.browser("10.0.0.8").sign_in(f"nobody-{n}", "wrong")
    found = [(e.actor, e.source, e.after) for e in notes(doors, "sign_in_refused")]
    assert found == [("visitor", FAR, {"staff": "li"}), ("visitor", "10.0.0.8", {})]


def test_tries_at_many_people_hide_none_of_them(doors: Doors) -> None:
    many = [f"clerk-{n}" for n in range(40)]
    with doors.app.test_request_context():
        for staff in [*many, None, *many, None]:
            note_refusal("sign_in_refused", staff)
    assert [e.after.get("staff") for e in notes(doors, "sign_in_refused")] == [*many, None]


def test_a_flood_of_wrong_codes_makes_few_lines(doors: Doors) -> None:
    for n in range(40):
        doors.browser(f"10.0.1.{n}").post("/api/v1/devices/pair", code=f"wrong-{n}")
    assert len(notes(doors, "pair_refused")) == 1


def test_an_administrator_signs_a_person_out_everywhere(doors: Doors) -> None:
    clerk = doors.member("li")
    assert listed(doors, "li")["sessions"] == 1
    answer = doors.admin.post("/api/v1/staff/li/sessions/end").get_json()
    assert next(each for each in answer["staff"] if each["id"] == "li")["sessions"] == 0
    assert clerk.get("/api/v1/session").get_json() == {"staff": None}
    assert doors.closed[-1] == "li"
    assert [e.after for e in notes(doors, "sessions_ended")] == [{"staff": "li"}]


def test_an_administrator_signs_everybody_else_out(doors: Doors) -> None:
    others = [doors.member("li"), doors.member("chen")]
    doors.admin.post("/api/v1/sessions/end")
    assert [each.get("/api/v1/session").get_json()["staff"] for each in others] == [None, None]
    assert doors.admin.get("/api/v1/session").get_json()["staff"]["id"] == "admin"


def test_nobody_else_ends_sessions(doors: Doors) -> None:
    supervisor = doors.member("chen")
    assert supervisor.post("/api/v1/sessions/end").status_code == 403
    assert doors.admin.post("/api/v1/staff/nobody/sessions/end").status_code == 404


def listed(doors: Doors, staff: str) -> Any:
    return next(e for e in doors.admin.get("/api/v1/staff").get_json()["staff"] if e["id"] == staff)
