"""Ratings from the pad on a window's desk."""

from __future__ import annotations

from pydantic import Field

from api.blueprint import blueprint
from scoring.levels import Level
from web.context import here
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, TicketKey, endpoint
from web.tokens import follow_up_link


class Verdict(Body):
    """One of five levels; the two lowest need a reason."""

    level: Level
    reasons: list[str] = Field(default_factory=list, max_length=20)
    comment: str = Field(default="", max_length=500)


class PadVerdict(Verdict):
    """The same for the ticket that the pad asks about."""

    ticket: TicketKey


REFUSED = ("not_finished", "already_rated", "rating_closed", "reason_needed")


class Rated(Answer):
    """It counts."""

    accepted: bool
    seq: int
    follow_up: str = Field(description="Where whoever rated sees what becomes of it; said here alone")


def with_link(kept: Answered, ticket: str) -> Answered:
    """The same for every level: nobody who sees it learns how the visit was rated."""
    assert isinstance(kept, dict)
    return kept | {"follow_up": f"/f/{follow_up_link(ticket)}"}


@endpoint(
    blueprint, "POST", "/windows/<window>/rating", takes=PadVerdict, gives=Rated,
    refuses=("unknown_ticket", "unknown_window", "not_this_pad", "not_by_staff", *REFUSED),
)  # fmt: skip
def rate_at_pad(window: str, body: PadVerdict) -> Answered:
    """The person at the window says how it was."""
    kept = here().ratings.rate_at_pad(window=window, **body.model_dump(), by=the_press())
    return with_link(kept, body.ticket)
