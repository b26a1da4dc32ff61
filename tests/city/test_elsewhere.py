"""What the processes of a city tell each other of shut halls."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import web.deployment
from settings.city import load_city
from tests.city.cities import EXAMPLE
from web.deployment import Deployment, Shut


def saying(*shut: str, **asked: str) -> dict[str, Any]:
    """The word of another process."""
    return {"shut": {hall: {"what": "file", "why": "line 3"} for hall in shut}, "asked": asked}


def of_halls(*opened: str, shut: Iterable[str] = ()) -> Deployment:
    city = Deployment(load_city(EXAMPLE / "city.toml"), EXAMPLE)
    city.halls |= dict.fromkeys(opened)  # type: ignore[arg-type]
    city.shut += [Shut(Path(f"{hall}.toml"), "file", "line 3") for hall in shut]
    return city


def test_a_shut_hall_is_tried_once_for_each_asking_at_another_process() -> None:
    city = of_halls("south", shut=["north"])
    assert city.hear([saying()]) == []
    assert city.hear([saying("north", north="first", south="x")]) == ["north"]
    assert city.hear([]) == [], "the other process was not heard for a while"
    assert city.hear([saying("north", north="first")]) == []
    assert city.hear([saying("north", north="second"), saying(north="third")]) == ["north"]
    assert city.hear([{"mark": "of an earlier release"}]) == []


def test_each_asking_is_told_to_the_others_under_a_mark_of_its_own() -> None:
    city = of_halls(shut=["north"])
    assert city.word() == {"shut": {"north": {"what": "file", "why": "line 3"}}, "asked": {}}
    city.elsewhere.ask("north")
    first = city.word()["asked"]["north"]
    city.elsewhere.ask("north")
    assert city.word()["asked"]["north"] not in ("", first)


def test_a_hall_that_is_open_in_some_processes_alone_is_told() -> None:
    city = of_halls("south", shut=["north"])
    assert city.in_part("south") is None and city.in_part("north") is None
    city.hear([saying("south", "north"), saying("north"), {"mark": "of an earlier release"}])
    assert city.in_part("south") == {"open": 2, "of": 3, "what": "file", "why": "line 3"}
    assert city.in_part("north") is None, "shut everywhere"
    city.hear([saying()])
    assert city.in_part("north") == {"open": 1, "of": 2, "why": ""}


def test_a_hall_whose_database_was_away_is_tried_by_itself_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turned = SimpleNamespace(now=0.0)
    monkeypatch.setattr(web.deployment, "time", SimpleNamespace(monotonic=lambda: turned.now))
    city = of_halls(shut=["file"])
    city._tried = 0.0
    city.shut.append(Shut(Path("away.toml"), "database", "connection refused"))
    found = {}
    for turned.now in (14.0, 15.0, 16.0, 29.0, 30.0):
        found[turned.now] = city.hear([])
    assert found == {14.0: [], 15.0: ["away"], 16.0: [], 29.0: [], 30.0: ["away"]}
