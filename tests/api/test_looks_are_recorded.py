"""Supervisors and inspectors see each rating, and the audit trail says that they looked."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from queueing.clock import HandClock
from queueing.records import Event
from tests.api.browsers import Browser, Browsers
from tests.api.test_refused_ratings import Visit, rate
from web.context import Built


@pytest.fixture
def visit(app: Flask, built: Built) -> Visit:
    """A visit at window 1 that was rated badly."""
    made = Visit(app, built)
    rated = rate(made.pad, made, level="dissatisfied", reasons=["202"], comment="两趟都没说清楚。")
    assert rated.status_code == 200
    return made


def looks(visit: Visit) -> list[tuple[str, dict[str, Any]]]:
    events: list[Event] = visit.built.store.look(lambda desk: desk.events_after(0, 10_000))
    return [(event.actor, event.after) for event in events if event.action == "looked"]


def test_a_supervisor_reads_each_rating_with_its_reasons(visit: Visit) -> None:
    read = visit.people.staff("chen").get("/api/v1/ratings").get_json()
    assert [(each["number"], each["level"], each["reasons"]) for each in read["ratings"]] == [
        ("A001", "dissatisfied", ["202"])
    ]
    assert looks(visit) == [("staff:chen", {"view": "ratings", "day": "2026-10-12"})]


def test_a_look_is_recorded_once_for_a_session_and_view(visit: Visit, clock: HandClock) -> None:
    chen = visit.people.staff("chen")
    for _ in range(3):
        chen.get("/api/v1/ratings")
    assert len(looks(visit)) == 1
    chen.get("/api/v1/ratings", day="2026-10-09")
    visit.people.staff("chen").get("/api/v1/ratings")
    assert [told["day"] for _, told in looks(visit)] == ["2026-10-12", "2026-10-09", "2026-10-12"]


def test_flags_name_tickets_so_reading_them_is_a_look(visit: Visit) -> None:
    chen = visit.people.staff("chen")
    assert chen.get("/api/v1/ratings/flags").get_json()["flags"] != []
    assert looks(visit) == [("staff:chen", {"view": "flags", "period": "2026-10"})]
    chen.get("/api/v1/ratings/flags", period="2026-09")
    assert len(looks(visit)) == 1


def test_live_scores_tell_a_rating_so_reading_them_is_a_look(visit: Visit) -> None:
    chen = visit.people.staff("chen")
    for by in ("window", "clerk", "window"):
        assert chen.get("/api/v1/scores", by=by).status_code == 200
    assert looks(visit) == [("staff:chen", {"view": "scores", "period": "2026-10"})]


@pytest.mark.parametrize("path", ["", "/flags", "/refused"])
def test_clerks_screens_and_strangers_read_no_single_rating(visit: Visit, path: str) -> None:
    people: list[Browser] = [visit.people.staff("li"), visit.pad, visit.people.stranger()]
    said = [each.get(f"/api/v1/ratings{path}") for each in people]
    assert [answer.status_code for answer in said] == [403, 401, 401]
    assert looks(visit) == []


@pytest.mark.parametrize("period", ["2026-02-31", "2026-13", "2026", "x", "1999-01", ""])
def test_a_period_that_is_none_is_refused(visit: Visit, period: str) -> None:
    answer = visit.people.staff("chen").get("/api/v1/ratings/flags", period=period)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "bad_request")


@pytest.mark.parametrize("path", ["/office", "/terminal", "/guide", "/guide/slips", "/password"])
def test_no_browser_keeps_a_page_that_only_staff_may_see(app: Flask, built: Built, path: str) -> None:
    people = Browsers(app, built)
    page, sent_away = people.staff("chen").get(path), people.stranger().get(path)
    assert (page.status_code, page.headers.get("Cache-Control")) == (200, "no-store")
    assert (sent_away.status_code, sent_away.headers.get("Cache-Control")) == (302, "no-store")


def test_the_open_office_page_is_a_look_and_a_terminal_is_none(app: Flask, built: Built) -> None:
    people = Browsers(app, built)
    for staff, screen in (("chen", {"screen": "office"}), ("li", {"screen": "terminal", "window": "1"})):
        socket = built.sockets.test_client(
            app,
            flask_test_client=people.staff(staff).client,
            headers={"Host": "hall.test"},
        )
        assert socket.emit("join", screen, callback=True)["ok"]
        assert socket.emit("join", screen, callback=True)["ok"]
        socket.disconnect()
    events = built.store.look(lambda desk: desk.events_after(0, 100))
    told = [(event.actor, event.after) for event in events if event.action == "looked"]
    assert told == [("staff:chen", {"view": "office", "day": "2026-10-12"})]
