"""A supervisor who serves visits reads how they were rated no more than a clerk does: never one by one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask

from queueing.records import Press
from tests.api.browsers import Browsers
from web.context import Built

MONTH, DAY = "2026-10", "2026-10-12"
WORDS = "他一直在看手机。"


def fresh(actor: str, role: str, clerk: str | None = None) -> Press:
    return Press(actor, role, token_hex(8), clerk=clerk)


def chen() -> Press:
    return fresh("staff:chen", "supervisor", "chen")


@dataclass
class Desk:
    """Chen supervises and sits at window 3, where a pensioner was dissatisfied."""

    app: Flask
    built: Built
    people: Browsers
    ticket: str = ""

    def visit(self) -> str:
        hall = self.built.hall
        hall.issue(service="pension", by=fresh("device:kiosk", "kiosk"))
        key: str = hall.call_next(window="3", by=chen())["ticket"]["ticket"]
        hall.serve(window="3", by=chen())
        hall.finish(window="3", by=chen())
        return key

    def rate(self, ticket: str) -> None:
        by = fresh("device:pad", "pad")
        told = {"level": "very_dissatisfied", "reasons": ["202"], "comment": WORDS}
        self.built.ratings.rate_at_pad(window="3", ticket=ticket, **told, by=by)  # type: ignore[arg-type]

    def read(self, who: str, path: str, **query: str) -> str:
        answer = self.people.staff(who).get(f"/api/v1/{path}", **query)
        return json.dumps([answer.status_code, answer.get_json()], ensure_ascii=False)

    def office(self, who: str) -> Any:
        browser = self.people.staff(who)
        socket = self.built.sockets.test_client(
            self.app, flask_test_client=browser.client, headers={"Host": "hall.test"}
        )
        joined = socket.emit("join", {"screen": "office"}, callback=True)
        assert joined["ok"]
        return socket, joined["snapshot"]["ratings"]


@pytest.fixture
def desk(app: Flask, built: Built) -> Desk:
    opened = Desk(app, built, Browsers(app, built))
    built.hall.sit(window="3", by=chen())
    opened.ticket = opened.visit()
    opened.rate(opened.ticket)
    return opened


LOOKS = [
    ("ratings", {"day": DAY}),
    ("ratings/flags", {"period": MONTH}),
    ("ratings/reviews", {"period": MONTH}),
    ("facts", {"period": MONTH, "origin": "all"}),
    ("facts", {"period": MONTH, "origin": "queue", "clerk": "chen"}),
    ("assessments/window/3", {"period": MONTH}),
    ("bad_ratings", {}),
]


@pytest.mark.parametrize(("path", "query"), LOOKS)
def test_no_look_names_a_rating_of_the_own_visits(desk: Desk, path: str, query: dict[str, str]) -> None:
    if path == "ratings/reviews":
        desk.people.staff("admin").post("/api/v1/ratings/set_aside", tickets=[desk.ticket], reason="forced")
    seen, others = desk.read("chen", path, **query), desk.read("admin", path, **query)
    assert seen.startswith("[200") and others.startswith("[200")
    for word in (desk.ticket, 'very_dissatisfied", "reasons', WORDS):
        assert word not in seen
    assert desk.ticket in others, "somebody else reads it"


def test_nor_does_the_fact_itself_nor_what_a_revision_would_change(desk: Desk) -> None:
    fact = f"facts/rated:3:{DAY}:{desk.ticket}"
    assert desk.read("chen", fact).startswith("[404") and desk.read("admin", fact).startswith("[200")
    desk.people.staff("admin").post("/api/v1/releases", period=MONTH, early=True)
    desk.rate(desk.visit())
    seen, others = (desk.read(who, f"releases/{MONTH}/changes") for who in ("chen", "admin"))
    assert seen.startswith("[200") and "rated:3" not in seen and "rated:3" in others


def test_the_office_s_live_page_names_it_to_others_alone(desk: Desk) -> None:
    mine, mine_first = desk.office("chen")
    theirs, theirs_first = desk.office("admin")
    assert (mine_first["bad"], mine_first["newest"]) == ([], [])
    assert [each["ticket"] for each in theirs_first["bad"]] == [desk.ticket]
    second = desk.visit()
    desk.rate(second)
    for socket, heard in ((mine, False), (theirs, True)):
        missed = socket.emit("catch_up", {"since": 0}, callback=True)["events"]
        assert (WORDS in json.dumps(missed, ensure_ascii=False)) is heard
        assert [event["seq"] for event in missed] == list(range(1, len(missed) + 1)), "no holes"
    events = desk.built.store.look(lambda held: held.events_after(0, 1000))
    desk.built.push._send([event for event in events if event.action == "rate"][-1:])
    for socket, heard in ((mine, False), (theirs, True)):
        told = [each["args"][0]["events"] for each in socket.get_received() if each["name"] == "events"]
        assert (WORDS in json.dumps(told[-1], ensure_ascii=False)) is heard
        assert told[-1][0]["action"] == ("rate" if heard else "other")
