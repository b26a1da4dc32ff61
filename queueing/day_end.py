"""The end of a business day: what is left of it is expired before anything of the next one happens."""

from __future__ import annotations

from queueing import ruling, sitting
from queueing.appointments import miss_past
from queueing.change import Change
from queueing.clock import business_day
from queueing.records import Json, Ticket
from queueing.states import OPEN


def close_earlier_days(change: Change) -> Json:
    """Expires open tickets of earlier days and empties seats; does nothing when nothing is left."""
    for ticket in change.desk.in_states(tuple(OPEN)):
        if ticket.day < change.day:
            expire(change, ticket)
    miss_past(change)
    zone = change.plan.house.hall.timezone
    for state in list(change.desk.windows().values()):
        begun = business_day(state.since, zone).isoformat() if state.since else change.day
        if begun < change.day and state.state != "closed":
            sitting.empty_seat(change, state)
    ruling.end_of_day(change)
    return {"seq": change.desk.seq()}


def expire(change: Change, ticket: Ticket) -> None:
    ended = {"outcome": "unclosed", "finished_at": change.at} if ticket.state == "serving" else {}
    change.move(ticket, "expire", ticket.window, **ended)
