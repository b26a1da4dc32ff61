"""The hall's own tickets, told again as any other hall's log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from forecast.backtest import Backtest
from tests.scene import SMALL, Scene
from upkeep.backtest_log import rules_of
from upkeep.own_past import own_past


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Six visitors of whom window 1 has served four, the last one in vain."""
    opened = Scene(tmp_path)
    opened.sit("1", "li")
    for _ in range(6):
        opened.take()
        opened.clock.turn(minutes=1)
    for _ in range(3):
        opened.serve_one("1", "li")
    opened.press("call_next", "1", "li")
    opened.press("mark_no_show", "1", "li")
    yield opened
    opened.close()


def test_tickets_become_visits_in_minutes_of_their_day(scene: Scene) -> None:
    visits, plan = own_past(scene.hall)
    assert [visit.joined for visit in visits] == [540, 541, 542, 543, 544, 545]
    assert [visit.called for visit in visits] == [546, 551, 556, 561, None, None]
    assert [visit.finished for visit in visits][:3] == [551, 556, 561]
    assert visits[3].started is None
    assert {visit.window for visit in visits[:4]} == {"1"}
    assert {stretch.day for stretch in plan} == {visits[0].day}
    assert {stretch.window for stretch in plan} == {window.id for window in scene.house.windows}


def test_the_plan_has_the_windows_that_were_used_before(scene: Scene) -> None:
    scene.clock.turn(minutes=24 * 60)
    scene.take()
    visits, plan = own_past(scene.hall)
    today = visits[-1].day
    assert {stretch.window for stretch in plan if stretch.day == today} == {"1"}


def test_the_hall_judges_itself(scene: Scene) -> None:
    visits, plan = own_past(scene.hall)
    test = Backtest(visits, plan, rules_of(SMALL)[0], renew=5, plays=20)
    rows = list(test.rows())
    assert [row.actual for row in rows if row.waited == 0] == [6, 10, 14, 18]
    assert test.never_called == 2
    assert all(row.told.low <= row.told.estimate <= row.told.high for row in rows)
