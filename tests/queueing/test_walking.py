"""The walk to a window: no sooner a no-show, learned from the hall's own calls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.outlook import Picture, Span
from queueing.walking import LONGEST, WEIGHT, StillWalking, Walk, Walks
from signals.near import is_due
from tests.scene import Scene


@pytest.fixture
def walked(tmp_path):
    """Upstairs is three minutes away, for priority one and a half more."""
    plain = Scene(tmp_path / "plain")
    areas = tuple(replace(a, walk_minutes=3.0) if a.id == "upstairs" else a for a in plain.house.areas)
    classes = plain.house.classes
    classes = classes | {"priority": replace(classes["priority"], walk_minutes=1.5)}
    scene = Scene(tmp_path / "data", areas=areas, classes=classes)
    yield scene
    scene.close(), plain.close()


def called_upstairs(scene):
    scene.sit("3", "wang")
    scene.take("pension")
    scene.press("call_next", "3", "wang")


def test_nobody_is_a_no_show_before_the_walk_can_be_over(walked):
    called_upstairs(walked)
    walked.clock.turn(minutes=2.5)
    with pytest.raises(StillWalking) as refused:
        walked.press("mark_no_show", "3", "wang")
    assert refused.value.detail["seconds"] == 30
    walked.clock.turn(minutes=0.5)
    assert walked.press("mark_no_show", "3", "wang")["ticket"] is not None


def test_an_area_without_a_walk_has_no_allowance(walked):
    walked.sit("1", "li")
    walked.take()
    walked.press("call_next", "1", "li")
    assert walked.press("mark_no_show", "1", "li")


def test_the_walk_is_learned_per_area_and_class_and_drawn_to_the_configured(walked):
    walks = Walks(walked.house)
    assert walks.minutes("3", "walk_in") == 3.0 and walks.minutes("3", "priority") == 4.5
    walks.learn([Walk("3", "walk_in", WEIGHT, WEIGHT * 1.0), Walk("1", "walk_in", 100, 300.0)])
    assert walks.minutes("3", "walk_in") == 2.0
    assert walks.minutes("3", "priority") == 4.5 and walks.minutes("1", "walk_in") == 0.0
    assert walks.farthest(["1", "3"], "walk_in") == 2.0


def test_walks_are_read_from_calls_without_those_that_took_too_long(walked):
    for minutes in (1.0, 2.0, LONGEST + 1):
        called_upstairs(walked)
        walked.clock.turn(minutes=minutes)
        walked.press("serve", "3", "wang")
        walked.press("finish", "3", "wang", outcome="done")
    [walk] = walked.store.look(lambda desk: desk.walks("2026-10-01"))
    assert (walk.window, walk.ticket_class, walk.times) == ("3", "walk_in", 2)
    assert walk.minutes == pytest.approx(3.0, abs=0.01)


def test_who_has_a_walk_is_told_that_much_before_the_call(walked):
    walked.sit("3", "wang")
    keys = [walked.take("pension") for _ in range(5)]
    at = walked.hall.now()
    seen = {each.key: each for each in walked.store.look(lambda desk: desk.waiting())}
    spans = {key: Span(n * 2.0, n * 2.4, n * 3.0) for n, key in enumerate(keys)}
    walked.hall.outlook.take(Picture(at, seen, spans, {}))
    places = walked.store.look(lambda desk: walked.hall.line(desk, at).places("pension"))
    due = [n for n, key in enumerate(keys) if is_due(walked.hall, walked.ticket(key), places[key])]
    assert due == [1, 2], "within three minutes of walk and two more; the first one is simply next"
