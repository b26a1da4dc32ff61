"""A clock that jumps back: the hall's own time goes on, the jump is recorded, no day comes twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from queueing.clock import HandClock, Onward, instant, minutes_between
from queueing.hall import Hall
from tests.scene import Scene

NINE = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
DAY = 24 * 60


class FastClock(HandClock):
    """Turned by hand too, but it runs: an hour in a hundredth of a second."""

    speed = 360_000.0


def notes(scene: Scene) -> list[dict[str, object]]:
    return [event.after for event in scene.events() if event.action == "clock_back"]


def test_time_goes_on_at_half_its_pace_until_the_clock_has_caught_up() -> None:
    clock = FastClock(NINE)
    onward = Onward(clock, "")
    clock.turn(minutes=-60)
    seen = [onward.now() for _ in range(1000)]
    assert NINE < seen[0] < seen[-1] and seen == sorted(seen)
    clock.turn(minutes=60 * 24 * 365)
    assert onward.now() == NINE + timedelta(minutes=60 * 24 * 365 - 60)


def test_a_clock_that_trembles_isnt_recorded() -> None:
    clock = HandClock(NINE)
    onward = Onward(clock, "")
    clock.turn(seconds=-0.9)
    assert onward.now() == NINE and onward.jumped == 0.0


@pytest.mark.parametrize("minutes", [60, 9 * 60 + 30, 30 * DAY])
def test_a_jump_is_recorded_once_with_how_much(scene: Scene, minutes: float) -> None:
    scene.take()
    scene.clock.turn(minutes=-minutes)
    for _ in range(3):
        scene.take()
        scene.hall.note_jump()
    assert notes(scene) == [{"seconds": 60 * minutes}]
    scene.clock.turn(minutes=-1)
    scene.hall.now()
    scene.hall.note_jump()
    assert notes(scene) == [{"seconds": 60 * minutes}, {"seconds": 60}]
    ats = [event.at for event in scene.events()]
    assert ats == sorted(ats)


def test_a_start_with_a_clock_behind_the_log_goes_on_from_the_log(scene: Scene) -> None:
    scene.take()
    last = scene.events()[-1].at
    early = Hall(scene.house, scene.store, HandClock(NINE - timedelta(hours=30)))
    assert early.now() == last
    early.note_jump()
    assert notes(scene) == [{"seconds": 30 * 3600}]


def test_a_jump_back_over_midnight_neither_closes_the_day_twice_nor_gives_out_numbers_again(
    scene: Scene,
) -> None:
    old = scene.take()
    scene.clock.turn(minutes=DAY)
    first = scene.take()
    scene.clock.turn(minutes=-DAY)
    second = scene.take()
    scene.hall.close_day()
    assert [scene.number(key) for key in (first, second)] == ["A001", "A002"]
    assert {scene.ticket(key).day for key in (first, second)} == {"2026-10-13"}
    assert (scene.ticket(old).state, scene.ticket(first).state) == ("abandoned", "waiting")
    assert [event.action for event in scene.events()].count("expire") == 1
    assert scene.hall.day(scene.hall.now()) == "2026-10-13"


def test_a_service_during_the_jump_lasts_no_less_than_nothing(scene: Scene) -> None:
    scene.sit("1", "li")
    scene.take()
    scene.press("call_next", "1", "li")
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=-60)
    key = scene.press("finish", "1", "li")["ticket"]["ticket"]
    ticket = scene.ticket(key)
    assert minutes_between(ticket.started_at, ticket.finished_at) >= 0
    assert instant(scene.clock.now()) < ticket.finished_at
