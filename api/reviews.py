"""Ratings set aside by a reviewer and put back: what looks coached counts until somebody says otherwise."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from api.watched import Stretch, this_month
from queueing.records import Json
from scoring.levels import Level
from scoring.own_ratings import others_reviews
from scoring.reviews import Reviews
from web.asking import who
from web.context import here, the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, TicketKey, endpoint
from web.watching import looked

MOST = 200
Reason = Annotated[str, Field(min_length=2, max_length=300, pattern=r"\S")]


class ReviewBody(Body):
    """Which ratings, by their tickets' keys, and why; all of them or none."""

    tickets: list[TicketKey] = Field(min_length=1, max_length=MOST)
    reason: Reason


class Reviewed(Answer):
    """How many ratings were set aside or put back."""

    n: int
    seq: int


class ReviewAnswer(Answer):
    """One rating set aside; with `back_at` it counts again."""

    ticket: str
    number: str
    window: str
    clerk: str | None
    day: str
    level: Level
    seq: int
    at: Instant
    author: str
    reason: str
    back_at: Instant | None
    back_by: str | None
    back_reason: str | None


class ReviewsAnswer(Answer):
    """All decisions about ratings of a month or a day, the newest first."""

    period: str
    reviews: list[ReviewAnswer]


@endpoint(blueprint, "GET", "/ratings/reviews", gives=ReviewsAnswer, query=Stretch)
def reviews(query: Stretch) -> Answered:
    """Which ratings were set aside or put back, by whom and why. The look is recorded."""
    period, hall, reader = query.period or this_month(), the_hall(), who().staff
    found: list[Json] = here().store.look(
        lambda desk: [asdict(each) for each in others_reviews(Reviews(hall).of_period(desk, period), reader)]
    )
    if found:
        looked("reviews", period=period)
    return {"period": period, "reviews": found}


@endpoint(
    blueprint, "POST", "/ratings/set_aside", takes=ReviewBody, gives=Reviewed,
    refuses=("not_rated", "own_rating", "has_a_case", "already_aside"),
)  # fmt: skip
def set_aside(body: ReviewBody) -> Answered:
    """Take ratings out of all figures, visibly and with a reason; they are kept and can be put back."""
    return Reviews(the_hall()).set_aside(tickets=body.tickets, reason=body.reason.strip(), by=the_press())


@endpoint(
    blueprint, "POST", "/ratings/put_back", takes=ReviewBody, gives=Reviewed,
    refuses=("not_rated", "own_rating", "not_aside"),
)  # fmt: skip
def put_back(body: ReviewBody) -> Answered:
    """Let ratings that were set aside count again."""
    return Reviews(the_hall()).put_back(tickets=body.tickets, reason=body.reason.strip(), by=the_press())
