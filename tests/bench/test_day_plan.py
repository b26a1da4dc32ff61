"""The visitors of a played day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from statistics import fmean

import pytest

from bench.day_demand import demand, minutes_for, window_stretches
from bench.day_plan import (
    Visitor,
    in_proportion,
    service_minutes,
    service_stretches,
    usual_visitors,
    visitors,
)
from bench.day_trace import Trace
from queueing.house import House
from tests.bench.conftest import at


def drawn(house: House, day: date, trace: Trace, count: int, seed: int = 1) -> list[Visitor]:
    open_at = window_stretches(house, day)
    wanted = demand(house, minutes_for(house, open_at), trace)
    return visitors(house, open_at, wanted, trace, count, Random(seed))


def test_the_same_seed_brings_the_same_people(house: House, monday: date, trace: Trace) -> None:
    assert drawn(house, monday, trace, 50) == drawn(house, monday, trace, 50)
    assert drawn(house, monday, trace, 50) != drawn(house, monday, trace, 50, seed=2)


def test_as_many_come_as_wanted_in_order_and_only_in_the_hours(
    house: House, monday: date, trace: Trace
) -> None:
    people = drawn(house, monday, trace, 400)
    when = service_stretches(house, window_stretches(house, monday))
    assert len(people) == 400
    assert people == sorted(people, key=lambda visitor: visitor.arrives)
    for visitor in people:
        assert any(opens <= visitor.arrives < closes for opens, closes in when[visitor.service])


def test_arrivals_follow_the_recorded_queue_of_the_department(
    house: House, monday: date, trace: Trace
) -> None:
    people = drawn(house, monday, trace, 400)
    assert all(visitor.arrives < at("10:45") for visitor in people if visitor.service != "deed")
    assert all(visitor.arrives >= at("15:52") for visitor in people if visitor.service == "deed")


def test_about_one_in_eight_has_priority_and_names_a_ground(house: House, monday: date, trace: Trace) -> None:
    people = drawn(house, monday, trace, 1000)
    share = Counter(visitor.ticket_class for visitor in people)["priority"]
    assert 90 <= share <= 150
    assert {visitor.ground for visitor in people if visitor.ticket_class == "priority"} == {0, 1}
    assert {visitor.ground for visitor in people if visitor.ticket_class == "walk_in"} == {None}


def test_on_a_day_off_nobody_comes(house: House, trace: Trace) -> None:
    assert drawn(house, date(2026, 10, 13), trace, 50) == []


def test_every_service_gets_its_share_give_or_take_one() -> None:
    drawn_places = Counter(in_proportion([1.0, 0.0, 3.0, 6.0], 100, Random(4)))
    assert {place: round(times, -1) for place, times in drawn_places.items()} == {0: 10, 2: 30, 3: 60}
    assert abs(drawn_places[0] - 10) <= 1


@pytest.mark.parametrize("pace", [1.0, 0.5])
def test_services_last_as_long_as_usual_on_the_whole(house: House, pace: float) -> None:
    rng, deed = Random(3), house.services[2]
    minutes = [service_minutes(deed, pace, rng) for _ in range(4000)]
    assert fmean(minutes) == pytest.approx(12 * pace, rel=0.06)
    assert min(minutes) > 0


def test_an_unknown_hall_gets_visitors_by_its_windows(house: House) -> None:
    assert usual_visitors(house) == 75
