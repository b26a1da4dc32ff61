"""The report of a period: every view's figures, how its days went, and what can't be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from queueing.clock import Instant, instant
from queueing.hall import Hall
from queueing.house import House, Text
from queueing.records import Json
from queueing.report_rules import ReportRules
from queueing.store import Desk
from scoring.adding_up import NOBODY, AddingUp, Totals
from scoring.figure_store import DayCounts, FigureStore, Stretch, Visit
from scoring.figures import VIEWS, By, Sums, Values, ranked, values_of
from scoring.findings import Finding, found_in, jumps, left_open
from scoring.periods import Period, around, before

JUMPS_OF: tuple[By, ...] = ("hall", "window")
FEWEST = 20
"""Services from which on a median is what is usual."""


@dataclass(frozen=True)
class Row:
    """One hall, department, window, clerk or service; `who` is empty for what nobody of the view did."""

    who: str
    name: Text | None
    values: Values


@dataclass(frozen=True)
class Bar:
    """A day, a week or a month of the period."""

    period: str
    received: int
    finished: int
    no_shows: int
    abandoned: int


@dataclass(frozen=True)
class Report:
    """All figures of a period as they stood at one moment; `until` is the last day that they know of."""

    period: Period
    until: str
    made_at: Instant
    is_over: bool
    views: Mapping[By, tuple[Row, ...]]
    bars: tuple[Bar, ...]
    findings: tuple[Finding, ...]

    @property
    def total(self) -> Row:
        return self.views["hall"][0]


class Reports:
    """Makes the reports of one hall; slow for a long period, so never on the event loop."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._house = hall, hall.house

    def report(self, desk: Desk, period: Period, at: Instant) -> Report:
        store, today = cast(FigureStore, desk), self._hall.day(at)
        stretch = self.stretch(period)
        totals = AddingUp(self._house).add(store, stretch)
        views = {by: tuple(rows_of(self._house, by, totals)) for by in VIEWS}
        found = found_in(store, stretch, self._rules, usual_of(totals))
        is_over = today > period.last
        found += self._of_rows(store, period, views, over=is_over)
        bars = bars_of(period, store.by_day(stretch))
        return Report(period, min(today, period.last), at, is_over, views, tuple(bars), tuple(found))

    def visits(self, desk: Desk, period: Period) -> Iterator[Visit]:
        """Every visit of the period, in the order in which they joined."""
        return cast(FigureStore, desk).visits_of(self.stretch(period))

    def stretch(self, period: Period) -> Stretch:
        zone = ZoneInfo(self._house.hall.timezone)
        since = datetime.combine(date.fromisoformat(period.first), time.min, zone)
        until = datetime.combine(date.fromisoformat(period.last), time.max, zone)
        return Stretch(period.first, period.last, instant(since), instant(until))

    @property
    def _rules(self) -> ReportRules:
        return self._house.reports

    def _of_rows(
        self, store: FigureStore, period: Period, views: Mapping[By, tuple[Row, ...]], *, over: bool
    ) -> Iterator[Finding]:
        earlier = AddingUp(self._house).count(store, self.stretch(before(period)))
        yield from left_open({row.who: row.values for row in views["window"]})
        for by in JUMPS_OF:
            now = {row.who: row.values for row in views[by]}
            then = {who: values_of(sums) for who, sums in earlier[by].items()}
            yield from jumps(by, now, then, self._rules, over=over)


def rows_of(house: House, by: By, totals: Totals) -> Iterator[Row]:
    """In the order of the hall's file, then whatever it doesn't name any more, nobody's at the end."""
    found, names = totals[by], names_of(house, by)
    always = names if by in ("hall", "department", "window") else [name for name in names if name in found]
    unknown = sorted(found.keys() - names.keys() - {NOBODY})
    nobody = [NOBODY] if NOBODY in found and by != "hall" else []
    for who in (*always, *unknown, *nobody):
        yield Row(who, names.get(who), values_of(found.get(who) or Sums(told=by != "service")))


def names_of(house: House, by: By) -> dict[str, Text]:
    if by == "hall":
        return {NOBODY: house.hall.name}
    named = {
        "department": house.departments,
        "window": house.windows,
        "clerk": house.staff,
        "service": house.services,
    }
    return {each.id: each.name for each in named[by]}  # type: ignore[attr-defined]


def usual_of(totals: Totals) -> dict[str, float]:
    """The median of each service that was given often enough, in seconds."""
    usual = {name: ranked(sums.services, 5) for name, sums in totals["service"].items()}
    enough = {name for name, sums in totals["service"].items() if len(sums.services) >= FEWEST}
    return {name: median for name, median in usual.items() if median is not None and name in enough}


PARTS = {"quarter": "week", "year": "month"}
"""By what the longer periods are drawn; the others by days."""


def bars_of(period: Period, days: list[DayCounts]) -> Iterator[Bar]:
    """The period's days, weeks or months that had any visits."""
    parts: dict[str, Json] = {}
    for day in days:
        name = around(PARTS.get(period.kind, "day"), day.day).name
        counts = vars(day) | {"period": name}
        counts.pop("day")
        was = parts.get(name)
        parts[name] = counts if was is None else _added(was, counts)
    return (Bar(**counts) for counts in parts.values())


def _added(was: Json, now: Json) -> Json:
    return {key: value if key == "period" else was[key] + value for key, value in now.items()}
