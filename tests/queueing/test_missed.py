"""A missed call is made good: within so long of it, so often, so many places later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.errors import DayOver, ReturnTooLate, TooManyReinstatements
from queueing.limit_rules import Limits
from tests.scene import Scene


def missed(scene: Scene, key: str) -> None:
    scene.press("call", "1", "li", ticket=key)
    scene.press("mark_no_show", "1", "li")


def back(scene: Scene, key: str) -> None:
    scene.hall.come_back(ticket=key, by=scene.by(role="kiosk"))


@pytest.fixture
def opened(scene: Scene) -> Scene:
    scene.sit("1", "li")
    return scene


def test_two_hours_from_the_call_are_the_limit(opened):
    first, second = opened.take(), opened.take()
    opened.clock.turn(minutes=30)
    missed(opened, first), missed(opened, second)
    opened.clock.turn(minutes=120)
    back(opened, first)
    opened.clock.turn(seconds=1)
    with pytest.raises(ReturnTooLate) as refused:
        back(opened, second)
    assert refused.value.detail["minutes"] == "120"
    with pytest.raises(ReturnTooLate):
        opened.press("reinstate", "1", "li", ticket=second)
    assert opened.ticket(second).state == "no_show"


def test_each_missed_call_has_its_own_two_hours(opened):
    key = opened.take()
    missed(opened, key)
    opened.clock.turn(minutes=100)
    back(opened, key)
    missed(opened, key)
    opened.clock.turn(minutes=100)
    back(opened, key)
    missed(opened, key)
    with pytest.raises(TooManyReinstatements):
        back(opened, key)


@pytest.mark.parametrize(("minutes", "allowed"), [(0.0, True), (30.0, False)])
def test_the_file_says_how_long(tmp_path, minutes, allowed):
    scene = Scene(tmp_path, limits=replace(Limits(), reinstate_minutes=minutes))
    scene.sit("1", "li")
    key = scene.take()
    missed(scene, key)
    scene.clock.turn(minutes=6 * 60)
    if allowed:
        back(scene, key)
        assert scene.ticket(key).state == "waiting"
    else:
        with pytest.raises(ReturnTooLate):
            back(scene, key)
    scene.close()


def test_yesterdays_call_is_over_whatever_the_limit(tmp_path):
    scene = Scene(tmp_path, limits=replace(Limits(), reinstate_minutes=0))
    scene.sit("1", "li")
    key = scene.take()
    missed(scene, key)
    scene.clock.turn(minutes=24 * 60)
    with pytest.raises(DayOver):
        back(scene, key)
    scene.close()


def test_who_is_back_stands_behind_three_others_and_is_told_so(opened):
    me, others = opened.take(), [opened.take() for _ in range(5)]
    missed(opened, me)
    back(opened, me)
    at = opened.hall.now()
    place = opened.store.look(lambda desk: opened.hall.line(desk, at).places("id-card")[me])
    assert place.ahead == 3
    assert opened.waiting() == [opened.number(key) for key in (*others[:3], me, *others[3:])]
