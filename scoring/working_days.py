"""Limits in working days (工作日): counted from the working day after, by the hall's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

IsWorkingDay = Callable[[date], bool]
FARTHEST = 3660
"""Days that are looked through; a calendar without working days isn't searched for ever."""
ONE = timedelta(days=1)


def last_day(begun: date, days: int, is_working: IsWorkingDay) -> date:
    """The day on which a limit of so many working days ends; the day itself isn't counted."""
    day, left = begun, days
    for _ in range(FARTHEST):
        if left <= 0:
            break
        day += ONE
        left -= is_working(day)
    return day


def working_days_left(today: date, due: date, is_working: IsWorkingDay) -> int:
    """How many working days come after today until the last one; negative when it is past.

    On the last day 0 are left; on the first working day after it -1, and so on.
    """
    first, last, sign = (today, due, 1) if today <= due else (due, today, -1)
    days = min((last - first).days, FARTHEST)
    counted = sum(is_working(first + ONE * n) for n in range(1, days + 1))
    return sign * counted if sign > 0 or counted else -1
