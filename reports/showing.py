"""A report as people read it: one text for each figure, the same on the page and on every paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from queueing.clock import local
from queueing.house import House
from reports.words import Speech
from scoring.figures import COLUMNS, GROUPS, By, Column, Group, Value
from scoring.findings import Finding
from scoring.reports import Bar, Report, Row

UNKNOWN = "–"
EVIDENCE = 20
"""Visits that a finding names; it counts all of them."""


@dataclass(frozen=True)
class Cell:
    """One figure: as it is, and as it is read."""

    value: Value
    text: str


@dataclass(frozen=True)
class Line:
    """A row's name and its figures."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Told:
    """A finding in words, with the visits that it rests on."""

    kind: str
    sentence: str
    visits: tuple[str, ...]
    more: str


def text_of(column: Column, value: Value) -> str:
    if value is None:
        return UNKNOWN
    if column.kind == "share":
        return f"{value:.2%}"
    return f"{value:,.1f}" if column.kind == "minutes" else f"{value:,}"


def columns_of(group: Group) -> tuple[Column, ...]:
    return tuple(column for column in COLUMNS if column.group == group)


class Showing:
    """One report in one language."""

    def __init__(self, report: Report, house: House, speech: Speech) -> None:
        self.report, self.house, self.speech = report, house, speech
        self.groups = GROUPS

    # -- the head -------------------------------------------------------------------------------

    @property
    def hall(self) -> str:
        return self.speech.name(self.house.hall.name)

    @property
    def period(self) -> str:
        """Such as 2026年10月; a day is said as everywhere."""
        this = self.report.period
        if this.kind == "day":
            return this.name
        year, _, rest = this.name.partition("-")
        return self.speech.say(f"of_{this.kind}", n=rest.lstrip("WQ0"), year=year)

    @property
    def days(self) -> str:
        this = self.report.period
        key = "days" if self.report.is_over else "so_far"
        return self.speech.say(key, first=this.first, last=self.report.until)

    @property
    def made(self) -> str:
        return self.speech.say("made", at=f"{local(self.report.made_at, self._zone):%Y-%m-%d %H:%M}")

    @property
    def _zone(self) -> str:
        return self.house.hall.timezone

    # -- the tables -----------------------------------------------------------------------------

    def heads(self, group: Group | None = None) -> list[str]:
        return [self.speech.words[column.code] for column in self._columns(group)]

    def lines(self, by: By, group: Group | None = None) -> list[Line]:
        return [self._line(by, row, group) for row in self.report.views[by]]

    def total(self, group: Group | None = None) -> Line:
        """The whole hall, under every view."""
        return Line(self.speech.words["sums"], self._line("hall", self.report.total, group).cells)

    def _line(self, by: By, row: Row, group: Group | None) -> Line:
        return Line(self.label(by, row), tuple(self._cell(each, row) for each in self._columns(group)))

    def _columns(self, group: Group | None) -> tuple[Column, ...]:
        return COLUMNS if group is None else columns_of(group)

    def _cell(self, column: Column, row: Row) -> Cell:
        value = row.values[column.code]
        return Cell(value, text_of(column, value))

    def label(self, by: By, row: Row) -> str:
        """A window with its number; what has no name any more by its id."""
        if not row.who and by != "hall":
            return self.speech.words[f"nobody_{by}"]
        name = self.speech.name(row.name) or row.who
        return f"{row.who} {name}" if by == "window" and name != row.who else name

    # -- how it went ----------------------------------------------------------------------------

    def bar_name(self, bar: Bar) -> str:
        """Without the year, which the head says."""
        return bar.period.partition("-")[2] or bar.period

    # -- what can't be right --------------------------------------------------------------------

    @cached_property
    def findings(self) -> list[Told]:
        return [self._told(each) for each in self.report.findings]

    def _told(self, found: Finding) -> Told:
        words, say = self.speech.words, self.speech.say
        limit = found.more.get("limit")
        sentence = say(
            f"say_{found.kind}", where=self._where(found), n=f"{found.n:,}",
            limit=None if limit is None else f"{limit:g}", seconds=found.more.get("seconds"),
            day=found.visits[0].day if found.visits else "", service=self._service(found),
            figure=words.get(found.more.get("figure", "")), was=f"{found.more.get('was', 0):,}",
        )  # fmt: skip
        quiet = found.more.get("quiet_minutes")
        if quiet is not None:
            sentence += f" {say('say_quiet', minutes=quiet)}"
        left = len(found.visits) - EVIDENCE
        more = say("more_visits", n=f"{left:,}") if left > 0 else ""
        return Told(words[found.kind], sentence, tuple(self._visits(found)), more)

    def _visits(self, found: Finding) -> Iterator[str]:
        for visit in found.visits[:EVIDENCE]:
            at = f"{local(visit.finished_at, self._zone):%H:%M:%S}"
            yield self.speech.say("visit", day=visit.day, number=visit.number, at=at)

    def _where(self, found: Finding) -> str:
        if found.window is None:
            return self.hall
        window = self.speech.say("window_n", n=found.window)
        names = {member.id: member.name for member in self.house.staff}
        clerk = self.speech.name(names.get(found.clerk or "")) or found.clerk
        return self.speech.say("at_window", window=found.window, clerk=clerk) if clerk else window

    def _service(self, found: Finding) -> str:
        names = {service.id: service.name for service in self.house.services}
        service = found.visits[0].service if found.visits else ""
        return self.speech.name(names.get(service)) or service
