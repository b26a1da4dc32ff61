"""Ratings as files for other systems: a day, week or month, as JSON lines or CSV; docs/ratings-export.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Literal

from flask import Response
from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from queueing.errors import BadRequest
from scoring.exchange import as_csv, as_lines
from scoring.levels import Level
from scoring.periods import Period, period
from scoring.remedies import State
from web.context import Built, here
from web.exchange import rows_of
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked

TYPES = {"jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8"}
KINDS = ("day", "week", "month")


class ExportWish(Body):
    """Which days, and in which form."""

    period: str = Field(pattern=r"^20[0-9]{2}-[0-9W-]{2,5}$")
    format: Literal["jsonl", "csv"] = "jsonl"


class ExchangedRating(Answer):
    """One line of the file; later lines of the same `record` take the place of earlier ones."""

    kinds = ("application/jsonl", "text/csv")
    record: str
    hall: str
    channel: Literal["pad", "phone"]
    window: str
    clerk: str | None
    department: str | None
    service: str
    day: str
    joined_at: Instant
    started_at: Instant | None
    finished_at: Instant
    rated_at: Instant
    level: Level
    level_code: int = Field(description="5 非常满意 … 1 非常不满意")
    negative: bool
    reasons: list[str]
    state: State | None
    contacted_at: Instant | None
    verified: Literal["true", "untrue"] | None
    verified_at: Instant | None
    put_right_at: Instant | None
    ended_at: Instant | None
    set_aside: Literal["mistaken", "malicious", "by_reviewer"] | None
    contact_days: int | None
    put_right_days: int | None
    second_level: Level | None
    second_level_code: int | None
    second_reasons: list[str] | None
    second_rated_at: Instant | None


@endpoint(blueprint, "GET", "/ratings/export", gives=ExchangedRating, query=ExportWish)
def export_ratings(query: ExportWish) -> Answered:
    """The ratings of a day, week or month: one JSON object on each line, or CSV. The look is recorded."""
    asked = period(query.period)
    if asked.kind not in KINDS:
        raise BadRequest(message="A day, a week or a month.")
    looked("ratings_export", period=query.period)
    name = f"ratings-{here().house.hall.id}-{asked.name}.{query.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    text = lines(here(), asked, query.format)
    return Response(text, content_type=TYPES[query.format], headers=headers)


def lines(built: Built, asked: Period, form: str) -> Iterator[str]:
    """Day by day, each read and written beside the others' work."""
    for place, day in enumerate(days_of(asked)):
        yield built.in_thread(partial(day_of, built, day, form, place == 0))


def day_of(built: Built, day: str, form: str, head: bool) -> str:
    rows = built.store.look(lambda desk: rows_of(built, desk, day, day))
    return as_csv(rows, head) if form == "csv" else as_lines(rows)


def days_of(asked: Period) -> list[str]:
    first, last = date.fromisoformat(asked.first), date.fromisoformat(asked.last)
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
