"""How halls are weighed against one another: what is wrong, who needs somebody, where it goes quickest."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from flask import Flask

from city.figures import month, standing
from city.glances import plain
from city.offers import Need, closes_at, line_of, quickness, row_of, rows_of
from city.office import sums_of
from city.public import cards_of
from city.troubles import need, trouble, troubles_of
from queueing.booking_rules import BookingRules
from queueing.clock import HandClock
from queueing.house import Text
from queueing.records import Json
from settings.city import load_city
from tests.api.conftest import app, built
from tests.city.cities import EXAMPLE
from tests.scene import Scene
from web.context import Built
from web.deployment import Deployment, names_of

__all__ = ["app", "built"]

LONG = 30.0
QUIET: Json = {"waiting": 0, "planned": 4, "open": 4, "longest": 0, "high": None, "ends_late": 0}


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ({}, []),
        ({"waiting": 3, "open": 0}, ["nobody_serves bad"]),
        ({"waiting": 3, "open": 0, "planned": 0}, []),
        ({"waiting": 0, "open": 0}, []),
        ({"longest": 29}, []),
        ({"longest": 30}, ["long_wait caution"]),
        ({"longest": 59}, ["long_wait caution"]),
        ({"longest": 60}, ["long_wait bad"]),
        ({"high": 59}, []),
        ({"high": 60}, ["long_line caution"]),
        ({"waiting": 1, "open": 2}, []),
        ({"waiting": 1, "open": 1}, ["few_windows caution"]),
        ({"waiting": 0, "open": 1}, []),
        ({"ends_late": 2}, ["ends_late caution"]),
    ],
)
def test_what_people_suffer_from_is_told_from_its_bound_on(seen: Json, told: list[str]) -> None:
    found = troubles_of(QUIET | seen, [], None, LONG)
    assert [f"{each['code']} {each['level']}" for each in found] == told


def test_the_worst_stands_first_and_a_hall_that_keeps_nothing_before_all() -> None:
    machine = [trouble("no_voice", "caution"), trouble("backup_bad", "bad")]
    found = troubles_of(QUIET | {"longest": 45}, machine, "disk_full", LONG)
    assert [each["code"] for each in found] == ["not_kept", "backup_bad", "long_wait", "no_voice"]
    assert found[0]["facts"] == {"reason": "disk_full"}


def hall(name: str, *levels: str, state: str = "open", longest: int | None = 0) -> Json:
    troubles = [trouble("x", each) for each in levels]
    return {"hall": name, "state": state, "longest": longest, "troubles": troubles}


def turned(ordered: list[Json]) -> list[Json]:
    return ordered[::-1]


def test_halls_stand_in_the_order_of_their_need() -> None:
    ordered = [
        hall("shut", "bad", state="shut", longest=None),
        hall("two bad", "bad", "bad"),
        hall("bad and more", "bad", "caution"),
        hall("bad", "bad"),
        hall("two cautions", "caution", "caution", longest=90),
        hall("a long wait", longest=20),
        hall("quiet", longest=1),
    ]
    assert sorted(turned(ordered), key=need) == ordered


def test_evaluators_learn_that_a_hall_is_shut_and_not_why() -> None:
    long = trouble("long_wait", "bad", minutes=70)
    found = [trouble("shut", "bad", why="line 3"), long, trouble("room", "bad")]
    assert plain(found) == [trouble("shut", "bad"), long]


def offer(name: str, state: str, low: int | None = None, high: int | None = None) -> Json:
    return {"hall": name, "state": state, "low": low, "high": high}


def test_where_a_number_is_to_be_had_comes_first_then_the_shorter_wait() -> None:
    ordered = [
        offer("short", "open", 2, 10),
        offer("long", "open", 10, 20),
        offer("nobody knows", "open"),
        offer("z paused", "paused"),
        offer("y late", "ends_late"),
        offer("x full", "full"),
        offer("w unread", "unknown"),
        offer("b closed", "closed"),
        offer("c closed", "closed"),
        offer("a shut", "shut"),
    ]
    assert sorted(turned(ordered), key=quickness) == ordered


def marked(*offers: Json) -> list[str]:
    """The halls that are said to have the shortest wait."""
    row = {"waiting": 0, "closes_at": None, "opens_at": None, "timezone": "Asia/Shanghai"}
    return [card["hall"] for card in cards_of([row | each for each in offers], "") if card.get("is_quickest")]


def test_every_hall_with_the_shortest_wait_says_so_where_another_is_longer(app: Flask) -> None:
    short, alike, long = offer("a", "open", 2, 10), offer("b", "open", 4, 8), offer("c", "open", 10, 20)
    with app.test_request_context():
        assert marked(short, alike, long, offer("d", "open")) == ["a", "b"]
        assert marked(short, alike) == [], "none is longer"
        assert marked(short, offer("d", "open"), offer("e", "paused", 20, 30)) == [], (
            "nothing to compare with"
        )


def test_a_hall_that_cant_save_gives_no_numbers_and_one_that_cant_be_read_hides_no_other(
    built: Built, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = built.house.services[0]
    assert line_of(built, service)["status"] == "open"
    with monkeypatch.context() as patch:
        patch.setattr(type(built.store), "trouble", "disk_full")
        assert line_of(built, service)["status"] == "paused"
        assert of_city(built).trouble() == f"hall_keeps_nothing {built.house.hall.id}"
    assert of_city(built).trouble() is None
    built.push.lines.leave()
    database = built.data / "hall.db"
    scene.store.close()
    database.write_bytes(b"no database" * 500)
    rows = rows_of(of_city(built), Need("x", service.name, service.name, offers=[(built, service)]), "")
    assert [(row["state"], row["low"], row["hall"]) for row in rows] == [
        ("unknown", None, built.house.hall.id)
    ]


def of_city(built: Built) -> Deployment:
    city = Deployment(load_city(EXAMPLE / "city.toml"), EXAMPLE)
    city.halls[built.house.hall.id] = built
    return city


def test_a_need_is_found_by_a_part_of_any_of_its_names() -> None:
    wanted = Need("ID", Text("居民身份证", "Resident ID card", "居民身份證"), Text("公安局", "Police"))
    for typed in ("身份证", "身份證", "resident id", "RESIDENTID", "jmsf", "jumin"):
        assert wanted.is_called(typed), typed
    assert not wanted.is_called("pension")


def test_the_citys_sums_leave_out_what_isnt_known() -> None:
    known = hall("a", "bad") | {"waiting": 3, "longest": 12, "served": 5}
    other = hall("b", state="closed") | {"waiting": 4, "longest": 20, "served": 6}
    lost = hall("c", "bad", state="shut", longest=None) | {"waiting": None, "served": None}
    told = {"open": 1, "waiting": 7, "longest": 20, "served": 11, "needing": 2}
    assert sums_of([known, other, lost]) == told


class AtHall(Scene):
    """People at the hall that is looked at."""

    def __init__(self, built: Built) -> None:
        assert isinstance(built.clock, HandClock)
        self.house, self.clock, self.store, self.hall = built.house, built.clock, built.store, built.hall
        self.ratings, self._keys = built.ratings, count(1)


@pytest.fixture
def scene(built: Built, app: object) -> Scene:
    return AtHall(built)


def test_a_halls_moment_in_figures(built: Built, scene: Scene) -> None:
    scene.take("pension")
    scene.sit("1", "li"), scene.sit("3", "wang")
    scene.press("pause", "3", "wang", reason="meeting")
    for level in ("very_satisfied", "dissatisfied"):
        scene.take()
        rate(scene, scene.serve_one("1", "li"), level)
    scene.take("household")
    scene.clock.turn(minutes=7)
    seen = standing(built)
    assert (seen["waiting"], seen["longest"], seen["served"], seen["rated"]) == (2, 17, 2, 2)
    assert (seen["open"], seen["paused"], seen["planned"], seen["positive"]) == (1, 1, 3, 0.5)
    assert (month(built)["month_rated"], month(built)["month_positive"]) == (2, 0.5)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("open", 5, 10), ("open", 2, 4), ("open", None, None)], (2, 10, 0)),
        ([("open", 5, 10), ("paused", 1, 60), ("ends_late", 1, 90)], (5, 10, 1)),
        ([("open", None, None), ("ends_late", 3, 4)], (None, None, 1)),
    ],
)
def test_a_newcomers_wait_is_from_the_shortest_line_to_the_longest(
    built: Built, scene: Scene, lines: list[tuple[str, int, int]], told: tuple[int, int, int]
) -> None:
    built.push.lines._kept = [dict(zip(("status", "low", "high"), line, strict=True)) for line in lines]
    seen = standing(built)
    assert (seen["low"], seen["high"], seen["ends_late"]) == told


def rate(scene: Scene, key: str, level: str) -> None:
    reasons = ["202"] if level == "dissatisfied" else []
    scene.ratings.rate_by_phone(ticket=key, level=level, reasons=reasons, by=scene.by(role="holder"))


def test_after_hours_no_window_is_planned_and_no_wait_is_told(built: Built, scene: Scene) -> None:
    scene.clock.turn(minutes=60 * 12)
    seen = standing(built)
    assert (seen["planned"], seen["low"], seen["high"], seen["positive"]) == (0, None, None, None)


def a_line(built: Built, service: str = "id-card", **other: Any) -> Json:
    wanted = next(each for each in built.house.services if each.id == service)
    return row_of(built, wanted, line_of(built, wanted) | other)


def test_an_offer_tells_a_wait_only_where_a_number_is_to_be_had(built: Built, scene: Scene) -> None:
    told = {"low": 5, "high": 10}
    assert a_line(built, **told)["low"] == 5
    for state in ("paused", "full", "ends_late", "closed"):
        found = a_line(built, status=state, **told)
        assert (found["low"], found["high"], found["closes_at"]) == (None, None, None)


def test_an_offer_closes_with_the_last_window_that_is_open_now(built: Built, scene: Scene) -> None:
    service = built.house.services[0]
    assert closes_at(built, service) == "2026-10-12T04:00:00.000Z"
    scene.clock.turn(minutes=5 * 60 + 30)
    assert closes_at(built, service) == "2026-10-12T09:30:00.000Z"
    scene.clock.turn(minutes=5 * 60)
    assert closes_at(built, service) is None


def test_a_hall_without_appointments_offers_none(built: Built, scene: Scene) -> None:
    built.house = replace(built.house, bookings=BookingRules())
    assert not built.house.bookings.is_on and a_line(built)["book_url"] is None


def test_a_hall_on_a_port_of_its_own_isnt_found_by_its_public_address(built: Built) -> None:
    server = replace(built.house.server, host_names=("Hall.example",), public_url="https://Own.example/x")
    house = replace(built.house, server=server)
    assert names_of(house, has_port=True) == {"hall.example"}
    assert names_of(house, has_port=False) == {"hall.example", "own.example"}
