"""What the API says of quarters and years."""

from __future__ import annotations

from pydantic import Field

from api.assessed_shapes import BarView, By, LineFigures, Number, SchemeRef
from api.shapes import Words
from web.routes import Answer


class MonthOfYear(Answer):
    """A released month in it: its score as the mean takes it, as a rule before bonus and malus."""

    period: str
    revision: int
    without_top: Number


class AnnualRow(Answer):
    """The mean of the months with bonus and malus once; months that weren't released are named."""

    subject: str
    name: Words
    score: Number
    lines: list[LineFigures] = Field(description="The months, then what came on top of their mean")
    mean: Number
    bonus: Number
    malus: Number
    grade: str | None
    passes: bool | None
    barred: list[BarView]
    scheme: SchemeRef
    months: list[MonthOfYear]
    missing: list[str]


class AnnualTable(Answer):
    """Every window or clerk of a quarter or year, the best first."""

    period: str
    by: By
    missing: list[str]
    rows: list[AnnualRow]
