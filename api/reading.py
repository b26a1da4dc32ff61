"""Ratings well read: how sure a share is, what few ratings are worth, where it goes, against those alike."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Words
from api.watched import this_month
from queueing.records import Json
from scoring.readings import Readings
from web.context import here, the_hall
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked

PERIOD = r"^20[0-9]{2}(-(Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?$"
Ends = tuple[float, float]


class Asked(Body):
    """Whose ratings of which period: a day, week, month, quarter or year; the present month unless named."""

    period: str | None = Field(default=None, pattern=PERIOD)
    by: Literal["window", "clerk"] = "window"
    trend: Literal["day", "week"] = Field(
        default="day", description="For a quarter or a year always `week`; by weeks half a year at least"
    )


class TrendPoint(Answer):
    """A day, or a week by its Monday, with at least one rating."""

    first: str
    n: int
    positive: float


class TrendChange(Answer):
    """From then on the share was another one."""

    first: str
    before: float
    after: float


class ReadingRow(Answer):
    """One window's or clerk's ratings and how far they carry; what can't be said yet is null."""

    window: str | None = None
    clerk: str | None = None
    name: Words
    n: int
    set_aside: int = Field(description="Ratings of the period that a reviewer set aside; not in `n`")
    finished: int
    response_rate: float | None
    positive: float | None
    interval: Ends | None = Field(description="95 % interval of the share positive (Wilson)")
    mean_level: float | None
    alike: int = Field(description="How many others do the same work")
    shrunken: float | None = Field(description="Mean level, drawn towards those alike")
    strength: float | None = Field(description="As many ratings as the others' mean weighs")
    place: int | None = Field(description="By the shrunken mean; equal ones share it")
    placed: int = Field(description="How many of those alike have enough ratings for a place")
    against: Literal["above", "below", "alike"] | None = Field(description="Share against the others'")
    apart: Ends | None = Field(description="95 % interval of that difference (Newcombe)")
    points: list[TrendPoint]
    changes: list[TrendChange]


class ReadingAnswer(Answer):
    """Everybody's reading; `first` and `last` bound the trend."""

    period: str
    by: Literal["window", "clerk"]
    trend: Literal["day", "week"]
    first: str
    last: str
    fewest: int = Field(description="With fewer ratings there is no place and no verdict")
    rows: list[ReadingRow]


@endpoint(blueprint, "GET", "/scores/reading", gives=ReadingAnswer, query=Asked)
def reading(query: Asked) -> Answered:
    """Everybody's ratings of a period, well read. The look is recorded."""
    period, hall, store = query.period or this_month(), the_hall(), here().store
    table: Json = here().in_thread(
        lambda: store.look(lambda desk: Readings(hall).table(desk, period, query.by, query.trend))
    )
    looked("scores", period=period)
    return table
