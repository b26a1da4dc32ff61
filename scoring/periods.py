"""Periods: stretches of business days that figures and scores are about."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from scoring.errors import UnknownPeriod

SHAPES = {
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "week": re.compile(r"(\d{4})-W(\d\d)"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "year": re.compile(r"(\d{4})"),
}
"""2026-10-12, 2026-W42 (ISO 8601: from Monday on), 2026-10, 2026-Q4, 2026."""


YEARS = range(1990, 2110)
"""Those of other years are unknown: at the ends of the calendar there is none before or after."""


@dataclass(frozen=True)
class Period:
    """A day, week, month, quarter or year; `first` and `last` are its first and last business day."""

    name: str
    kind: str
    first: str
    last: str

    def holds(self, day: str) -> bool:
        return self.first <= day <= self.last

    @property
    def months(self) -> list[str]:
        """The months that lie in it, such as 2026-10; none for a day or a week."""
        if self.kind in ("day", "week"):
            return []
        year, months = self.first[:4], range(int(self.first[5:7]), int(self.last[5:7]) + 1)
        return [f"{year}-{month:02d}" for month in months]


def period(name: str) -> Period:
    """The period of that name; raises UnknownPeriod."""
    for kind, shape in SHAPES.items():
        match = shape.fullmatch(name)
        if match:
            try:
                first, last = _days(kind, [int(each) for each in match.groups()])
            except ValueError:
                break
            return Period(name, kind, first.isoformat(), last.isoformat())
    raise UnknownPeriod(period=name)


def _days(kind: str, numbers: list[int]) -> tuple[date, date]:
    """Raises ValueError for a thirteenth month, a week that the year doesn't have, a year of no hall."""
    if numbers[0] not in YEARS:
        raise ValueError(numbers[0])
    if kind == "day":
        day = date(numbers[0], numbers[1], numbers[2])
        return day, day
    if kind == "week":
        monday = date.fromisocalendar(numbers[0], numbers[1], 1)
        return monday, monday + timedelta(days=6)
    if kind == "month":
        return _months(numbers[0], numbers[1], numbers[1])
    if kind == "quarter":
        return _months(numbers[0], 3 * numbers[1] - 2, 3 * numbers[1])
    return _months(numbers[0], 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def around(kind: str, day: str) -> Period:
    """The period of that kind that the day lies in."""
    on = date.fromisoformat(day)
    if kind == "week":
        year, week, _ = on.isocalendar()
        return period(f"{year}-W{week:02d}")
    names = {"month": day[:7], "quarter": f"{day[:4]}-Q{(on.month + 2) // 3}", "year": day[:4]}
    return period(names.get(kind, day))


def before(this: Period) -> Period:
    """The period of the same kind that ended the day before."""
    return around(this.kind, (date.fromisoformat(this.first) - timedelta(days=1)).isoformat())


def after(this: Period) -> Period:
    """The period of the same kind that begins the day after."""
    return around(this.kind, (date.fromisoformat(this.last) + timedelta(days=1)).isoformat())
