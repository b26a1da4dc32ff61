"""Figures that can't be right: played at a real hall, pointed out with their visits, and left in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queueing.report_rules import ReportRules
from scoring.findings import Finding, jumps
from scoring.periods import period
from scoring.reports import Report, Reports
from tests.scene import Scene

DAY = "2026-10-12"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    opened = Scene(tmp_path)
    opened.sit("1", "li")
    yield opened
    opened.close()


def report(scene: Scene, name: str = DAY) -> Report:
    at = scene.hall.now()
    return scene.store.look(lambda desk: Reports(scene.hall).report(desk, period(name), at))


def found(scene: Scene, name: str = DAY) -> list[Finding]:
    return list(report(scene, name).findings)


def kinds(scene: Scene) -> list[tuple[str, int]]:
    return [(each.kind, each.n) for each in found(scene) if each.kind != "jump"]


def serve(scene: Scene, seconds: float) -> str:
    return scene.serve_one("1", "li", minutes=seconds / 60.0)


def take_apart(scene: Scene, times: int, service: str = "id-card") -> list[str]:
    """People who come a minute apart."""
    tickets = []
    for _ in range(times):
        tickets.append(scene.take(service))
        scene.clock.turn(minutes=1)
    return tickets


def test_an_ordinary_morning_has_nothing_odd(scene):
    take_apart(scene, 6)
    for _ in range(6):
        serve(scene, 120)
    assert found(scene) == []


def test_a_pile_entered_after_a_quiet_hour(scene):
    take_apart(scene, 6)
    serve(scene, 300)
    scene.clock.turn(minutes=90)
    for _ in range(5):
        serve(scene, 20)
    pile = next(each for each in found(scene) if each.kind == "pile")
    assert (pile.window, pile.clerk, pile.n) == ("1", "li", 5)
    assert pile.more == {"seconds": 80, "quiet_minutes": 90}
    assert [visit.number for visit in pile.visits] == ["A002", "A003", "A004", "A005", "A006"]
    assert report(scene).total.values["finished"] == 6, "pointed out, and left in"


def test_two_piles_of_a_day_are_two(scene):
    take_apart(scene, 10)
    for _ in range(2):
        for _ in range(5):
            serve(scene, 20)
        scene.clock.turn(minutes=30)
    assert kinds(scene) == [("pile", 5), ("pile", 5)]


def test_four_quick_ones_are_no_pile(scene):
    take_apart(scene, 4)
    for _ in range(4):
        serve(scene, 20)
    assert kinds(scene) == []


def test_one_case_entered_as_many(scene):
    for _ in range(3):
        scene.take("household")
        scene.clock.turn(seconds=10)
    for _ in range(3):
        serve(scene, 20)
    assert kinds(scene) == [("one_as_many", 3)]


def test_three_people_who_came_together_for_different_things_are_three(scene):
    for service in ("household", "id-card", "household"):
        scene.take(service)
        scene.clock.turn(seconds=10)
    for _ in range(3):
        serve(scene, 20)
    assert kinds(scene) == []


def test_services_of_seconds_and_of_hours(scene):
    take_apart(scene, 3)
    for seconds in (3.0, 7200.0, 7199.0):
        serve(scene, seconds)
        scene.clock.turn(minutes=5)
    assert kinds(scene) == [("hours", 1), ("seconds", 1)]
    hours, seconds = found(scene)
    assert (hours.visits[0].number, hours.visits[0].seconds) == ("A002", 7200.0)
    assert (seconds.visits[0].number, seconds.visits[0].seconds) == ("A001", 3.0)


def test_one_entry_for_many_cases(scene):
    """Twenty services of three minutes: five times as long is a quarter of an hour; half an hour counts."""
    for seconds in [180.0] * 20 + [1500.0, 1800.0]:
        scene.take()
        serve(scene, seconds)
    many = [each for each in found(scene) if each.kind == "many_as_one"]
    assert [(each.n, each.visits[0].seconds) for each in many] == [(1, 1800.0)]


def test_time_on_hold_is_no_service(scene):
    ticket = scene.take()
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.press("hold", "1", "li")
    scene.clock.turn(minutes=150)
    scene.press("resume", "1", "li", ticket=ticket)
    scene.clock.turn(minutes=3)
    scene.press("finish", "1", "li", outcome="done")
    assert kinds(scene) == []


@pytest.mark.parametrize(("minutes", "expected"), [(9, []), (10, [("unattended", 1)])])
def test_a_visit_finished_long_after_the_window_was_paused(scene, minutes, expected):
    take_apart(scene, 2)
    serve(scene, 60)
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=2)
    scene.press("pause", "1", "li", reason="meeting")
    scene.clock.turn(minutes=minutes)
    scene.press("finish", "1", "li", outcome="done")
    scene.press("open", "1", "li")
    assert kinds(scene) == expected
    assert [visit.number for each in found(scene) for visit in each.visits] == ["A002"] * len(expected)


def test_a_visit_finished_after_the_sign_was_taken_down_again(scene):
    scene.take()
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.press("pause", "1", "li", reason="meeting")
    scene.clock.turn(minutes=5)
    scene.press("open", "1", "li")
    scene.clock.turn(minutes=20)
    scene.press("finish", "1", "li", outcome="done")
    assert kinds(scene) == []


def test_services_that_nobody_closed(scene):
    scene.take()
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()
    assert kinds(scene) == [("left_open", 1)]


def test_numbers_ten_times_those_of_the_day_before(scene):
    take_apart(scene, 2)
    scene.clock.turn(minutes=24 * 60)
    take_apart(scene, 20)
    assert [each.more["figure"] for each in found(scene, "2026-10-13")] == ["received"]
    jump = found(scene, "2026-10-13")[0]
    assert (jump.n, jump.more["was"], jump.window) == (20, 2, None)


def some(**figures: int) -> dict[str, Any]:
    codes = ("received", "finished", "done", "at_once", "no_shows", "abandoned", "transferred", "ratings")
    return {"1": dict.fromkeys(codes, 0) | figures}


@pytest.mark.parametrize(
    ("now", "then", "over", "expected"),
    [
        (200, 20, False, ["received"]),
        (199, 20, False, []),
        (19, 1, False, []),
        (2, 20, True, ["received"]),
        (2, 20, False, []),
        (0, 19, True, []),
        (0, 20, True, ["received"]),
    ],
)
def test_when_a_number_jumps(now, then, over, expected):
    jumped = jumps("window", some(received=now), some(received=then), ReportRules(), over=over)
    assert [each.more["figure"] for each in jumped] == expected


def test_limits_of_zero_point_nothing_out(tmp_path: Path):
    off = ReportRules(
        pile_visits=0, together_visits=0, short_seconds=0, long_minutes=0, many_times=0, jump_times=0,
        behind_sign_minutes=0,
    )  # fmt: skip
    scene = Scene(tmp_path, reports=off)
    scene.sit("1", "li")
    for _ in range(6):
        scene.take()
    for seconds in (1.0, 1.0, 1.0, 1.0, 1.0, 9000.0):
        serve(scene, seconds)
    assert found(scene) == []
    scene.close()
