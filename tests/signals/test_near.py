"""Whose turn is near is told once for each time; somebody who asked for more time is left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from queueing.postponing import Postponing
from queueing.records import Json
from signals.near import Near
from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.store.close()


class Told:
    def __init__(self, scene: Scene) -> None:
        house = replace(scene.house, signals=replace(scene.house.signals, ahead=1))
        built = SimpleNamespace(store=scene.store, hall=scene.hall, house=house, data=scene.store._folder)
        self.near, self.heard = Near(cast(Any, built), [self]), list[Json]()

    def is_near(self, told: Json) -> None:
        self.heard.append(told)

    def now(self) -> list[str]:
        """Who is told by this look."""
        before = len(self.heard)
        self.near.look()
        return [each["ticket"] for each in self.heard[before:]]


def test_nobody_is_told_while_away_and_each_is_told_when_near_again(scene: Scene) -> None:
    scene.sit("1", "li")
    told, key = Told(scene), scene.take()
    assert told.now() == [key]
    Postponing(scene.hall).postpone(ticket=key, by=scene.by(role="holder"))
    assert told.now() == []
    scene.clock.turn(minutes=9)
    assert told.now() == []
    scene.clock.turn(minutes=1)
    assert [told.now(), told.now()] == [[key], []]
    assert len({each["id"] for each in told.heard}) == 2


def test_who_is_back_before_the_time_is_told_at_once(scene: Scene) -> None:
    scene.sit("1", "li")
    told, key, asked = Told(scene), scene.take(), Postponing(scene.hall)
    asked.postpone(ticket=key, by=scene.by(role="holder"))
    assert told.now() == []
    asked.rejoin(ticket=key, by=scene.by(role="holder"))
    assert told.now() == [key]
