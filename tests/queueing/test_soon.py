"""The line on a board that says who is likely called next: what the forecast knows, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.outlook import Picture, Span
from queueing.soon import soon, told_in
from tests.scene import Scene


@pytest.fixture
def ready(tmp_path):
    """Upstairs names three numbers; the way there takes three minutes."""
    plain = Scene(tmp_path / "plain")
    areas = tuple(
        replace(each, get_ready=3, walk_minutes=3.0) if each.id == "upstairs" else each
        for each in plain.house.areas
    )
    scene = Scene(tmp_path / "data", areas=areas)
    yield scene
    scene.close(), plain.close()


def named(scene, area="upstairs"):
    at = scene.hall.now()
    return scene.store.look(lambda desk: soon(scene.hall, desk, at, area))


def foresee(scene, expected):
    """The forecast's word: minutes until each ticket is called; None: not today."""
    seen = {each.key: each for each in scene.store.look(lambda desk: desk.waiting())}
    spans = {key: minutes and Span(minutes - 1, minutes, minutes + 2) for key, minutes in expected.items()}
    scene.hall.outlook.take(Picture(scene.hall.now(), seen, spans, {}))


def test_the_next_few_in_the_order_of_their_expected_calls(ready):
    ready.sit("3", "wang")
    first, second, third, fourth, late = (ready.take("pension") for _ in range(5))
    foresee(ready, {first: 4.0, second: 2.0, third: 7.5, fourth: 7.8, late: 8.5})
    assert named(ready) == [ready.number(key) for key in (second, first, third)], "three of them are told"
    foresee(ready, {first: 4.0, second: None, third: 7.5, fourth: 7.8, late: 8.5})
    assert named(ready) == [ready.number(key) for key in (first, third, fourth)]
    foresee(ready, dict.fromkeys((first, second, third, fourth, late), 20.0))
    assert named(ready) == [], "five minutes and the walk before the call, not sooner"


def test_nothing_is_told_where_nothing_is_known(ready):
    ready.sit("3", "wang")
    key = ready.take("pension")
    assert named(ready) == []
    foresee(ready, {key: 2.0})
    assert named(ready) == [ready.number(key)]
    ready.clock.turn(minutes=5)
    assert named(ready) == [], "a forecast that has grown old isn't believed"


def test_only_areas_that_have_the_line_name_anybody(ready):
    assert [told_in(ready.house, area) for area in ("upstairs", "main", None)] == [3, 0, 3]
    ready.sit("1", "li"), ready.sit("3", "wang")
    below, above = ready.take("id-card"), ready.take("pension")
    foresee(ready, {below: 2.0, above: 3.0})
    assert named(ready) == named(ready, None) == [ready.number(above)]
    assert named(ready, "main") == []


def test_behind_windows_that_are_all_closed_nobody_gets_ready(ready):
    key = ready.take("pension")
    foresee(ready, {key: 2.0})
    assert named(ready) == []
