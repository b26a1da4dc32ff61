"""The readings of one hall: what ratings say of everybody in a period, drawn anew at every question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from queueing.hall import Hall
from queueing.house import Text
from queueing.records import Json
from queueing.store import Desk
from queueing.views import spoken
from scoring.periods import Period, period
from scoring.reading import (
    Days,
    Place,
    Reading,
    read,
    summed,
    work_of_clerks,
    work_of_windows,
)
from scoring.store import By, RatingStore
from scoring.trends import Change, Point, Step

WEEKS = 26
"""So far back a trend by weeks begins, if the period itself is shorter."""
BY_DAYS = frozenset({"day", "week", "month"})
"""Periods that are short enough for a trend by days."""


class Readings:
    """Reads, changes nothing."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def table(self, desk: Desk, name: str, by: By, step: Step) -> Json:
        """Every window's or clerk's reading of a period such as 2026-10, 2026-W42, 2026-Q4 or 2026."""
        asked, store = period(name), cast(RatingStore, desk)
        step = step if asked.kind in BY_DAYS else "week"
        first, last = stretch(asked, step)
        days = store.day_counts(by, first, last)
        finished = store.finished_counts(by, asked.first, asked.last)
        aside = store.aside_counts(by, asked.first, asked.last)
        found, fewest = self._read(by, asked, days, step), self._hall.house.rating.fewest
        names = self._names(by)
        rows = [
            {by: who, "name": spoken(names[who])} | row_of(reading, finished.get(who, 0), aside.get(who, 0))
            for who, reading in found.items()
        ]
        told = {"period": name, "by": by, "trend": step, "first": first, "last": last, "fewest": fewest}
        return told | {"rows": rows}

    def _read(self, by: By, asked: Period, days: Mapping[str, Days], step: Step) -> dict[str, Reading]:
        house = self._hall.house
        works = work_of_windows(house) if by == "window" else work_of_clerks(house)
        now = {who: within(asked, each) for who, each in days.items()}
        return read(works, now, days, step, house.rating.fewest)

    def _names(self, by: By) -> dict[str, Text]:
        house = self._hall.house
        every = house.windows if by == "window" else house.staff
        return {each.id: each.name for each in every}


def within(asked: Period, days: Days) -> dict[str, int]:
    return summed(counts for day, counts in days.items() if asked.holds(day))


def stretch(asked: Period, step: Step) -> tuple[str, str]:
    """What the trend covers: the period, or by weeks at least half a year that ends with it."""
    if step == "day":
        return asked.first, asked.last
    last = date.fromisoformat(asked.last)
    monday = last - timedelta(days=last.weekday())
    return min((monday - timedelta(weeks=WEEKS - 1)).isoformat(), asked.first), asked.last


def row_of(reading: Reading, finished: int, aside: int) -> Json:
    """One line of the table; shares and means are told in full, rounding is the reader's."""
    n = reading.n
    return {
        "n": n,
        "set_aside": aside,
        "finished": finished,
        "response_rate": n / finished if finished else None,
        "positive": reading.positive / n if n else None,
        "interval": pair(reading.interval),
        "mean_level": reading.mean,
        "alike": reading.alike,
        "against": reading.against,
        "apart": pair(reading.apart),
        "points": [point_view(point) for point in reading.trend],
        "changes": [change_view(change) for change in reading.changes],
    } | place_view(reading.place)


def pair(interval: tuple[float, float] | None) -> list[float] | None:
    return list(interval) if interval else None


def place_view(place: Place | None) -> Json:
    if place is None:
        return {"shrunken": None, "strength": None, "place": None, "placed": 0}
    return {
        "shrunken": place.shrunken,
        "strength": round(place.strength, 1),
        "place": place.place,
        "placed": place.placed,
    }


def point_view(point: Point) -> Json:
    return {"first": point.first, "n": point.n, "positive": point.positive / point.n}


def change_view(change: Change) -> Json:
    return {"first": change.first, "before": change.before, "after": change.after}
