"""What an entry would do is told before it is made, and the table says who stands where."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.api.test_assessments import MONTH, Hall, told
from tests.scoring.months import fact
from web.context import Built

Json = dict[str, Any]
DAY = f"{MONTH}-12"


@pytest.fixture
def hall(app: Flask, built: Built) -> Hall:
    return Hall(app, built)


def preview(hall: Hall, item: str, window: str = "2", **more: str) -> Json:
    path = f"/api/v1/assessments/window/{window}/preview"
    return told(hall.chen.get(path, day=DAY, item=item, **more))


def assessed(hall: Hall, window: str = "2") -> Json:
    found: Json = told(hall.chen.get(f"/api/v1/assessments/window/{window}", period=MONTH))["assessment"]
    return found


def test_a_preview_tells_what_the_entry_then_does(hall: Hall) -> None:
    hall.enter(fact("2.1", window="2"))
    seen = preview(hall, "6.1", times="4")
    assert seen["was"]["score"] == assessed(hall)["score"] == 98
    body = {"day": DAY, "window": "2", "item": "6.1", "times": "4"}
    told(hall.chen.post("/api/v1/facts", **body), 201)
    after = assessed(hall)
    assert (after["score"], after["parts"]) == (seen["now"]["score"], seen["now"]["parts"])
    assert after["score"] == 95, "four files at one point each, in a part of three"


def test_looking_enters_nothing(hall: Hall) -> None:
    before = assessed(hall)
    preview(hall, "2.1")
    assert assessed(hall) == before
    assert told(hall.chen.get("/api/v1/facts", period=MONTH))["facts"] == []


def test_chosen_points_and_unknown_windows(hall: Hall) -> None:
    assert preview(hall, "2.2", points="-5")["now"]["score"] == 95
    unknown = hall.chen.get("/api/v1/assessments/window/99/preview", day=DAY, item="2.1")
    assert unknown.get_json()["code"] == "unknown_subject"
    assert hall.li.get("/api/v1/assessments/window/2/preview", day=DAY, item="2.1").status_code == 403


def test_equals_share_a_place_and_the_next_one_is_counted_on(hall: Hall) -> None:
    hall.enter(fact("2.1", window="2"), fact("2.1", window="3"), fact("2.1", window="3"))
    rows = told(hall.chen.get("/api/v1/assessments", period=MONTH))["rows"]
    assert {row["subject"]: row["place"] for row in rows} == {"1": 1, "2": 2, "3": 3}
    hall.enter(fact("2.1", window="2"))
    rows = told(hall.chen.get("/api/v1/assessments", period=MONTH))["rows"]
    assert {row["subject"]: row["place"] for row in rows} == {"1": 1, "2": 2, "3": 2}
    second = next(row for row in rows if row["subject"] == "2")
    assert second["deducted"] == 4 and next(p for p in second["parts"] if p["code"] == "2")["score"] == 11


def test_a_released_table_ranks_by_what_was_released(hall: Hall) -> None:
    hall.enter(fact("2.1", window="2"))
    hall.november()
    hall.release()
    hall.enter(*[fact("2.1", window="1") for _ in range(3)])
    rows = told(hall.chen.get("/api/v1/assessments", period=MONTH))["rows"]
    first = next(row for row in rows if row["subject"] == "1")
    assert (first["place"], first["released"], first["score"]) == (1, 100, 94)


def test_the_rules_of_a_day_are_there_for_everybody_who_works_here(hall: Hall) -> None:
    scheme = told(hall.li.get("/api/v1/schemes/window", day=DAY))
    ranged = next(item for item in scheme["items"] if item["code"] == "2.2")
    assert (ranged["points"], ranged["up_to"], ranged["per"]) == (-3, -5, "case")
    assert sum(part["maximum"] for part in scheme["parts"]) == 80
    assert hall.people.stranger().get("/api/v1/schemes/window").status_code == 401
    early = hall.li.get("/api/v1/schemes/window", day="2000-01-01")
    assert early.get_json()["code"] == "no_scheme_in_force"
