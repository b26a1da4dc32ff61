"""What the API says of quarters and years."""

from __future__ import annotations

from api.assessed_shapes import BarView, By, Number, SchemeRef
from api.shapes import Words
from web.routes import Answer


class MonthOfYear(Answer):
    """A released month in it: its score before bonus and malus, which count once for the whole."""

    period: str
    revision: int
    without_top: Number


class AnnualRow(Answer):
    """The mean of the months with bonus and malus once; months that weren't released are named."""

    subject: str
    name: Words
    score: Number
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
