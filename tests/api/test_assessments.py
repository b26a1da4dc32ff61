"""Releases, appeals and honours over the API, as each of those concerned meets them."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from queueing.records import Press
from scoring.fact_store import fact_rows
from scoring.scheme_rules import Winners
from scoring.versions import HallSchemes
from settings.schemes import schemes_of
from tests.api.browsers import Browser, Browsers
from tests.api.test_refused_ratings import Visit
from tests.scoring.months import SCHEMES, fact
from web.building import look_at_releases
from web.context import Built

Json = dict[str, Any]
MONTH = "2026-10"
MOVED_BY_RATINGS = schemes_of(SCHEMES / "county-window.toml", SCHEMES / "yihuang-clerk.toml")


class Hall:
    """li sits at window 1, chen supervises."""

    def __init__(self, app: Flask, built: Built) -> None:
        self.app, self.built, self.people = app, built, Browsers(app, built)
        self.li, self.wang = self.people.staff("li"), self.people.staff("wang")
        self.chen = self.people.staff("chen")
        self.admin = self.people.staff("admin")
        built.hall.sit(window="1", by=Press("staff:li", "clerk", "sit", clerk="li"))

    def enter(self, *facts: Any) -> None:
        def keep(desk: Any) -> Json:
            for each in facts:
                fact_rows(desk).add_fact(each)
            return {}

        self.built.store.change(keep, Press("staff:guan", "inspector"))

    def november(self) -> None:
        self.built.clock.turn(minutes=20 * 24 * 60)  # type: ignore[attr-defined]

    def release(self, **how: Any) -> Json:
        return told(self.chen.post("/api/v1/releases", period=MONTH, **how), 201)


@pytest.fixture
def hall(app: Flask, built: Built) -> Hall:
    return Hall(app, built)


def told(answer: Any, status: int = 200) -> Json:
    assert answer.status_code == status, answer.get_json()
    said: Json = answer.get_json()
    return said


def mine(browser: Browser, **query: str) -> dict[str, Json]:
    month = told(browser.get("/api/v1/me/assessment", period=MONTH, **query))
    return {f"{each['by']} {each['subject']}": each for each in month["assessments"]}


def line(assessment: Json, code: str) -> Json:
    return next(each for each in assessment["lines"] if each["code"] == code)


def test_a_month_from_an_entry_to_a_revision(hall: Hall) -> None:
    """Window 1 under the county's rules: half a day away without leave."""
    entry = fact("1.1")
    hall.enter(entry)
    hall.november()
    assert hall.release()["revision"] == 1
    score = told(hall.chen.get("/api/v1/assessments/window/1", period=MONTH, revision="1"))
    own = mine(hall.li)["window 1"]
    assert own["score"] == score["assessment"]["score"] < 100
    shown = line(own, "1.1")["facts"]
    assert [each["fact"] for each in shown] == [entry.id]
    wish = {"period": MONTH, "by": "window", "subject": "1", "fact": entry.id, "text": "It was corrected."}
    appeal = told(hall.li.post("/api/v1/me/appeals", **wish), 201)["appeal"]
    (waiting,) = told(hall.chen.get("/api/v1/appeals", state="open"))["appeals"]
    assert (waiting["appeal"], waiting["yours"], waiting["text"]) == (appeal, True, "It was corrected.")
    decision = {"verdict": "upheld", "reason": "The picture shows it."}
    told(hall.chen.post(f"/api/v1/appeals/{appeal}/decide", **decision))
    (answer,) = told(hall.li.get("/api/v1/me/appeals"))["appeals"]
    assert (answer["state"], answer["reason"]) == ("upheld", "The picture shows it.")
    assert "decided_by" not in answer
    (would,) = told(hall.chen.get(f"/api/v1/releases/{MONTH}/changes"))["changes"]
    assert [each["how"] for each in would["facts"]] == ["withdrawn"]
    assert hall.release(seen=1)["revision"] == 2
    assert mine(hall.li)["window 1"]["score"] == 100
    months = told(hall.chen.get("/api/v1/releases"))["months"]
    assert [each["revision"] for each in months[0]["revisions"]] == [1, 2]
    assert told(hall.chen.get(f"/api/v1/releases/{MONTH}/verified"))["verified"]


def test_a_press_that_comes_twice_releases_once(hall: Hall) -> None:
    hall.november()
    answers = [hall.chen.post("/api/v1/releases", "one key", period=MONTH) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()


def test_in_the_morning_supervisors_are_told_that_a_released_month_would_differ(hall: Hall) -> None:
    hall.november()
    hall.release()
    hall.enter(fact("1.1"))
    look_at_releases(hall.built, "2026-11-02")
    (month,) = told(hall.chen.get("/api/v1/releases"))["months"]
    assert month["pending"]["rows"] == 1


@pytest.mark.parametrize(
    ("press", "body"),
    [
        ("/api/v1/releases", {"period": MONTH}),
        ("/api/v1/honours", {"period": MONTH, "by": "window"}),
        ("/api/v1/honours/take_back", {"period": MONTH, "by": "window", "subject": "1"}),
        ("/api/v1/appeals/x/decide", {"verdict": "upheld", "reason": "because"}),
    ],
)
def test_clerks_release_and_decide_nothing(hall: Hall, press: str, body: Json) -> None:
    assert hall.li.post(press, **body).status_code == 403


def test_the_refusals_say_what_to_do(hall: Hall) -> None:
    early = hall.chen.post("/api/v1/releases", period=MONTH)
    assert early.status_code == 409 and early.get_json()["code"] == "month_not_over"
    assert hall.chen.get(f"/api/v1/releases/{MONTH}/changes").get_json()["code"] == "not_released"
    nothing = {"period": MONTH, "by": "window", "subject": "1", "fact": "none", "text": "No."}
    assert hall.li.post("/api/v1/me/appeals", **nothing).get_json()["code"] == "nothing_to_appeal"


def test_a_year_tells_the_lines_that_made_it_and_no_ids_of_facts(hall: Hall) -> None:
    """County, window 1: a letter of praise in a month of 100 is 101, and nothing comes on top of the year."""
    hall.enter(fact("B1"))
    hall.november()
    hall.release()
    rows = told(hall.chen.get("/api/v1/assessments/annual", period="2026", by="window"))["rows"]
    row = next(each for each in rows if each["subject"] == "1")
    assert [(each["code"], each["part"], each["points"]) for each in row["lines"]] == [(MONTH, "month", 101)]
    assert (row["score"], row["bonus"], "facts" in row["lines"][0]) == (101, 0, False)


# -- what a clerk must not learn -------------------------------------------------------------------


def rated(hall: Hall, visit: Visit, level: str, reasons: list[str]) -> None:
    visit.ticket = visit.finished()
    press = Press(f"ticket:{visit.ticket}", "holder")
    hall.built.ratings.rate_by_phone(ticket=visit.ticket, level=level, reasons=reasons, by=press)


@pytest.fixture
def visit(app: Flask, built: Built) -> Visit:
    return Visit(app, built)


def test_before_the_release_single_ratings_move_nothing_that_a_clerk_sees(hall: Hall, visit: Visit) -> None:
    """Under the scheme that takes 5 points for every person who wasn't content."""
    hall.built.__dict__["schemes"] = MOVED_BY_RATINGS
    for _ in range(4):
        rated(hall, visit, "satisfied", [])
    before = mine(hall.people.staff("li"))
    rated(hall, visit, "very_dissatisfied", ["202"])
    fifth = mine(hall.people.staff("li"))
    assert fifth["window 1"] == before["window 1"]
    assert (before["clerk li"]["score"], fifth["clerk li"]["score"]) == (100, 95)
    for _ in range(4):
        rated(hall, visit, "very_dissatisfied", ["202"])
    assert mine(hall.people.staff("li")) == fifth


def test_no_rating_no_ticket_and_no_author_is_named_to_a_clerk(hall: Hall, visit: Visit) -> None:
    hall.built.__dict__["schemes"] = MOVED_BY_RATINGS
    for _ in range(5):
        rated(hall, visit, "very_dissatisfied", ["202"])
    hall.enter(fact("1.1", ticket=visit.ticket, clerk="li", author="guan"))
    hall.november()
    hall.release()
    said = hall.li.get("/api/v1/me/assessment", period=MONTH).get_data(as_text=True)
    assert visit.ticket not in said and "guan" not in said and "rated:" not in said


def test_of_lines_that_rest_on_ratings_a_release_tells_points_and_no_count(hall: Hall, visit: Visit) -> None:
    hall.built.__dict__["schemes"] = MOVED_BY_RATINGS
    rated(hall, visit, "very_dissatisfied", ["202"])
    hall.enter(fact("3.5", clerk="li", window=None))
    hall.november()
    hall.release()
    seen = mine(hall.people.staff("li"))
    of_rating = line(seen["clerk li"], "4.1")
    assert of_rating["points"] == -5
    hidden = [of_rating[name] for name in ("times", "points_each", "asked", "cut", "note")]
    assert hidden == [None] * 5 and of_rating["others"] == 0
    assert line(seen["clerk li"], "3.5")["times"] == 1
    assert all(each["times"] is None for each in seen["window 1"]["lines"] if each["code"] == "rating")
    office = told(hall.chen.get("/api/v1/assessments/clerk/li", period=MONTH, revision="1"))["assessment"]
    assert line(office, "4.1")["times"] == 1


def test_a_clerk_sees_the_windows_sat_at_or_named_with_and_of_others_only_how_many(hall: Hall) -> None:
    own, of_wang, other_day = fact("1.1"), fact("1.1", clerk="wang"), fact("1.1", day="2026-10-13")
    hall.enter(own, of_wang, other_day, fact("1.1", window="3"))
    seen = mine(hall.li)
    assert set(seen) == {"clerk li", "window 1"}
    shown = line(seen["window 1"], "1.1")
    assert ([each["fact"] for each in shown["facts"]], shown["others"]) == ([own.id], 2)
    of_wang_s = mine(hall.wang)
    assert set(of_wang_s) == {"clerk wang", "window 1"}, "named in an entry, though never at that window"
    theirs = line(of_wang_s["window 1"], "1.1")
    assert ([each["fact"] for each in theirs["facts"]], theirs["others"]) == ([of_wang.id], 2)


# -- photos ----------------------------------------------------------------------------------------


def photo() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "PNG")
    return kept.getvalue()


def sent(browser: Browser, path: str) -> Any:
    return browser.client.post(
        path, data=photo(), base_url="http://hall.test", environ_overrides={"REMOTE_ADDR": "10.0.0.7"},
        headers={"Idempotency-Key": f"photo {path}"},
    )  # fmt: skip


def test_photos_beside_an_appeal_are_for_the_office_and_the_one_who_appealed(hall: Hall) -> None:
    entry = fact("1.1")
    hall.enter(entry)
    told(sent(hall.chen, f"/api/v1/facts/{entry.id}/evidence"), 201)
    wish = {"period": MONTH, "by": "window", "subject": "1", "fact": entry.id, "text": "Look."}
    appeal = told(hall.li.post("/api/v1/me/appeals", **wish), 201)["appeal"]
    added = told(sent(hall.li, f"/api/v1/me/appeals/{appeal}/evidence"), 201)["evidence"]["id"]
    assert sent(hall.wang, f"/api/v1/me/appeals/{appeal}/evidence").status_code == 404
    for place in (f"appeals/{appeal}/evidence/{added}", f"facts/{entry.id}/evidence/{facts_photo(hall)}"):
        seen = [who.get(f"/api/v1/{place}").status_code for who in (hall.li, hall.chen, hall.wang)]
        assert seen == [200, 200, 404], place
    assert hall.chen.get(f"/api/v1/appeals/{appeal}/evidence/{added}").mimetype == "image/jpeg"
    decision = {"verdict": "rejected", "reason": "It stands."}
    told(hall.chen.post(f"/api/v1/appeals/{appeal}/decide", **decision))
    late = sent(hall.li, f"/api/v1/me/appeals/{appeal}/evidence?late")
    assert late.get_json()["code"] == "appeal_decided"


def facts_photo(hall: Hall) -> str:
    """As the clerk finds it beside the line."""
    (shown,) = line(mine(hall.li)["window 1"], "1.1")["facts"]
    (name,) = shown["evidence"]
    return str(name)


# -- what becomes public ---------------------------------------------------------------------------


def boards_flags(hall: Hall) -> list[str]:
    shown = told(hall.people.device("board", "main").get("/boards/shown", area="main", lang="en"))
    return [each["window"] for each in shown["red_flags"]["windows"]]


def published(hall: Hall) -> list[Json]:
    lists: list[Json] = told(hall.people.stranger().get("/api/v1/honours/published"))["lists"]
    return lists


def test_boards_and_the_page_of_people_show_only_what_was_published(hall: Hall) -> None:
    hall.enter(fact("1.1"), fact("1.1", window=None, clerk="li"))
    hall.built.__dict__["schemes"] = with_winners(hall.built.schemes)
    hall.november()
    hall.release()
    assert boards_flags(hall) == [] and published(hall) == []
    composed = told(hall.people.device("board", "main").get("/boards/shown", area="main"))["composed"]
    flags = told(hall.chen.post("/api/v1/honours", period=MONTH, by="window"), 201)
    shown = told(hall.people.device("board", "main").get("/boards/shown", area="main"))
    assert composed < shown["composed"] == flags["seq"]
    told(hall.chen.post("/api/v1/honours", period=MONTH, by="clerk"), 201)
    assert set(boards_flags(hall)) == {"2"}
    people, windows = published(hall)
    assert [each["subject"] for each in people["named"]] == [None]
    assert [each["subject"] for each in windows["named"]] == ["2", "3"]
    page = hall.people.stranger().get("/people", lang="en").get_data(as_text=True)
    assert "Red-flag windows · October 2026" in page and "Wang Qiang" in page and "Li Min" not in page
    wish = {"period": MONTH, "by": "clerk", "subject": "wang", "reason": "left us"}
    told(hall.chen.post("/api/v1/honours/take_back", **wish))
    assert [each["by"] for each in published(hall)] == ["window"]
    assert "Wang Qiang" not in hall.people.stranger().get("/people", lang="en").get_data(as_text=True)
    proposal = told(hall.chen.get("/api/v1/honours", period=MONTH, by="clerk"))
    assert [each["reason"] for each in proposal["taken_back"]] == ["left us"]


def with_winners(schemes: HallSchemes) -> HallSchemes:
    """One person and one window a month."""
    one = [tuple(replace(each, winners=Winners(month=1)) for each in group)
           for group in (schemes.window, schemes.clerk)]  # fmt: skip
    return HallSchemes(*one)


def test_the_newest_finished_month_that_waits_is_offered_for_release(hall: Hall) -> None:
    def offered(**query: str) -> list[str]:
        page = hall.chen.get("/office/assessment/release", **query).get_data(as_text=True)
        return re.findall(r'<option value="([^"]+)" selected', page)

    assert offered() == ["2026-09"]
    assert offered(period=MONTH) == [MONTH]
    table = told(hall.chen.get("/api/v1/assessments", period="2026-09", by="window"))
    assert table["empty"]
