"""A pager, a wristband or a light that the guide hands out with a number, tied to it until the day ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queueing.change import Change
from queueing.errors import HallError
from queueing.records import Json
from queueing.states import OPEN
from signals.room import blueprint, signals_here
from web.context import the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint


class NoPagers(HallError):
    code = "no_pagers"
    status = 422
    sentence = "No hook of this hall is told of pagers."


class TicketOver(HallError):
    code = "ticket_over"
    sentence = "Ticket {number} isn't open any more."


class PagerWish(Body):
    """The number that stands on the pager."""

    pager: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,12}$")]


class PagerTied(Answer):
    """The ticket's number and its pager."""

    number: str
    pager: str


@endpoint(
    blueprint, "POST", "/api/v1/tickets/<key>/pager", takes=PagerWish, gives=PagerTied,
    refuses=("unknown_ticket", "ticket_over", "no_pagers"),
)  # fmt: skip
def tie_pager(key: str, body: PagerWish) -> Answered:
    """Tie a pager to an open ticket; hooks name it from now on."""
    if not signals_here().workers:
        raise NoPagers
    return the_hall().change(the_press(), lambda change: tied(change, key, body.pager))


def tied(change: Change, key: str, pager: str) -> Json:
    """Kept in the log alone: a pager's number names nobody."""
    ticket = change.desk.ticket(key)
    if ticket.state not in OPEN:
        raise TicketOver(number=ticket.number)
    change.log("tie_pager", ticket, None, {}, {"pager": pager})
    return {"number": ticket.number, "pager": pager}
