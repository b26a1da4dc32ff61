"""The ticket holder's own endpoints: the link on the ticket is the key."""

from __future__ import annotations

from flask import request

from api.blueprint import blueprint
from api.ratings import REFUSED, Rated, Verdict
from api.shapes import Instant, PublicTicket, WindowView, Words
from api.tickets import Moved
from web.context import here, the_hall
from web.idempotency import the_holders_press
from web.push import Screen
from web.routes import Answer, Answered, Nothing, endpoint
from web.snapshots import picture
from web.tokens import ticket_of


class OwnTicket(PublicTicket):
    """What the holder sees of the own ticket."""

    service_name: Words
    joined_at: Instant
    finished_at: Instant | None
    day: str
    outcome: str | None
    reinstated: int
    direct_window: str | None


class PhoneRating(Answer):
    """Whether the visit may be rated, and until when."""

    open: bool
    until: Instant | None
    rated: bool


class HolderAnswer(Answer):
    """The holder's page in numbers; `place` is people ahead and the wait's range in minutes."""

    ticket: OwnTicket
    place: list[int | None] | None
    window: WindowView | None
    rating: PhoneRating
    seq: int
    now: Instant


@endpoint(blueprint, "GET", "/t/<token>", gives=HolderAnswer, refuses=("unknown_ticket",))
def own_ticket(token: str) -> Answered:
    """The ticket, its place in the line and whether it may be rated."""
    seen = picture(Screen("phone", "public", ticket=ticket_of(token)))
    return {**seen["snapshot"], "seq": seen["seq"], "now": seen["now"]}


@endpoint(
    blueprint, "POST", "/t/<token>/abandon", takes=Nothing, gives=Moved, refuses=("unknown_ticket", "cannot")
)
def give_up(token: str, body: Nothing) -> Answered:
    """The holder leaves the line."""
    ticket = ticket_of(token)
    return the_hall().abandon(ticket=ticket, by=the_holders_press(ticket))


@endpoint(
    blueprint, "POST", "/t/<token>/rating", takes=Verdict, gives=Rated,
    refuses=("unknown_ticket", "not_by_staff", *REFUSED),
)  # fmt: skip
def rate_by_phone(token: str, body: Verdict) -> Answered:
    """The holder says how it was, once, for some days."""
    ticket = ticket_of(token)
    by = the_holders_press(ticket)
    address = request.remote_addr or ""
    return here().ratings.rate_by_phone(ticket=ticket, **body.model_dump(), address=address, by=by)
