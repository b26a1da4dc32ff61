"""The access table and the house agree: a line for every door, a door for every line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from settings.city import load_city
from tests.people.conftest import built_of
from tests.running import ROOT
from tests.scene import Scene
from web.access import ACCESS
from web.admission import line_of, plain
from web.deployment import Deployment
from web.opening import open_web
from web.sockets import open_sockets

EXAMPLE = ROOT / "halls" / "city-example" / "city.toml"


@pytest.fixture
def doors_of_the_house(tmp_path: Path) -> Iterator[set[str]]:
    scene = Scene(tmp_path)
    app = open_web(built_of(scene, tmp_path))
    yield {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    scene.close()


@pytest.fixture
def doors_of_the_city(tmp_path: Path) -> Iterator[set[str]]:
    """What the city's own rooms add."""
    scene = Scene(tmp_path / "city")
    built = built_of(scene, tmp_path / "city")
    built.city = Deployment(load_city(EXAMPLE), EXAMPLE.parent)
    yield {
        f"{method} {rule.rule}"
        for rule in open_web(built).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    scene.close()


def events_of_the_house() -> set[str]:
    heard: set[str] = set()
    open_sockets(SimpleNamespace(on_event=lambda name, handler: heard.add(f"socket:{name}")))  # type: ignore[arg-type]
    return heard


def test_every_route_has_a_line(doors_of_the_house: set[str], doors_of_the_city: set[str]) -> None:
    assert [door for door in sorted(doors_of_the_house | doors_of_the_city) if line_of(door) is None] == []


def test_every_socket_event_has_a_line() -> None:
    assert [event for event in events_of_the_house() if line_of(event) is None] == []


def test_every_line_has_its_door(doors_of_the_house: set[str], doors_of_the_city: set[str]) -> None:
    doors = {plain(door) for door in doors_of_the_house | doors_of_the_city | events_of_the_house()}
    lines = {plain(line) for line in ACCESS if not line.startswith("screen:")}
    assert lines - doors == set()
