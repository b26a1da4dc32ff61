"""The ticket holder's own endpoints: the link on the ticket is the key."""

from __future__ import annotations

from flask import request
from pydantic import Field

from api.blueprint import blueprint
from api.ratings import REFUSED, Rated, Verdict, with_link
from api.shapes import Instant, PublicTicket, WindowView, Words
from api.tickets import Moved
from queueing.postponing import Postponing
from queueing.receipts import Rule, receipt
from queueing.records import Json
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
    not_before: Instant | None = Field(description="Asked for more time: not called before, by the turn rule")
    postpones_left: int = Field(description="How often more time may still be asked for")
    window: WindowView | None
    rating: PhoneRating
    seq: int
    now: Instant


class PutOff(Moved):
    """The ticket after more time was asked for, or after its holder came back."""

    not_before: Instant | None
    postpones_left: int


class Overtaking(Answer):
    """One who joined later, by so many whole minutes, and was called before."""

    number: str
    minutes: int
    rule: Rule


class Receipt(Answer):
    """All who overtook the ticket while it waited, in the order of their calls; `more`: there were others."""

    overtakings: list[Overtaking]
    more: bool
    seq: int


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
    blueprint, "POST", "/t/<token>/postpone", takes=Nothing, gives=PutOff,
    refuses=("unknown_ticket", "called_already", "postponed_enough", "cannot"),
)  # fmt: skip
def put_off(token: str, body: Nothing) -> Answered:
    """The holder needs some minutes more; others go first meanwhile."""
    ticket = ticket_of(token)
    return Postponing(the_hall()).postpone(ticket=ticket, by=the_holders_press(ticket))


@endpoint(
    blueprint, "POST", "/t/<token>/rejoin", takes=Nothing, gives=PutOff,
    refuses=("unknown_ticket", "not_away", "cannot"),
)  # fmt: skip
def be_back(token: str, body: Nothing) -> Answered:
    """The holder is back before the time that was asked for."""
    ticket = ticket_of(token)
    return Postponing(the_hall()).rejoin(ticket=ticket, by=the_holders_press(ticket))


@endpoint(blueprint, "GET", "/t/<token>/receipt", gives=Receipt, refuses=("unknown_ticket",))
def fairness_receipt(token: str) -> Answered:
    """Who joined later and was called before, and by which rule."""
    ticket, built = ticket_of(token), here()
    told: Json = built.in_thread(lambda: built.store.look(lambda desk: receipt(built.hall, desk, ticket)))
    return told


@endpoint(
    blueprint, "POST", "/t/<token>/rating", takes=Verdict, gives=Rated,
    refuses=("unknown_ticket", "not_by_staff", *REFUSED),
)  # fmt: skip
def rate_by_phone(token: str, body: Verdict) -> Answered:
    """The holder says how it was, once, for some days."""
    ticket = ticket_of(token)
    by = the_holders_press(ticket)
    address = request.remote_addr or ""
    kept = here().ratings.rate_by_phone(ticket=ticket, **body.model_dump(), address=address, by=by)
    return with_link(kept, ticket)
