"""How far a number is, for everybody who knows it: no more than the board shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from queueing.clock import Instant
from queueing.errors import HallError
from queueing.fallback_errors import NotReserved
from queueing.records import Json
from queueing.reserved import parts_of, spelled
from queueing.store import Desk

if TYPE_CHECKING:
    from queueing.hall import Hall

AT_A_WINDOW = frozenset({"called", "serving"})


class UnknownNumber(HallError):
    code = "unknown_number"
    status = 404
    sentence = "No ticket of today has the number {number}."


class CasesNotAsked(HallError):
    code = "cases_not_asked"
    status = 404
    sentence = "This hall's case system isn't asked from here."


class UnknownCase(HallError):
    code = "unknown_case"
    status = 404
    sentence = "There is no case {case}."


class CasesSilent(HallError):
    code = "cases_silent"
    status = 503
    sentence = "The case system doesn't answer."


def progress(hall: Hall, desk: Desk, at: Instant, number: str) -> Json:
    """Today's ticket of that number: waiting behind so many, called to a window, served, over."""
    typed = "".join(normalize("NFKC", number).split()).upper()
    try:
        ticket = desk.ticket_numbered(hall.day(at), spelled(*parts_of(typed)))
    except NotReserved:
        ticket = None
    if ticket is None:
        raise UnknownNumber(number=typed)
    place = hall.line(desk, at).places(ticket.service).get(ticket.key) if ticket.state == "waiting" else None
    return {
        "number": ticket.number,
        "service": ticket.service,
        "state": ticket.state,
        "window": ticket.window if ticket.state in AT_A_WINDOW else None,
        "ahead": place.ahead if place else None,
    }
