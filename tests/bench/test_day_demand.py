"""How visitors share out over services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bench.day_demand import demand, length, merged, minutes_for, moment_in, pace, window_stretches
from bench.day_trace import Trace
from queueing.house import House
from tests.bench.conftest import at

MORNING, AFTERNOON = (at("08:30"), at("11:30")), (at("14:00"), at("17:30"))


def test_stretches_that_touch_become_one() -> None:
    assert merged([AFTERNOON, (at("11:30"), at("12:00")), MORNING]) == [(at("08:30"), at("12:00")), AFTERNOON]


def test_windows_keep_their_own_hours(house: House, monday: date) -> None:
    open_at = window_stretches(house, monday)
    assert open_at["1"] == [(at("08:30"), at("17:30"))]
    assert open_at["2"] == [MORNING, AFTERNOON]
    assert window_stretches(house, monday + timedelta(days=1)) == {"1": [], "2": [], "3": []}


@pytest.mark.parametrize(
    ("share", "clock"),
    [(0.0, "08:30"), (0.25, "10:07:30"), (0.5, "14:15"), (0.99999999, "17:30"), (1.0, "17:30")],
)
def test_a_share_of_the_day_skips_the_lunch_break(share: float, clock: str) -> None:
    assert abs(moment_in([MORNING, AFTERNOON], share) - at(clock)) < timedelta(seconds=1)


def test_a_windows_time_is_shared_by_its_own_services_only(house: House, monday: date) -> None:
    minutes = minutes_for(house, window_stretches(house, monday))
    assert minutes == {"return": 270, "invoice": 270 + 390, "deed": 390}


def test_more_window_time_brings_more_visitors_and_common_services_twice_as_many(
    house: House, monday: date, trace: Trace
) -> None:
    minutes = minutes_for(house, window_stretches(house, monday))
    wanted = demand(house, minutes, trace)
    assert wanted.rank == {"tax": 0, "land": 1}
    work = {s.id: wanted.weights[s.id] * (s.minutes + 0.7) for s in house.services}
    assert work["return"] / work["invoice"] == pytest.approx(2 * 270 / 660)
    assert (work["return"] + work["invoice"]) / 930 > work["deed"] / 390


def test_the_pace_shortens_services_only_when_windows_cannot_cope(
    house: House, monday: date, trace: Trace
) -> None:
    minutes = minutes_for(house, window_stretches(house, monday))
    wanted = demand(house, minutes, trace)
    assert pace(house, wanted, 20, minutes) == 1.0
    assert 0.05 <= pace(house, wanted, 400, minutes) < 1.0


def test_a_department_without_an_open_window_gets_nobody(house: House, monday: date, trace: Trace) -> None:
    lonely = replace(house, windows=house.windows[:2])
    wanted = demand(lonely, minutes_for(lonely, window_stretches(lonely, monday)), trace)
    assert wanted.weights["deed"] == 0.0


def test_length_adds_up() -> None:
    assert length([MORNING, AFTERNOON]) == timedelta(hours=6, minutes=30)
