"""Whoever rated, afterwards: the link that the rating's answer gave is the key."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.bad_ratings import Accepted
from api.blueprint import blueprint
from queueing.records import Json
from scoring.levels import Level
from scoring.published import published
from scoring.remedies import State
from scoring.second_ratings import LONGEST_NAME, LONGEST_PHONE, Citizens
from web.context import here, the_hall
from web.idempotency import the_holders_press
from web.routes import Answer, Answered, Body, endpoint
from web.tokens import rated_with


class OwnFollowUp(Answer):
    """How it stands with the own rating."""

    state: State | Literal["none"]
    messages: list[str]
    contact: bool = Field(description="Whether a name and number may be left to be called back")
    named: bool
    second: bool = Field(description="Whether the visit may be rated a second time now")


class ContactBody(Body):
    """How to be reached; left of one's own will."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    phone: str = Field(pattern=r"^[0-9+()\- ]{5,40}$", max_length=LONGEST_PHONE)


class SecondBody(Body):
    """One of five levels; the two lowest need a reason."""

    level: Level
    reasons: list[str] = Field(default_factory=list, max_length=20)


class Published(Answer):
    """The last full month; `told` is false where so few rated that it would tell who."""

    month: str
    told: bool
    ratings: int | None
    positive: float | None = Field(description="好评率, of the ratings that count")
    negative: int | None
    set_aside: int | None = None
    untrue: int | None = None
    put_right: float | None = Field(description="整改率, of those that had to be put right")


def citizens() -> Citizens:
    return Citizens(here().following, here().ratings)


@endpoint(blueprint, "GET", "/f/<link>", gives=OwnFollowUp, refuses=("unknown_ticket",))
def own_follow_up(link: str) -> Answered:
    """What becomes of the own rating."""
    ticket, at, mine = rated_with(link), the_hall().now(), citizens()
    told: Json = here().store.look(lambda desk: mine.seen(desk, ticket, at))
    return told


@endpoint(
    blueprint, "POST", "/f/<link>/contact", takes=ContactBody, gives=Accepted,
    refuses=("unknown_ticket", "not_by_staff", "no_contact_wanted"),
)  # fmt: skip
def leave_contact(link: str, body: ContactBody) -> Answered:
    """Leaves a name and a number to be called back; both are forgotten after some days."""
    ticket = rated_with(link)
    return citizens().leave_contact(ticket=ticket, **body.model_dump(), by=the_holders_press(ticket))


@endpoint(
    blueprint, "POST", "/f/<link>/rating", takes=SecondBody, gives=Accepted,
    refuses=("unknown_ticket", "not_by_staff", "already_rated", "rating_closed", "reason_needed"),
)  # fmt: skip
def rate_again(link: str, body: SecondBody) -> Answered:
    """A second rating, after it was put right; the first one stays."""
    ticket = rated_with(link)
    return citizens().rate_again(ticket=ticket, **body.model_dump(), by=the_holders_press(ticket))


@endpoint(blueprint, "GET", "/ratings/published", gives=Published)
def published_ratings() -> Answered:
    """What the hall publishes of the last full month."""
    told: Json = here().store.look(lambda desk: published(the_hall(), desk))
    return told
