"""The office's fair turns: the figures of a period on page, file and API, and one ticket's receipt."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest

from queueing.clock import minutes_between
from settings import load_house
from storage.fairness import FairnessDesk
from tests.reports.conftest import Office, office_in
from tests.scene import SMALL

MONTH, DAY = "2026-10", "2026-10-12"


def story(office: Office) -> None:
    """Monday: an old lady is called before A001; on Tuesday nobody is overtaken."""
    scene = office.scene
    scene.sit("1", "li")
    first = scene.take()
    scene.clock.turn(minutes=6)
    scene.take(ticket_class="priority")
    scene.clock.turn(minutes=12)
    scene.serve_one("1", "li")
    assert scene.serve_one("1", "li", 9) == first
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()
    scene.sit("1", "li")
    scene.take()
    scene.clock.turn(minutes=2)
    scene.serve_one("1", "li")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    house = load_house(SMALL)
    services = tuple(replace(each, promised_wait_minutes=20.0) for each in house.services)
    with office_in(tmp_path_factory.mktemp("fair"), services=services) as opened:
        story(opened)
        yield opened


def test_a_months_figures_over_the_api(office):
    told = office.get("/api/v1/fairness", period=MONTH).json
    assert told["until"] == "2026-10-13" and told["overtakings"] == 1
    passed = {"ticket_class": "walk_in", "by_class": "priority", "rule": "priority", "n": 1}
    assert told["passed"] == [passed]
    walk_in = {"ticket_class": "walk_in", "tickets": 2, "overtaken": 1}
    assert told["classes"] == [walk_in, {"ticket_class": "priority", "tickets": 1, "overtaken": 0}]
    assert told["later_minutes"] == {"p50": 6, "p95": 6, "most": 6}
    assert told["worst"] == [{"day": DAY, "number": "A001", "times": 1}]


def test_waits_and_promises_are_those_of_the_tickets(office):
    """A001 waited 18 + 5 minutes, three more than promised."""
    told = office.get("/api/v1/fairness", period=MONTH).json
    assert told["longest_wait_minutes"] == 23.0
    rows = {row["ticket_class"]: row for row in told["waits"]}
    assert (rows["walk_in"]["promised"], rows["walk_in"]["kept"]) == (2, 1)
    assert (rows["priority"]["promised"], rows["priority"]["kept"]) == (1, 1)
    report = office.get("/api/v1/reports", period=MONTH, by="hall").json
    promised, kept = (sum(row[name] for row in rows.values()) for name in ("promised", "kept"))
    assert report["total"]["values"]["wait_kept"] == round(kept / promised, 4), "as the report has it"


def test_a_day_and_an_empty_month(office):
    assert office.get("/api/v1/fairness", period="2026-10-13").json["overtakings"] == 0
    empty = office.get("/api/v1/fairness", period="2026-09").json
    assert empty["classes"] == [] and empty["later_minutes"]["p95"] is None
    page = office.get("/office/fairness", period="2026-09").get_data(as_text=True)
    assert "没有后取号的人先被叫到。" in page


def test_any_ticket_of_a_past_day_by_its_number(office):
    told = office.get(f"/api/v1/fairness/{DAY}/a1").json
    assert told["number"] == "A001" and told["state"] == "finished" and not told["more"]
    (overtaker,) = told["overtakings"]
    at = overtaker.pop("at")
    assert overtaker == {"number": "A002", "minutes": 6, "rule": "priority", "window": "1"}
    assert minutes_between(told["joined_at"], at) == 18
    assert office.get("/api/v1/fairness/2026-10-13/A002").status_code == 404
    assert office.get(f"/api/v1/fairness/{DAY}/nonsense").status_code == 404


def test_the_page_says_it_in_words_and_names_nobody(office):
    page = office.get("/office/fairness", period=MONTH, number="A001", of=DAY).get_data(as_text=True)
    assert "A002 晚到 6 分钟" in page and "优先" in page
    for never in ("70", "李", "Li Na"):
        assert never not in page.split("<main")[1], never
    missing = office.get("/office/fairness", number="Z999", of=DAY).get_data(as_text=True)
    assert "当天没有发出 Z999 号。" in missing


def test_the_file_has_the_same_figures(office):
    answer = office.get("/office/fairness/figures.csv", period=MONTH)
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    found = {(row["figure"], row["class"], row["rule"]): row["value"] for row in rows}
    assert found["overtakings", "walk_in", "priority"] == "1"
    assert found["tickets_overtaken", "walk_in", ""] == "1" and found["minutes_later_p95", "", ""] == "6"


def test_looks_are_recorded(office):
    office.get(f"/api/v1/fairness/{DAY}/A001")
    looks = [e.after for e in office.scene.events() if e.after.get("view") == "fairness"]
    assert {"view": "fairness", "day": DAY, "ticket": "A001"} in looks


def test_a_day_that_is_over_is_worked_out_once(office, monkeypatch):
    asked: list[str] = []
    office.get("/api/v1/fairness", period=MONTH)
    steps = FairnessDesk.steps_between
    monkeypatch.setattr(
        FairnessDesk, "steps_between", lambda desk, *when: asked.append(when[0]) or steps(desk, *when)
    )
    office.scene.take()
    again = office.get("/api/v1/fairness", period=MONTH).json
    assert asked == ["2026-10-12T16:00:00.000Z"], "the present day alone, for something happened"
    assert again["classes"][0]["tickets"] == 3
