"""What is told with a number about the wait, kept so that it can be compared with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queueing.change import Change
from queueing.records import Json, Ticket
from queueing.told import UNKNOWN, Told
from queueing.views import to_all
from queueing.waits import Place

if TYPE_CHECKING:
    from queueing.hall import Hall


def told_with(hall: Hall, change: Change, ticket: Ticket, place: Place) -> Json:
    """The answer to taking a number; a range told to somebody new is a promise."""
    if place.span is not None and place.high and ticket.joined_at == change.at:
        hall.outlook.promise(ticket.key, change.at, place.span)
    shown = to_all(ticket)
    told = {"ahead": place.ahead, "low": place.low, "high": place.high}
    kept = hall.outlook.kept.of_ten
    return {"ticket": shown, "joined_at": ticket.joined_at, "seq": ticket.seq, **told, "kept_of_ten": kept}


def range_of(place: Place) -> Told:
    """The range that is kept with the ticket; nothing when none is told, or *any moment now*."""
    return (place.low or 0, place.high) if place.span is not None and place.high else UNKNOWN
