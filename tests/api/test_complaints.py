"""Complaints over HTTP: the plain forms, the codes, who reads what, what nobody may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from queueing.clock import HandClock
from queueing.looks import event_message, staff_message
from queueing.records import Event, Press
from scoring.callbacks import Callbacks
from tests.api.browsers import Browser, Browsers
from web.calling_back import harmless
from web.context import Built
from web.tokens import token_for

SAID = {"kind": "complaint", "words": "他对我大喊大叫。", "contact": "13900000000"}


@pytest.fixture
def people(app: Flask, built: Built) -> Browsers:
    return Browsers(app, built)


def by(staff: str | None, n: str, role: str = "clerk") -> Press:
    return Press(f"staff:{staff}" if staff else "device:kiosk", role, n, clerk=staff)


@pytest.fixture
def ticket(built: Built) -> str:
    """Served by li at window 1."""
    hall = built.hall
    hall.sit(window="1", by=by("li", "sit"))
    key: str = hall.issue(service="id-card", by=by(None, "take"))["ticket"]["ticket"]
    for press in ("call_next", "serve", "finish"):
        getattr(hall, press)(window="1", by=by("li", press))
    return key


@pytest.fixture
def link(app: Flask, ticket: str) -> str:
    with app.app_context():
        return f"/t/{token_for(ticket)}"


def form(browser: Browser, path: str, **fields: str) -> Any:
    """Sent as a browser without scripts does."""
    return browser.client.post(path, data=fields, **browser._from)


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def code_in(page: str) -> str:
    found = re.search(r"data-code>([^<]+)<", page)
    assert found, page
    return found[1]


def test_anybody_complains_without_a_script_and_follows_it_by_the_code(people: Browsers) -> None:
    somebody = people.stranger()
    key = key_in(somebody.get("/complain").text)
    sent = form(somebody, "/complain", key=key, **SAID)
    code = code_in(sent.text)
    assert sent.headers["Cache-Control"] == "private, no-store"
    assert code_in(form(somebody, "/complain", key=key, **SAID).text) == code, "sent twice it is one"
    found = form(people.stranger("10.1.0.1"), "/complain/follow", code=f" {code.lower().replace('-', ' ')}")
    assert (found.status_code, "大厅已收到" in found.text) == (200, True)
    assert "大喊大叫" not in found.text, "whoever finds the code doesn't read the words"
    assert len(people.staff("chen").get("/api/v1/complaints").json["complaints"]) == 1  # type: ignore[index]


def test_a_form_that_is_refused_keeps_what_was_written(people: Browsers) -> None:
    somebody = people.stranger()
    page = form(somebody, "/complain", key="k", kind="praise", words="   ", contact="me@example.org")
    assert page.status_code == 422
    assert 'role="alert"' in page.text and "me@example.org" in page.text
    assert form(somebody, "/complain", kind="praise", words="Good.").status_code == 400, "without a key"


def test_after_the_end_of_a_form_more_can_be_said_with_it(people: Browsers) -> None:
    """Back in the browser, something added, sent again: refused once, and then it is another complaint."""
    somebody = people.stranger()
    key = key_in(somebody.get("/complain").text)
    first = code_in(form(somebody, "/complain", key=key, **SAID).text)
    more = SAID | {"words": "他对我大喊大叫，还摔了门。"}
    refused = form(somebody, "/complain", key=key, **more)
    assert refused.status_code == 422 and more["words"] in refused.text
    assert code_in(form(somebody, "/complain", key=key_in(refused.text), **more).text) != first


def test_a_code_is_not_guessed_from_another(people: Browsers) -> None:
    somebody = people.stranger()
    code = somebody.post("/api/v1/complaints", **SAID).json["code"]  # type: ignore[index]
    other = code[:-1] + ("A" if code[-1] != "A" else "B")
    for wrong in (other, code[:-1], code[:9], "", "一" * 16):
        answer = somebody.post("/api/v1/complaints/look", code=wrong)
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_complaint"), wrong  # type: ignore[index]


def test_strangers_are_slowed_down(people: Browsers) -> None:
    flood = people.stranger()
    answers = [flood.post("/api/v1/complaints", **SAID).status_code for _ in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert people.stranger("10.9.0.1").post("/api/v1/complaints", **SAID).status_code == 200


def test_a_holder_complains_and_sees_where_it_stands_but_no_note(people: Browsers, link: str) -> None:
    holder = people.stranger()
    page = holder.get(f"{link}/feedback")
    assert "A001" in page.text and "12345" in page.text
    code = code_in(form(holder, f"{link}/feedback", key=key_in(page.text), **SAID).text)
    again = holder.post(f"/api/v1{link}/complaints", **SAID)
    assert again.json["code"] == "complaint_open"  # type: ignore[index]
    assert 'value="complaint"' not in holder.get(f"{link}/feedback").text, "no form that would be refused"
    chen = people.staff("chen")
    (row,) = chen.get("/api/v1/complaints").json["complaints"]  # type: ignore[index]
    chen.post(f"/api/v1/complaints/{row['id']}/pass_on", handler="chen")
    chen.post(f"/api/v1/complaints/{row['id']}/solve", answer="已道歉。", note="只给内部看。")
    (own,) = holder.get(f"/api/v1{link}/complaints").json["complaints"]  # type: ignore[index]
    assert (own["code"], own["state"], own["answers"]) == (code, "solved", ["已道歉。"])
    assert "只给内部看" not in holder.get(f"{link}/feedback").text
    assert people.stranger().get("/t/forged.738000.word/feedback").status_code == 404


def test_a_slip_s_link_tells_no_other_browser_what_was_said(people: Browsers, link: str) -> None:
    """Slips lie on desks: a clerk's own telephone has the link, too, and not the code."""
    holder, finder = people.stranger(), people.stranger("10.1.0.1")
    code = code_in(form(holder, f"{link}/feedback", key="k", **SAID).text)
    page = finder.get(f"{link}/feedback").text
    assert code not in page and 'class="card stack standing"' not in page and 'value="complaint"' in page
    assert finder.get(f"/api/v1{link}/complaints").json == {"complaints": []}
    assert code in holder.get(f"{link}/feedback").text, "the telephone that sent it keeps its code"
    finder.client.set_cookie("said", f"{code[:-1]}?.{'A' * 300}", domain="hall.test")
    assert finder.get(f"/api/v1{link}/complaints").json == {"complaints": []}
    assert finder.post("/api/v1/complaints/look", code=code).json["state"] == "received"  # type: ignore[index]


@pytest.mark.parametrize("who", ["li", "wang", "chen", "admin"])
def test_staff_neither_read_nor_send_as_citizens(people: Browsers, link: str, who: str) -> None:
    people.stranger().post(f"/api/v1{link}/complaints", **SAID)
    staff = people.staff(who)
    praise = {"kind": "praise", "words": "最好的工作人员！"}
    answers = [
        staff.get(f"/api/v1{link}/complaints"),
        staff.post(f"/api/v1{link}/complaints", **praise),
        staff.post("/api/v1/complaints", **praise),
        staff.post("/api/v1/complaints/look", code="ABCD-EFGH-JKMN-PQRS"),
    ]
    assert [(each.status_code, each.json["code"]) for each in answers] == [(403, "for_citizens")] * 4  # type: ignore[index]
    pages = [form(staff, path, key="k", **praise) for path in ("/complain", f"{link}/feedback")]
    pages.append(form(staff, "/complain/follow", code="ABCD-EFGH-JKMN-PQRS"))
    assert [page.status_code for page in pages] == [403] * 3
    assert all("此页面供群众使用" in page.text for page in pages)
    assert 'class="card stack standing"' not in staff.get(f"{link}/feedback").text
    assert len(people.staff("admin").get("/api/v1/complaints").json["complaints"]) == 1  # type: ignore[index]


def test_the_office_reads_it_whole_and_the_look_is_recorded(
    people: Browsers, built: Built, link: str
) -> None:
    people.stranger().post(f"/api/v1{link}/complaints", **SAID)
    chen = people.staff("chen")
    (row,) = chen.get("/api/v1/complaints").json["complaints"]  # type: ignore[index]
    assert "words" not in row and row["number"] == "A001"
    whole = chen.get(f"/api/v1/complaints/{row['id']}").json
    assert whole is not None
    assert [each["text"] for each in whole["words"]] == [SAID["words"], SAID["contact"]]
    looks = [e.after for e in events(built) if e.action == "looked"]
    assert looks == [{"view": "complaint", "complaint": row["id"]}]


def events(built: Built) -> list[Event]:
    return built.store.look(lambda desk: desk.events_after(0, 10_000))


def test_whom_it_is_about_reads_no_word_of_it(people: Browsers) -> None:
    people.stranger().post("/api/v1/complaints", **SAID)
    admin, chen = people.staff("admin"), people.staff("chen")
    (row,) = admin.get("/api/v1/complaints").json["complaints"]  # type: ignore[index]
    admin.post(f"/api/v1/complaints/{row['id']}/pass_on", handler="admin", clerk="chen")
    whole = chen.get(f"/api/v1/complaints/{row['id']}").json
    assert whole is not None
    assert (whole["words"], whole["actions"], whole["concerns_reader"]) == ([], [], True)
    page = chen.get(f"/office/feedback/complaints/{row['id']}")
    assert (page.status_code, "涉及您本人" in page.text) == (200, True)
    assert "大喊大叫" not in page.text and "data-post" not in page.text
    refused = chen.post(f"/api/v1/complaints/{row['id']}/solve", answer="Nothing happened.")
    assert (refused.status_code, refused.json["code"]) == (403, "concerns_you")  # type: ignore[index]


def test_clerks_hear_nothing_of_complaints_not_even_when(people: Browsers, built: Built, link: str) -> None:
    people.stranger().post(f"/api/v1{link}/complaints", **SAID)
    told = [staff_message(event_message(event, None)) for event in events(built)]
    assert told[-1] == {"seq": told[-1]["seq"], "at": told[-1]["at"], "action": "other"}
    for path in ("/api/v1/complaints", "/office/feedback/complaints", "/api/v1/callbacks"):
        assert people.staff("li").get(path).status_code in (302, 403)


def test_staff_take_down_what_is_said_at_the_desk(people: Browsers, ticket: str) -> None:
    chen = people.staff("chen")
    taken = chen.post("/api/v1/complaints/taken", kind="praise", words="谢谢！", number="a001")
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", taken.json["code"])  # type: ignore[index]
    (row,) = chen.get("/api/v1/complaints").json["complaints"]  # type: ignore[index]
    assert (row["window"], row["clerk"], row["taken_by"], row["channel"]) == ("1", "li", "chen", "desk")
    unknown = chen.post("/api/v1/complaints/taken", kind="praise", words="谢谢！", number="A077")
    assert (unknown.status_code, unknown.json["code"]) == (404, "unknown_number")  # type: ignore[index]


def test_a_drawn_week_its_check_and_its_report(
    app: Flask, people: Browsers, built: Built, clock: HandClock, ticket: str
) -> None:
    clock.turn(minutes=7 * 1440)
    for night in built.nightly:
        night("2026-10-19")
    chen = people.staff("chen")
    assert [row["week"] for row in chen.get("/api/v1/callbacks").json["draws"]] == ["2026-W42"]  # type: ignore[index]
    at = "/api/v1/callbacks/2026-W42"
    assert chen.get(f"{at}/check").json["holds"] is True  # type: ignore[index]
    levels = dict.fromkeys(("attitude", "efficiency", "discipline"), "satisfied")
    called = chen.post(f"{at}/1/call", outcome="reached", suggestion="=1+1", **levels)
    assert called.status_code == 200
    report = chen.get("/api/v1/callbacks/report", period="2026-10").json
    assert report is not None
    assert (report["drawn"], report["reached"], report["levels"]["attitude"]["satisfied"]) == (1, 1, 1)
    table = chen.get("/office/feedback/callbacks.csv", month="2026-10").text
    assert "2026-W42,1,0,2026-10-12,A001,id-card,1,li,reached,1,chen" in table
    assert ",'=1+1" in table, "a spreadsheet doesn't reckon with it"
    for wrong in ("9", "x", "-1", "1e1"):
        assert chen.post(f"{at}/{wrong}/call", outcome="declined").json["code"] == "unknown_draw"  # type: ignore[index]
    page = chen.get("/office/feedback/callbacks", week="2026-W42", check="1")
    assert (page.status_code, "结果完全一致" in page.text) == (200, True)
    assert Callbacks(built.hall).draw_if_due("2026-10-19") == {}


@pytest.mark.parametrize(
    ("value", "kept"), [("=A1", "'=A1"), ("@x", "'@x"), (None, ""), (3, "3"), ("谢", "谢")]
)
def test_a_table_holds_no_formula(value: object, kept: str) -> None:
    assert harmless(value) == kept
