"""A pager, a wristband or a light that the guide hands out with a number, tied to it until the day ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queueing.change import Change
from queueing.errors import HallError
from queueing.records import Json
from queueing.states import OPEN
from queueing.store import Desk
from signals.marks import Mark, handed_out, pager_of
from signals.room import blueprint, signals_here
from web.context import here, the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Nothing, endpoint


class NoPagers(HallError):
    code = "no_pagers"
    status = 422
    sentence = "No hook of this hall is told of pagers."


class TicketOver(HallError):
    code = "ticket_over"
    sentence = "Ticket {number} isn't open any more."


class PagerInUse(HallError):
    code = "pager_in_use"
    sentence = "Pager {pager} is with ticket {number}."


class PagerWish(Body):
    """The number that stands on the pager."""

    pager: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,12}$")]


class PagerTied(Answer):
    """The ticket's number and its pager, if it has one."""

    number: str
    pager: str | None


@endpoint(blueprint, "GET", "/api/v1/tickets/<key>/pager", gives=PagerTied, refuses=("unknown_ticket",))
def see_pager(key: str) -> Answered:
    """Which pager a ticket has."""
    return here().store.look(lambda desk: told(desk, key))


@endpoint(
    blueprint, "POST", "/api/v1/tickets/<key>/pager", takes=PagerWish, gives=PagerTied,
    refuses=("unknown_ticket", "ticket_over", "no_pagers", "pager_in_use"),
)  # fmt: skip
def tie_pager(key: str, body: PagerWish) -> Answered:
    """Tie a pager to an open ticket; hooks name it from now on."""
    workers = signals_here().workers
    if not workers:
        raise NoPagers
    marks = [here().store.look(as_logged)] if here().together.many else [each.mark for each in workers]
    holders = {each for mark in marks for each in mark.holders_of(body.pager)} - {key}
    return the_hall().change(the_press(), lambda change: tied(change, key, body.pager, holders))


@endpoint(
    blueprint, "POST", "/api/v1/tickets/<key>/pager/untie", takes=Nothing, gives=PagerTied,
    refuses=("unknown_ticket",),
)  # fmt: skip
def untie_pager(key: str, body: Nothing) -> Answered:
    """The pager came back, or was handed out by mistake; hooks don't name it any more."""
    return the_hall().change(the_press(), lambda change: untied(change, key))


def as_logged(desk: Desk) -> Mark:
    """Where several processes serve, only one of them follows who has which pager: the log knows."""
    day = the_hall().day(the_hall().now())
    return Mark(day=day, pagers=handed_out(desk, day))


def tied(change: Change, key: str, pager: str, holders: set[str]) -> Json:
    """Kept in the log alone: a pager's number names nobody. One that others still carry isn't handed out."""
    ticket = change.desk.ticket(key)
    if ticket.state not in OPEN:
        raise TicketOver(number=ticket.number)
    others = [change.desk.ticket(each) for each in sorted(holders)]
    for other in others:
        if other.state in OPEN:
            raise PagerInUse(pager=pager, number=other.number)
    change.log("tie_pager", ticket, None, {}, {"pager": pager})
    return {"number": ticket.number, "pager": pager}


def untied(change: Change, key: str) -> Json:
    """Nothing to do for a ticket without one."""
    ticket, pager = change.desk.ticket(key), pager_of(change.desk.history(key))
    if pager is not None:
        change.log("untie_pager", ticket, None, {"pager": pager}, {"pager": None})
    return {"number": ticket.number, "pager": None}


def told(desk: Desk, key: str) -> Json:
    return {"number": desk.ticket(key).number, "pager": pager_of(desk.history(key))}
