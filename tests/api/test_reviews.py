"""Ratings set aside by a reviewer: out of every figure, all of it visible, and undone at will."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import Any, cast

import pytest
from flask import Flask

from queueing.records import Press
from scoring.gathering import facts_of
from scoring.levels import Level
from scoring.periods import period
from scoring.store import RatingStore
from tests.api.browsers import Browsers
from web.context import Built

KEYS = count(1)
REASON = "the clerk held the visitor's hand"


def by(clerk: str | None = None) -> Press:
    actor, role = (f"staff:{clerk}", "clerk") if clerk else ("device:pad", "pad")
    return Press(actor, role, f"review-{next(KEYS)}", clerk=clerk)


@dataclass
class Day:
    """Li at window 1 has three ratings, each of another visit."""

    built: Built
    people: Browsers
    tickets: list[str]

    def post(self, what: str, *tickets: str, who: str = "chen", reason: str = REASON) -> Any:
        return self.people.staff(who).post(f"/api/v1/ratings/{what}", tickets=list(tickets), reason=reason)

    def row(self, path: str = "scores", **query: str) -> Any:
        return self.people.staff("chen").get(f"/api/v1/{path}", **query).get_json()["rows"][0]

    def look(self, what: Any) -> Any:
        return self.built.store.look(lambda desk: what(cast(RatingStore, desk)))

    def facts(self) -> list[tuple[str, int, bool]]:
        """What the assessment of window 1 is made of: level, times, withdrawn."""
        held = self.look(lambda desk: facts_of(desk, period("2026-10"), self.built.hall))["1"]
        rated = [fact for fact in held if fact.kind == "rated"]
        return sorted((fact.item, int(fact.times), fact.withdrawn is not None) for fact in rated)


@pytest.fixture
def day(app: Flask, built: Built) -> Day:
    hall, tickets = built.hall, []
    hall.sit(window="1", by=by("li"))
    levels: tuple[Level, ...] = ("very_satisfied", "very_satisfied", "dissatisfied")
    for level in levels:
        hall.issue(service="id-card", by=replace(by(), role="kiosk"))
        ticket = hall.call_next(window="1", by=by("li"))["ticket"]["ticket"]
        hall.serve(window="1", by=by("li"))
        hall.finish(window="1", by=by("li"))
        reasons = ["201"] if level == "dissatisfied" else []
        built.ratings.rate_at_pad(window="1", ticket=ticket, level=level, reasons=reasons, by=by())
        tickets.append(ticket)
    return Day(built, Browsers(app, built), tickets)


def test_a_rating_set_aside_is_in_no_figure_and_stays_in_sight(day: Day) -> None:
    good, bad = day.tickets[0], day.tickets[2]
    assert day.row()["n"] == 3
    assert day.facts() == [("dissatisfied", 1, False), ("very_satisfied", 2, False)]

    answer = day.post("set_aside", good, bad)
    assert (answer.status_code, answer.get_json()["n"]) == (200, 2)

    assert (day.row()["n"], day.row()["positive"]) == (1, 1.0)
    read = day.row("scores/reading")
    assert (read["n"], read["set_aside"], read["positive"], read["finished"]) == (1, 2, 1.0, 3)
    assert day.row("scores/reading", by="clerk")["set_aside"] == 2
    assert day.facts() == [
        ("dissatisfied", 1, True), ("very_satisfied", 1, False), ("very_satisfied", 1, True)
    ]  # fmt: skip


def test_put_back_it_counts_as_if_nothing_had_been_and_both_reasons_are_kept(day: Day) -> None:
    before = day.row(), day.row("scores/reading"), day.facts()
    day.post("set_aside", day.tickets[0])
    day.post("put_back", day.tickets[0], reason="it was the visitor's own choice")
    assert (day.row(), day.row("scores/reading"), day.facts()) == before

    day.post("set_aside", day.tickets[0], reason="once more")
    told = day.people.staff("chen").get("/api/v1/ratings/reviews").get_json()["reviews"]
    assert [(each["number"], each["author"], each["reason"], each["back_reason"]) for each in told] == [
        ("A001", "chen", "once more", None),
        ("A001", "chen", REASON, "it was the visitor's own choice"),
    ]


def test_the_flag_stays_and_says_which_of_its_ratings_are_set_aside(day: Day) -> None:
    def flagged() -> dict[str, bool]:
        flags = day.people.staff("chen").get("/api/v1/ratings/flags").get_json()["flags"]
        short = next(flag for flag in flags if flag["kind"] == "hardly_served")
        return {each["ticket"]: each["set_aside"] for each in short["ratings"]}

    first, second = day.tickets[:2]
    assert flagged() == {first: False, second: False}
    day.post("set_aside", second)
    assert flagged() == {first: False, second: True}
    day.post("put_back", second)
    assert flagged() == {first: False, second: False}


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("li", 403, "not_allowed"), ("wang", 403, "not_allowed"), ("chen", 200, None)],
)
def test_reviewers_alone_set_aside(day: Day, who: str, status: int, code: str | None) -> None:
    answer = day.post("set_aside", day.tickets[0], who=who)
    assert (answer.status_code, answer.get_json().get("code")) == (status, code)


def test_nobody_reviews_a_rating_of_their_own(day: Day) -> None:
    hall = day.built.hall
    hall.issue(service="pension", by=replace(by(), role="kiosk"))
    mine = replace(by("chen"), role="supervisor")
    hall.sit(window="3", by=mine)
    ticket = hall.call_next(window="3", by=replace(by("chen"), role="supervisor"))["ticket"]["ticket"]
    for press in (hall.serve, hall.finish):
        press(window="3", by=replace(by("chen"), role="supervisor"))
    day.built.ratings.rate_at_pad(window="3", ticket=ticket, level="dissatisfied", reasons=["201"], by=by())
    refused = day.post("set_aside", day.tickets[0], ticket)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "own_rating")
    assert day.row()["n"] == 3
    assert day.post("set_aside", ticket, who="admin").status_code == 200
    assert day.post("put_back", ticket).get_json()["code"] == "own_rating"


def test_twice_is_refused_and_changes_nothing(day: Day) -> None:
    first, second, _ = day.tickets
    day.post("set_aside", first)
    assert day.post("set_aside", second, first).get_json()["code"] == "already_aside"
    assert day.row()["n"] == 2
    assert day.post("put_back", second).get_json()["code"] == "not_aside"
    assert day.post("set_aside", "nobody").get_json()["code"] == "not_rated"


@pytest.mark.parametrize("reason", ["", " ", "   ", "x", "y" * 301])
def test_without_a_reason_nothing_is_set_aside(day: Day, reason: str) -> None:
    assert day.post("set_aside", day.tickets[0], reason=reason).status_code == 422
    assert day.row()["n"] == 3


def test_the_trail_names_tickets_and_never_the_reason(day: Day) -> None:
    day.post("set_aside", day.tickets[0])
    note = next(
        e for e in day.look(lambda desk: desk.events_after(0, 1000)) if e.action == "ratings_set_aside"
    )
    assert (note.actor, note.after) == ("staff:chen", {"tickets": [day.tickets[0]], "windows": ["1"]})
    assert REASON not in str(note)


def test_in_the_clerk_s_batches_no_other_rating_moves_up(day: Day) -> None:
    day.post("set_aside", day.tickets[1])
    levels = day.look(lambda desk: desk.clerk_levels("li", "2026-10-01", "2026-10-31"))
    assert levels == ["very_satisfied", "", "dissatisfied"]
