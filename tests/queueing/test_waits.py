"""What a visitor is told about the wait, worked out by hand."""

from __future__ import annotations

import pytest

from queueing.outlook import Span
from queueing.waits import learned_minutes


def newcomer(scene, service):
    return scene.store.look(lambda desk: scene.hall.line(desk, scene.hall.now()).newcomer(service))


def places(scene, service):
    found = scene.store.look(lambda desk: scene.hall.line(desk, scene.hall.now()).places(service))
    return {scene.number(key): place for key, place in found.items()}


def test_a_hall_without_anybody_at_the_windows_knows_no_wait(scene):
    scene.take()
    place = newcomer(scene, "id-card")
    assert (place.ahead, place.low, place.high) == (1, None, None)


def test_a_free_window_and_nobody_before_me_is_no_wait(scene):
    scene.sit("1", "li")
    assert (newcomer(scene, "id-card").low, newcomer(scene, "id-card").high) == (0, 0)


def test_two_before_me_at_two_windows(scene):
    scene.sit("1", "li"), scene.sit("2", "wang")
    scene.take("id-card"), scene.take("household")
    # 6 minutes of ID card and 10 of household at two windows: 8 minutes, 0.6 to 1.5 times that, in fives.
    place = newcomer(scene, "id-card")
    assert place.span == pytest.approx(Span(4.8, 8.0, 12.0))
    assert (place.ahead, place.low, place.high) == (2, 5, 15)


def test_a_line_that_only_one_of_my_windows_serves_counts_in_part(scene):
    scene.sit("1", "li"), scene.sit("2", "wang")
    scene.take("residence-permit")
    # 8 minutes at window 1 alone, over the two windows that serve ID cards: 4 minutes.
    place = newcomer(scene, "id-card")
    assert place.span == pytest.approx(Span(2.4, 4.0, 6.0))
    assert (place.ahead, place.low, place.high) == (1, 0, 5)


def test_those_whom_a_helper_takes_only_later_do_not_stand_before_me(scene):
    scene.sit("2", "wang")
    scene.take("pension")
    assert newcomer(scene, "household").ahead == 0
    scene.clock.turn(minutes=10)
    assert newcomer(scene, "household").ahead == 1


def test_a_priority_ticket_that_came_later_stands_before_me_when_its_claim_is_larger(scene):
    scene.sit("1", "li")
    scene.take("id-card")
    scene.clock.turn(minutes=9)
    scene.take("id-card", "priority")
    assert {n: p.ahead for n, p in places(scene, "id-card").items()} == {"A001": 0, "A002": 1}
    scene.clock.turn(minutes=6)
    assert {n: p.ahead for n, p in places(scene, "id-card").items()} == {"A002": 0, "A001": 1}


def test_a_learned_service_time_is_shrunk_towards_the_configured_one():
    assert learned_minutes(8.0, 0, 0.0) == 8.0
    assert learned_minutes(8.0, 5, 60.0) == (5 * 8.0 + 60.0) / 10
    assert abs(learned_minutes(8.0, 1000, 12000.0) - 12.0) < 0.1


def test_service_times_leave_out_the_time_a_ticket_was_held(scene):
    scene.take()
    scene.sit("1", "li")
    key = scene.press("call_next", "1", "li")["ticket"]["ticket"]
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=4)
    scene.press("hold", "1", "li")
    scene.clock.turn(minutes=25)
    scene.press("resume", "1", "li", ticket=key)
    scene.clock.turn(minutes=3)
    scene.press("finish", "1", "li", outcome="done")
    assert scene.store.look(lambda desk: desk.service_times("2026-10-01")) == {"id-card": (1, 7.0)}
