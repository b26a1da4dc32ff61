"""A real morning of the small hall, and its report worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from queueing.clock import instant
from queueing.duty_rules import DutyRules
from queueing.hall import ITSELF
from scoring.fact_store import fact_rows
from scoring.facts import Fact, Withdrawal
from scoring.figures import COLUMNS, VIEWS, ranked
from scoring.periods import after, around, before, period
from scoring.reports import Report, Reports
from tests.scene import Scene

DAY = "2026-10-12"
ADDED_UP = [column.code for column in COLUMNS if column.kind == "count"]


def report(scene: Scene, name: str = DAY) -> Report:
    at = scene.hall.now()
    return scene.store.look(lambda desk: Reports(scene.hall).report(desk, period(name), at))


def row(told: Report, by: str, who: str) -> dict[str, Any]:
    return next(each.values for each in told.views[cast(Any, by)] if each.who == who)


def some(values: dict[str, Any], *codes: str) -> list[Any]:
    return [values[code] for code in codes]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Scene]:
    """It promises ten minutes' wait. Li at window 1, Wang at window 3, upstairs.

    9:00   seven numbers: five ID cards, a residence permit (promised, 15 days), a pension
    9:05   Li serves the 1st for 4 minutes, done; rated very satisfied
    9:09   Li serves the 2nd: 2 minutes, 10 on hold, 3 minutes; more is needed; rated dissatisfied
    9:24   Li calls the 3rd, who doesn't come; calls the 4th and sends it to window 3
    9:24   Wang calls the 4th, serves for 6 minutes, done
    9:30   Wang calls the pension and sends it on by mistake, takes that back, and serves for 5 minutes, done
    9:35   Li calls the permit and serves for 10 minutes, done; the 5th gives up
    9:45   Li begins with a walk-in of that moment, which nobody closes
    """
    opened = Scene(tmp_path_factory.mktemp("morning"), duty=DutyRules(promised_wait_minutes=10.0))
    play(opened)
    yield opened
    opened.close()


def play(scene: Scene) -> None:
    cards = [scene.take() for _ in range(5)]
    permit, pension = scene.take("residence-permit"), scene.take("pension")
    scene.sit("1", "li")
    scene.sit("3", "wang")
    scene.clock.turn(minutes=5)
    call(scene, "1", "li", cards[0])
    end(scene, "1", "li", 4)
    rate(scene, "1", cards[0], "very_satisfied")
    call(scene, "1", "li", cards[1])
    scene.clock.turn(minutes=2)
    scene.press("hold", "1", "li")
    scene.clock.turn(minutes=10)
    scene.press("resume", "1", "li", ticket=cards[1])
    end(scene, "1", "li", 3, "more_needed")
    rate(scene, "1", cards[1], "dissatisfied")
    scene.press("call", "1", "li", ticket=cards[2])
    scene.press("mark_no_show", "1", "li")
    scene.press("call", "1", "li", ticket=cards[3])
    scene.press("transfer", "1", "li", to_window="3")
    call(scene, "3", "wang", cards[3])
    end(scene, "3", "wang", 6)
    scene.press("call", "3", "wang", ticket=pension)
    scene.press("transfer", "3", "wang", service="job-seeker")
    scene.press("undo", "3", "wang")
    scene.press("serve", "3", "wang")
    end(scene, "3", "wang", 5)
    call(scene, "1", "li", permit)
    scene.hall.abandon(ticket=cards[4], by=scene.by(role="guide"))
    end(scene, "1", "li", 10)
    call(scene, "1", "li", scene.take())
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()


def call(scene: Scene, window: str, clerk: str, ticket: str) -> None:
    scene.press("call", window, clerk, ticket=ticket)
    scene.press("serve", window, clerk)


def end(scene: Scene, window: str, clerk: str, minutes: float, outcome: str = "done") -> None:
    scene.clock.turn(minutes=minutes)
    scene.press("finish", window, clerk, outcome=outcome)


def rate(scene: Scene, window: str, ticket: str, level: str) -> None:
    reasons = ["201"] if level == "dissatisfied" else []
    by = scene.by(role="pad")
    scene.ratings.rate_at_pad(window=window, ticket=ticket, level=level, reasons=reasons, by=by)


def test_the_hall_in_numbers(scene):
    """8 numbers: 5 finished (4 done), one each that didn't come, gave up, was never closed."""
    hall = report(scene).total.values
    assert some(hall, "received", "finished", "done") == [8, 5, 4]
    assert some(hall, "no_shows", "abandoned", "unclosed") == [1, 1, 1]
    assert hall["finished_rate"] == 0.625
    assert some(hall, "at_once", "at_once_rate") == [2, 0.25], "two ID cards; permit and pension are promised"
    assert hall["transferred"] == 1, "the one that was taken back never happened"
    assert some(hall, "ratings", "positive", "response_rate") == [2, 0.5, 0.4]


def test_waits_and_service_times_without_those_that_waited_twice(scene):
    """Called after 5, 9, 24 (didn't come), 30 (pension), 35 (permit) and 0 minutes (the last walk-in)."""
    hall = report(scene).total.values
    assert some(hall, "waits", "wait_mean", "wait_p50", "wait_p90") == [6, 17.2, 9.0, 35.0]
    assert hall["wait_kept"] == 0.5, "0, 5 and 9 minutes of six"
    assert some(hall, "service_mean", "service_p50", "service_p90") == [6.0, 5.0, 10.0], "4, 5, 6, 5 and 10"


def test_who_did_what(scene):
    told = report(scene)
    assert some(row(told, "window", "1"), "received", "finished", "no_shows", "transferred") == [5, 3, 1, 1]
    assert some(row(told, "clerk", "wang"), "received", "finished", "done", "transferred") == [2, 2, 2, 0]
    assert some(row(told, "service", "id-card"), "received", "finished", "at_once") == [6, 3, 2]
    assert some(row(told, "department", "social"), "received", "done", "at_once") == [1, 1, 0]
    assert some(row(told, "window", ""), "received", "abandoned") == [1, 1], "called to no window"
    assert row(told, "window", "2")["received"] == 0, "a window without work is a row, too"


@pytest.mark.parametrize("by", VIEWS)
def test_the_rows_of_every_view_add_up_to_the_hall(scene, by):
    told = report(scene)
    for code in ADDED_UP:
        parts = [each.values[code] for each in told.views[by]]
        if None not in parts:
            assert sum(cast(Any, parts)) == told.total.values[code], (by, code)


def test_complaints_and_overdue_cases_are_facts_that_stand(scene):
    at = instant(scene.clock.now())
    told = {"day": DAY, "times": Decimal(1), "author": "chen", "at": at, "origin": "inspector"}
    facts = (
        Fact(**(told | {"id": "f1", "kind": "complaint", "window": "1", "clerk": "li"})),
        Fact(**(told | {"id": "f2", "kind": "complaint", "window": "1"})),
        Fact(**(told | {"id": "f3", "kind": "case_overdue", "window": "3"})),
        Fact(**(told | {"id": "f4", "kind": "complaint_discipline", "clerk": "wang"})),
    )

    def keep(change: Any) -> dict[str, Any]:
        rows = fact_rows(change.desk)
        for fact in facts:
            rows.add_fact(fact)
        rows.withdraw_fact("f2", Withdrawal(at, "zhao", "the wrong window"))
        return {}

    scene.hall.change(ITSELF, keep)
    now = report(scene)
    hall = some(now.total.values, "complaints", "overdue", "limits_kept")
    assert hall == [2, 1, 0.5], "of the permit and the pension"
    assert [row(now, "window", window)["complaints"] for window in ("1", "3", "")] == [1, 0, 1]
    assert row(now, "clerk", "li")["complaints"] == row(now, "department", "police")["complaints"] == 1
    assert row(now, "department", "social")["overdue"] == 1, "window 3 has one department"
    assert row(now, "service", "id-card")["complaints"] is None, "facts name no service"


def test_a_day_is_its_week_month_quarter_and_year(scene):
    day = report(scene)
    for name in ("2026-W42", "2026-10", "2026-Q4", "2026"):
        assert report(scene, name).total == day.total, name
    assert report(scene, "2026-11").total.values["received"] == 0
    assert report(scene, "2026-11").total.values["finished_rate"] is None


def test_a_period_under_way_says_so(scene):
    assert (report(scene).is_over, report(scene, "2026-10").is_over) == (True, False)
    assert report(scene, "2026-10").until == "2026-10-13"


def test_longer_periods_are_drawn_by_weeks_and_months(scene):
    assert [bar.period for bar in report(scene, "2026-10").bars] == [DAY]
    assert [bar.period for bar in report(scene, "2026-Q4").bars] == ["2026-W42"]
    assert [(bar.period, bar.received) for bar in report(scene, "2026").bars] == [("2026-10", 8)]


def test_nearest_ranks():
    assert [ranked(values, 5) for values in ([], [7.0], [1.0, 2.0], [1.0, 2.0, 3.0])] == [None, 7.0, 1.0, 2.0]
    assert [ranked(sorted(map(float, range(1, n + 1))), 9) for n in (1, 9, 10, 11)] == [1.0, 9.0, 9.0, 10.0]


def test_periods_before_and_after():
    pairs = {"2026-01": "2025-12", "2026-W01": "2025-W52", "2026-Q1": "2025-Q4", "2026": "2025",
             "2026-03-01": "2026-02-28", "2027-W01": "2026-W53"}  # fmt: skip
    for this, was in pairs.items():
        assert before(period(this)).name == was
        assert after(period(was)).name == this
    assert around("week", "2027-01-01").name == "2026-W53"


def test_ratings_that_a_reviewer_set_aside_stand_apart(tmp_path: Path):
    scene = Scene(tmp_path)
    scene.sit("1", "li")
    scene.take()
    ticket = scene.serve_one("1", "li")
    rate(scene, "1", ticket, "very_satisfied")

    def set_aside(change: Any) -> dict[str, Any]:
        gone = Withdrawal(change.at, "zhao", "the clerk held the hand")
        fact_rows(change.desk).withdraw_fact(f"rated:1:{DAY}:{ticket}", gone)
        return {}

    assert some(report(scene).total.values, "ratings", "set_aside") == [1, 0]
    scene.hall.change(ITSELF, set_aside)
    assert some(report(scene).total.values, "ratings", "set_aside", "positive") == [0, 1, None]
    scene.close()
