"""Limits in working days: China's calendar, weekends worked in exchange, the hall's own days on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.hours import OpeningHours
from queueing.house import Calendar
from scoring.working_days import last_day, working_days_left
from settings import holidays_of, load_house, worked_weekends_of
from tests.scene import SMALL

ROOT = Path(__file__).resolve().parents[2]
HOUSE = replace(load_house(SMALL), calendar=Calendar(public_holidays="CN"))
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


def calendar(**own: object) -> Callable[[date], bool]:
    house = replace(HOUSE, calendar=Calendar(public_holidays="CN", **own))
    return OpeningHours(house, holidays_of(house), worked_weekends_of(house)).is_working_day


IN_CHINA = calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("begun", "days", "ends"),
    [
        ("2026-10-12", 1, "2026-10-13"),  # a Monday
        ("2026-10-16", 1, "2026-10-19"),  # a Friday: the weekend doesn't count
        ("2026-10-17", 1, "2026-10-19"),  # nor does the day of the rating, whichever it is
        ("2025-09-26", 3, "2025-09-30"),  # a Friday before a Sunday that is worked in exchange: Sun, Mon, Tue
        ("2025-09-30", 1, "2025-10-09"),  # eight days of National Day and Mid-Autumn
        ("2025-09-30", 3, "2025-10-11"),  # the Saturday after them is worked: Thu, Fri, Sat
        ("2025-12-31", 1, "2026-01-04"),  # New Year's days off, then a Sunday that is worked
        ("2025-12-31", 2, "2026-01-05"),
        ("2024-12-31", 1, "2025-01-02"),
    ],
)
def test_a_limit_ends_on_the_day_that_the_calendar_says(begun: str, days: int, ends: str) -> None:
    assert last_day(day(begun), days, IN_CHINA) == day(ends)


def test_the_hall_has_days_of_its_own_on_top() -> None:
    closed = calendar(closed=(day("2026-10-13"),))
    assert last_day(day("2026-10-12"), 1, closed) == day("2026-10-14")
    worked = calendar(worked=(day("2026-10-17"),))
    assert last_day(day("2026-10-16"), 1, worked) == day("2026-10-17")


@given(begun=DAYS, days=st.integers(1, 40))
def test_a_limit_ends_on_a_working_day_and_holds_as_many_as_it_says(begun: date, days: int) -> None:
    ends = last_day(begun, days, IN_CHINA)
    assert IN_CHINA(ends)
    between = [begun + timedelta(days=n) for n in range(1, (ends - begun).days + 1)]
    assert sum(map(IN_CHINA, between)) == days


@given(begun=DAYS, days=st.integers(1, 40))
def test_a_later_day_or_a_longer_limit_never_ends_earlier(begun: date, days: int) -> None:
    ends = last_day(begun, days, IN_CHINA)
    assert last_day(begun, days + 1, IN_CHINA) > ends
    assert last_day(begun + timedelta(days=1), days, IN_CHINA) >= ends


@given(begun=DAYS, days=st.integers(1, 40), later=st.integers(0, 60))
def test_what_is_left_falls_by_one_each_working_day_and_is_nothing_on_the_last(
    begun: date, days: int, later: int
) -> None:
    ends, today = last_day(begun, days, IN_CHINA), begun + timedelta(days=later)
    left = working_days_left(today, ends, IN_CHINA)
    assert (left < 0) == (today > ends)
    assert working_days_left(ends, ends, IN_CHINA) == 0
    assert working_days_left(begun, ends, IN_CHINA) == days
    after = working_days_left(today + timedelta(days=1), ends, IN_CHINA)
    assert after in (left, left - 1)


def test_every_weekend_that_is_worked_in_exchange_is_a_working_day() -> None:
    for text in ("2024-02-04", "2024-09-29", "2025-01-26", "2025-02-08", "2025-04-27", "2025-10-11"):
        assert day(text).weekday() >= 5
        assert IN_CHINA(day(text)), text


def test_a_calendar_without_working_days_is_not_searched_for_ever() -> None:
    assert last_day(day("2026-10-12"), 1, lambda each: False) > day("2030-01-01")
