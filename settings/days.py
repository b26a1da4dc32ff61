"""Which days a country takes off, and which weekends it works in exchange."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import cache

from holidays import HolidayBase, country_holidays, list_supported_countries

from queueing.house import House


@cache
def known_countries() -> frozenset[str]:
    """The codes that `public_holidays` may be, such as CN."""
    return frozenset(list_supported_countries())


def holidays_of(house: House) -> Container[date]:
    """The public holidays of the hall's country, in any year; none if it names no country."""
    country = house.calendar.public_holidays
    return country_holidays(country) if country else frozenset()


class WorkedWeekends:
    """Saturdays and Sundays that a country works in exchange for a long holiday (调休)."""

    def __init__(self, days: HolidayBase) -> None:
        self._days = days

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        self._days.get(day)  # the library works out a year when it is first asked about it
        return day in self._days.weekend_workdays


def worked_weekends_of(house: House) -> Container[date]:
    """The weekends that the hall's country works; those the hall adds itself stand in `calendar.worked`."""
    country = house.calendar.public_holidays
    return WorkedWeekends(country_holidays(country)) if country else frozenset()
