"""Documents at the guide's desk: look up an open number, take off a block; the masked form for the clerk."""

from __future__ import annotations

from api.blueprint import blueprint
from api.shapes import Stored, TicketState
from queueing import persons
from queueing.people import NotAllowed
from queueing.records import Json, Ticket
from queueing.states import OPEN
from queueing.store import Desk
from web.asking import who
from web.context import here, the_hall
from web.idempotency import the_press
from web.identities import Shown, kept, person_by
from web.routes import Answer, Answered, endpoint


class OpenNumber(Answer):
    """A number that somebody holds."""

    number: str
    service: str
    state: TicketState
    window: str | None


class Standing(Answer):
    """What the hall knows of the person with this document."""

    open: list[OpenNumber]
    blocked_until: str | None
    seq: int


class Lifted(Standing):
    """The same after a block was taken off; null where there was none."""

    was_blocked_until: str | None


REFUSED = ("not_a_document_number", "document_not_taken")


@endpoint(blueprint, "POST", "/identities/look", takes=Shown, gives=Standing, refuses=REFUSED)
def look_up(body: Shown) -> Answered:
    """Find the open numbers of somebody whose document lies on the desk; that one looked is noted."""
    person = person_by(body)
    return the_hall().change(the_press(), lambda change: persons.look_up(change, person))


@endpoint(blueprint, "POST", "/identities/lift", takes=Shown, gives=Lifted, refuses=REFUSED)
def lift(body: Shown) -> Answered:
    """Let somebody take numbers again although calls were missed."""
    person = person_by(body)
    return the_hall().change(the_press(), lambda change: persons.lift(change, person))


@endpoint(blueprint, "GET", "/tickets/<key>/identity", gives=Stored, refuses=("unknown_ticket",))
def identity(key: str) -> Answered:
    """The masked form, to compare with the card: for the clerk at whose window the ticket is, and seniors."""

    def look(desk: Desk) -> Json:
        must_be_their_business(desk, desk.ticket(key))
        return kept(desk.identity_of(key))

    return here().store.look(look)


def must_be_their_business(desk: Desk, ticket: Ticket) -> None:
    asker = who()
    if asker.role in persons.KNOWS_PEOPLE:
        return
    if ticket.state not in OPEN or ticket.window is None or desk.window(ticket.window).clerk != asker.staff:
        raise NotAllowed
