"""A real morning of the small hall, and the facts that it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from queueing.duty_rules import DutyRules
from scoring.facts import Fact
from scoring.gathering import facts_of
from scoring.periods import period
from tests.scene import Scene

MONDAY = "2026-10-12"
NOON = 12 * 60 + 30


@pytest.fixture
def scene(tmp_path: Path):
    """It promises half an hour's wait, ten minutes for pensions; a short break lasts fifteen minutes."""
    opened = Scene(tmp_path)
    services = [
        replace(each, promised_wait_minutes=10.0 if each.id == "pension" else 0.0)
        for each in opened.house.services
    ]
    pauses = tuple(replace(each, minutes=15.0) for each in opened.house.pauses)
    rules = DutyRules(promised_wait_minutes=30.0)
    opened.hall.house = replace(opened.house, services=tuple(services), pauses=pauses, duty=rules)
    yield opened
    opened.close()


def until(scene: Scene, minute: int) -> None:
    """Turns the clock to that minute of the hall's Monday."""
    now = scene.clock.now()
    scene.clock.turn(minutes=minute - ((now.hour + 8) % 24 * 60 + now.minute))


def facts(scene: Scene, window: str, name: str = MONDAY) -> list[Fact]:
    told = scene.store.look(lambda desk: facts_of(desk, period(name), scene.hall))[window]
    return [fact for fact in told if fact.kind not in ("rated", "finished")]


def plain(found: list[Fact]) -> list[tuple[str, str | None, float]]:
    return [(fact.id, fact.clerk, float(fact.value or 0)) for fact in found]


def test_a_morning_that_began_late_and_ended_early(scene):
    scene.take()  # at nine: from now on the hall is open, whoever sits or doesn't
    until(scene, 9 * 60 + 15)
    scene.sit("3", "wang")
    until(scene, 9 * 60 + 40)
    scene.sit("1", "li")
    until(scene, 11 * 60)
    scene.press("leave", "3", "wang")
    until(scene, 11 * 60 + 59)
    assert facts(scene, "1") == facts(scene, "3") == [], "hours that aren't over aren't judged"
    until(scene, NOON)
    assert plain(facts(scene, "3")) == [
        (f"opened_late:3:{MONDAY}:083000", "wang", 15.0),
        (f"closed_early:3:{MONDAY}:110000", "wang", 60.0),
    ]
    assert plain(facts(scene, "1")) == [(f"opened_late:1:{MONDAY}:083000", "li", 40.0)]
    assert plain(facts(scene, "2")) == [(f"unattended:2:{MONDAY}:083000", None, 180.0)]
    assert facts(scene, "3") == facts(scene, "3", "2026-10"), "a day's facts are the month's"


def test_who_serves_the_last_visitor_and_stays_hasnt_closed_early(scene):
    scene.sit("1", "li")
    scene.sit("3", "wang")
    scene.take()
    scene.serve_one("1", "li")
    until(scene, NOON)
    assert facts(scene, "1") == []
    scene.clock.turn(minutes=20 * 60)
    scene.take()  # the next morning: the night has emptied the seats, long after closing
    assert facts(scene, "1") == facts(scene, "3") == []


def test_a_holiday_that_nobody_wrote_down_deducts_from_nobody(scene):
    scene.take()
    until(scene, NOON)
    for window in "123":
        assert facts(scene, window) == []


def test_a_pause_that_outlasts_its_reason(scene):
    scene.sit("1", "li")
    scene.press("pause", "1", "li", reason=scene.house.pauses[0].id)
    until(scene, 9 * 60 + 40)
    scene.press("open", "1", "li")
    until(scene, NOON)
    assert plain(facts(scene, "1")) == [(f"paused_too_long:1:{MONDAY}:090000", "li", 25.0)]


def test_waits_count_beyond_the_services_own_promise_and_concern_no_clerk(scene):
    scene.sit("1", "li")
    scene.sit("3", "wang")
    card, pension = scene.take("id-card"), scene.take("pension")
    scene.clock.turn(minutes=12)
    scene.serve_one("3", "wang")
    scene.clock.turn(minutes=14)
    scene.serve_one("1", "li")
    (late,) = facts(scene, "3")
    assert (late.id, late.ticket) == (f"waited_too_long:3:{MONDAY}:{pension}", pension)
    assert (late.clerk, float(late.value)) == (None, 2.0)
    (late,) = facts(scene, "1")
    assert (late.ticket, float(late.value)) == (card, 1.0)


@pytest.mark.parametrize(("origin", "counted"), [("offline", 0), ("paper", 0), ("kiosk", 1)])
def test_a_wait_without_the_server_is_nobodys(scene, origin, counted):
    scene.sit("1", "li")
    scene.hall.issue(service="id-card", origin=origin, by=scene.by(role="kiosk"))
    scene.clock.turn(minutes=31)
    scene.serve_one("1", "li")
    assert len(facts(scene, "1")) == counted


def test_a_visitor_who_was_sent_on_or_came_back_hasnt_waited_for_the_second_window(scene):
    scene.sit("1", "li")
    scene.sit("3", "wang")
    scene.take("id-card")
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=35)
    scene.press("transfer", "1", "li", service="pension")
    scene.serve_one("3", "wang")
    missed = scene.take("job-seeker")
    scene.press("call_next", "3", "wang")
    scene.press("mark_no_show", "3", "wang")
    scene.clock.turn(minutes=35)
    scene.press("reinstate", "3", "wang", ticket=missed)
    scene.serve_one("3", "wang")
    assert facts(scene, "3") == facts(scene, "1") == []


def test_a_day_that_is_over_stays_as_it_was_unless_the_halls_file_changes(scene):
    scene.sit("3", "wang")
    until(scene, 9 * 60 + 40)
    scene.sit("1", "li")
    scene.clock.turn(minutes=24 * 60)
    first = facts(scene, "1", "2026-10")
    assert [fact.id for fact in first] == [f"opened_late:1:{MONDAY}:083000"]
    scene.sit("1", "li")
    assert facts(scene, "1", "2026-10") == first == facts(scene, "1", "2026-W42")
    scene.hall.house = replace(scene.hall.house, duty=DutyRules(late_minutes=60))
    assert facts(scene, "1", "2026-10") == []
