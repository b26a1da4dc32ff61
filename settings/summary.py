"""A hall in one short paragraph, for the person who has just had its file checked."""

from __future__ import annotations

from collections.abc import Sequence

from queueing.city import City
from queueing.house import Hours, House

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def summary(house: House) -> str:
    """How many of what, and when it is open."""
    name = house.hall.name
    counts = ", ".join(
        (
            _count(house.windows, "window"),
            _count(house.departments, "department"),
            _count(house.services, "service"),
            _count(house.areas, "area"),
            f"{len(house.staff)} staff",
        )
    )
    hours = "; ".join(_timetable(each) for each in house.hours)
    return f"{name.zh} ({name.en}): {counts}. Hours: {hours}. Time zone {house.hall.timezone}."


def summary_of_city(city: City, halls: int) -> str:
    """The same of a city: how many halls lie beside its file, and who looks at them."""
    name, counts = city.city.name, _count(range(halls), "hall")
    counts += f", {len(city.staff)} staff of the city"
    return f"{name.zh} ({name.en}): {counts}. Time zone {city.city.timezone}."


def _count(things: Sequence[object], noun: str) -> str:
    return f"{len(things)} {noun}" + ("" if len(things) == 1 else "s")


def _timetable(hours: Hours) -> str:
    stretches = []
    for stretch in hours.open:
        turn = " in rotation" if stretch.rotation else ""
        stretches.append(f"{_days(stretch.days)} {stretch.opens}-{stretch.closes}{turn}")
    return f"{hours.id} {', '.join(stretches)}"


def _days(days: tuple[str, ...]) -> str:
    """mon-fri where the days follow each other, a list where they don't."""
    at = sorted(WEEK.index(day) for day in days)
    if len(at) > 2 and at == list(range(at[0], at[-1] + 1)):
        return f"{WEEK[at[0]]}-{WEEK[at[-1]]}"
    return "/".join(WEEK[each] for each in at)
