"""What is told with a number about the wait, kept so that it can be compared with what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from queueing.change import Change
from queueing.clock import instant, moment
from queueing.records import Json, Ticket, ToldWait
from queueing.views import public_ticket, staff_ticket
from queueing.waits import Place

if TYPE_CHECKING:
    from queueing.hall import Hall


def told_with(hall: Hall, change: Change, ticket: Ticket, place: Place) -> Json:
    """The answer to taking a number; a range told to somebody new is kept."""
    if place.span is not None and place.high and ticket.joined_at == change.at:
        hall.outlook.promise(ticket.key, change.at, place.span)
        change.desk.keep_told(told_wait(ticket, place.low or 0, place.high))
    shown = public_ticket(staff_ticket(ticket))
    told = {"ahead": place.ahead, "low": place.low, "high": place.high}
    kept = hall.outlook.kept.of_ten
    return {"ticket": shown, "joined_at": ticket.joined_at, "seq": ticket.seq, **told, "kept_of_ten": kept}


def told_wait(ticket: Ticket, low: int, high: int) -> ToldWait:
    """The range as two moments between which the call should come."""
    joined = moment(ticket.joined_at)
    first, last = instant(joined + timedelta(minutes=low)), instant(joined + timedelta(minutes=high))
    return ToldWait(ticket.key, ticket.day, ticket.service, first, last)
