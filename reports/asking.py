"""Reports for programs: the figures of a period in one view, and which written reports there are."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from queueing.records import Json
from queueing.views import spoken
from reports.blueprint import blueprint, maker_here
from reports.making import asked_period
from reports.shelf import Shelf
from reports.showing import EVIDENCE
from scoring.figures import COLUMNS, By
from scoring.findings import Finding, Kind
from scoring.periods import around
from scoring.reports import Report, Row
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked

LISTED = 200
"""Findings that an answer names; it counts all of them."""


class Wanted(Body):
    """A day, week, month, quarter or year; the present month unless named."""

    period: str | None = Field(default=None, max_length=10)
    by: By = "window"


class ColumnShape(Answer):
    """A figure: a number, a share between 0 and 1, or minutes."""

    code: str
    group: Literal["flow", "times", "judged"]
    kind: Literal["count", "share", "minutes"]


class RowShape(Answer):
    """One row; `who` is empty for what nobody of this view did."""

    who: str
    name: dict[str, str] | None
    values: dict[str, float | None] = Field(description="By the columns' codes; null: can't be said")


class BarShape(Answer):
    """A day, a week or a month of the period."""

    period: str
    received: int
    finished: int
    no_shows: int
    abandoned: int


class VisitShape(Answer):
    """A visit that a finding rests on; `seconds` is what is odd about it."""

    day: str
    number: str
    service: str
    finished_at: str
    seconds: float | None


class FindingShape(Answer):
    """Something that can hardly be right; it is counted like everything else."""

    kind: Kind
    n: int
    window: str | None
    clerk: str | None
    visits: list[VisitShape] = Field(description=f"The first {EVIDENCE}")
    more: dict[str, float | str]


class ReportAnswer(Answer):
    """The figures of a period as they stand now."""

    period: str
    kind: str
    first: str
    last: str
    until: str = Field(description="The last day that the figures know of")
    is_over: bool
    made_at: str
    by: By
    columns: list[ColumnShape]
    rows: list[RowShape]
    total: RowShape
    bars: list[BarShape]
    found: int
    findings: list[FindingShape] = Field(description=f"{LISTED} at the most")


class WrittenShape(Answer):
    """A file that a night wrote."""

    file: str
    period: str
    form: Literal["workbook", "paper", "figures", "visits"]
    bytes: int


class WrittenAnswer(Answer):
    """The written reports, the newest period first."""

    files: list[WrittenShape]


@endpoint(blueprint, "GET", "/api/v1/reports", gives=ReportAnswer, query=Wanted)
def report(query: Wanted) -> Answered:
    """A period's figures by hall, department, window, clerk or service. The look is recorded."""
    maker = maker_here()
    stretch = asked_period(query.period) if query.period else around("month", maker.today)
    made = maker.report(stretch)
    looked("reports", period=stretch.name, table=query.by)
    return answer_of(made, query.by)


@endpoint(blueprint, "GET", "/api/v1/reports/files", gives=WrittenAnswer)
def written() -> Answered:
    """Which reports the nights have written."""
    maker = maker_here()
    kept = maker.aside(lambda: Shelf(maker).all())
    return {"files": [vars(each) | {"period": each.period.name} for each in kept]}


def answer_of(made: Report, by: By) -> Json:
    return {
        "period": made.period.name,
        "kind": made.period.kind,
        "first": made.period.first,
        "last": made.period.last,
        "until": made.until,
        "is_over": made.is_over,
        "made_at": made.made_at,
        "by": by,
        "columns": [vars(column) for column in COLUMNS],
        "rows": [row_view(row) for row in made.views[by]],
        "total": row_view(made.total),
        "bars": [vars(bar) for bar in made.bars],
        "found": len(made.findings),
        "findings": [finding_view(found) for found in made.findings[:LISTED]],
    }


def row_view(row: Row) -> Json:
    values = {column.code: row.values[column.code] for column in COLUMNS}
    return {"who": row.who, "name": spoken(row.name) if row.name else None, "values": values}


def finding_view(found: Finding) -> Json:
    names = ("day", "number", "service", "finished_at", "seconds")
    visits = [{name: getattr(visit, name) for name in names} for visit in found.visits[:EVIDENCE]]
    return vars(found) | {"visits": visits}
