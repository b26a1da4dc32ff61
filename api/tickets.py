"""Tickets from outside a window: taken at a kiosk, given up or brought back at the guide's desk."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant, PublicTicket, Stored
from queueing.errors import BadRequest
from web.context import the_hall
from web.idempotency import the_press
from web.identities import Shown, person_for, stored
from web.links import with_link
from web.routes import Answer, Answered, Body, Nothing, endpoint

Language = Literal["zh_Hans", "zh_Hant", "en"]

MOST_GROUNDS = 1000


class Take(Body):
    """What a citizen asks for. A ground is shown to nobody and kept nowhere, a document's number neither."""

    service: str
    ticket_class: str = "walk_in"
    ground: int | None = Field(default=None, ge=0, le=MOST_GROUNDS, strict=True)
    language: Language = "zh_Hans"
    identity: Shown | None = None


class Issued(Answer):
    """The ticket and what is told with it; low and high are minutes.

    `kept_of_ten`: of ten such ranges so many held in the last 30 days; null: not known yet.
    """

    ticket: PublicTicket
    joined_at: Instant
    service: str
    ahead: int
    low: int | None
    high: int | None
    kept_of_ten: int | None
    link: str
    url: str
    qr: str
    digits: str
    stored: Stored
    seq: int


class Moved(Answer):
    """The ticket after the change."""

    ticket: PublicTicket
    seq: int


@endpoint(
    blueprint, "POST", "/tickets", takes=Take, gives=Issued, status=201, short=True,
    refuses=(
        *("unknown_service", "unknown_class", "class_not_offered"),
        *("service_closed", "service_paused", "service_stopped", "service_full", "line_ends_after_closing"),
        *("identity_needed", "identity_not_asked", "not_a_document_number", "document_not_taken"),
        *("already_in_line", "too_many_open", "blocked_until"),
    ),
)  # fmt: skip
def issue(body: Take) -> Answered:
    """Take a number."""
    by = the_press()
    must_be_offered(body)
    person = person_for(body.service, body.identity)
    issued = the_hall().issue(
        service=body.service, ticket_class=body.ticket_class, language=body.language, origin=by.actor,
        person=person, by=by,
    )  # fmt: skip
    return with_link(issued) | {"stored": stored(person, issued["joined_at"])}


def must_be_offered(body: Take) -> None:
    """A ground is one of those that the hall's file names for the class."""
    grounds = the_hall().plan.ticket_class(body.ticket_class).grounds
    if body.ground is not None and body.ground >= len(grounds):
        raise BadRequest(message=f"The class {body.ticket_class!r} has no ground {body.ground}.")


class Grant(Body):
    """The class that a guide gives; walk_in takes one back."""

    ticket_class: str


@endpoint(
    blueprint, "POST", "/tickets/<key>/class", takes=Grant, gives=Moved,
    refuses=("unknown_ticket", "unknown_class", "class_not_offered", "cannot"),
)  # fmt: skip
def grant_class(key: str, body: Grant) -> Answered:
    """A guide puts a waiting ticket into another class; its place in time stays."""
    return the_hall().grant_class(ticket=key, ticket_class=body.ticket_class, by=the_press())


@endpoint(
    blueprint, "POST", "/tickets/<key>/abandon", takes=Nothing, gives=Moved,
    refuses=("unknown_ticket", "cannot"),
)  # fmt: skip
def abandon(key: str, body: Nothing) -> Answered:
    """The citizen has left, says the guide."""
    return the_hall().abandon(ticket=key, by=the_press())


@endpoint(
    blueprint, "POST", "/tickets/<key>/reinstate", takes=Nothing, gives=Moved,
    refuses=("unknown_ticket", "cannot", "too_many_reinstatements", "return_too_late"),
)  # fmt: skip
def come_back(key: str, body: Nothing) -> Answered:
    """A citizen who missed the call waits again."""
    return the_hall().come_back(ticket=key, by=the_press())
