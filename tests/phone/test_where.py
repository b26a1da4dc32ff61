"""Where a ticket's holder is sent: its service's windows, or the one that it was transferred to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.house import House, Text
from queueing.plan import Plan
from queueing.records import Ticket
from settings import load_house
from tests.running import SMALL
from web.where import where_to_go, windows_by_area


@pytest.fixture(scope="module")
def house() -> House:
    return load_house(SMALL)


def ticket_for(service: str, direct_window: str | None = None) -> Ticket:
    at = "2026-10-12T01:00:00.000Z"
    ticket = Ticket("key", "2026-10-12", "A001", service, "walk_in", "waiting", at, at, 1)
    return replace(ticket, direct_window=direct_window)


def test_the_windows_of_the_service_are_named_with_their_area(house: House) -> None:
    where = where_to_go(Plan(house), ticket_for("id-card"))
    assert where.service.zh == "居民身份证办理"
    assert [area.en for area in where.areas] == ["Ground floor"]
    assert where.windows == ("1", "2")


def test_a_window_that_helps_out_counts_wherever_it_stands(house: House) -> None:
    where = where_to_go(Plan(house), ticket_for("pension"))
    assert [area.en for area in where.areas] == ["Ground floor", "First floor"]
    assert where.windows == ("2", "3")


def test_a_ticket_sent_to_one_window_is_called_there(house: House) -> None:
    where = where_to_go(Plan(house), ticket_for("id-card", direct_window="3"))
    assert where.windows == ("3",)
    assert [area.en for area in where.areas] == ["First floor"]


def test_many_windows_are_told_by_their_area_alone(house: House) -> None:
    one = house.windows[0]
    crowd = replace(house, windows=tuple(replace(one, id=str(number)) for number in range(1, 8)))
    where = where_to_go(Plan(crowd), ticket_for("id-card"))
    assert where.windows == ()
    assert [area.en for area in where.areas] == ["Ground floor"]


def test_the_way_to_an_area_is_told_where_the_hall_has_one(house: House) -> None:
    way = Text("二楼，出电梯左转", "First floor, left of the lift")
    areas = tuple(replace(area, where=way if area.id == "upstairs" else None) for area in house.areas)
    there = replace(house, areas=areas)
    assert where_to_go(Plan(there), ticket_for("job-seeker")).ways == (way,)
    assert where_to_go(Plan(there), ticket_for("id-card")).ways == ()


def test_every_window_is_found_in_its_area(house: House) -> None:
    found = [(area.name.en, windows) for area, windows in windows_by_area(house)]
    assert found == [("Ground floor", ["1", "2"]), ("First floor", ["3"])]
