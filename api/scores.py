"""Scores of windows and clerks, worked out from the period's facts at every question."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.blueprint import blueprint
from api.shapes import Words
from queueing.records import Json
from web.asking import who
from web.context import here, the_hall
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked

MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class Month(Body):
    """A month such as 2026-10; the present one unless named."""

    period: str | None = Field(default=None, pattern=MONTH)


class Wanted(Month):
    """Which table."""

    by: Literal["window", "clerk"] = "window"


class ScoreRow(Answer):
    """One window's or clerk's month: how many rated, what they said, what it is worth."""

    model_config = ConfigDict(extra="forbid")

    window: str | None = None
    clerk: str | None = None
    name: Words
    n: int
    finished: int
    response_rate: float | None
    positive: float | None
    mean_level: float | None
    levels: dict[str, int]
    verdict: Literal["good", "fairly_good", "average", "poor"] | None
    verdict_name: Words | None
    adjustment: float
    score: float | None


class ScoresAnswer(Answer):
    """The whole table."""

    period: str
    by: Literal["window", "clerk"]
    scheme: Words
    rows: list[ScoreRow]


class OwnScores(Answer):
    """A clerk's own month, in whole batches."""

    period: str
    batch: int
    n: int
    positive: float | None
    mean_level: float | None


@endpoint(blueprint, "GET", "/scores", gives=ScoresAnswer, query=Wanted)
def scores(query: Wanted) -> Answered:
    """Every window's or clerk's figures and score for a month. The look is recorded."""
    period = query.period or this_month()
    table: Json = here().store.look(lambda desk: here().scores.table(desk, period, query.by))
    looked("scores", period=period)
    return table


@endpoint(blueprint, "GET", "/scores/mine", gives=OwnScores, query=Month)
def own_scores(query: Month) -> Answered:
    """What the signed-in clerk may see of the own ratings."""
    period, clerk = query.period or this_month(), who().staff or ""
    own: Json = here().store.look(lambda desk: here().scores.own(desk, clerk, period))
    return own


def this_month() -> str:
    return the_hall().day(the_hall().now())[:7]
