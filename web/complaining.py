"""What the API and the pages both do with complaints: take them in, follow them, read them."""

from __future__ import annotations

from typing import Literal, cast

from queueing.progress import UnknownNumber
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.complaint_records import ComplaintStore
from scoring.complaint_states import Channel
from scoring.complaint_views import office_row, office_whole, own_view
from scoring.complaints import Complaints, Said
from web.asking import who
from web.complaint_codes import code_of, complaint_of
from web.context import here, the_hall
from web.rates import few_lookups
from web.watching import looked

A_MINUTE = 5
"""How often a minute one network may send something without a ticket."""

LISTED = 200
Which = Literal["open", "closed"]


def say_by_ticket(said: Said, ticket: str, by: Press) -> Json:
    return with_code(Complaints(the_hall()).by_ticket(said, ticket=ticket, by=by))


def say(said: Said, by: Press) -> Json:
    few_lookups("complaint", A_MINUTE)
    return with_code(Complaints(the_hall()).by_anybody(said, by=by))


def take_down(
    said: Said, channel: Channel, number: str, window: str | None, clerk: str | None, by: Press
) -> Json:
    """`number` is one of today; empty where nobody holds one."""
    ticket = here().store.look(lambda desk: key_of(desk, number.strip()))
    taken = Complaints(the_hall()).take(
        said, channel=channel, ticket=ticket, window=window, clerk=clerk, by=by
    )
    return with_code(taken)


def with_code(kept: Json) -> Json:
    return {"code": code_of(kept["complaint"]), "seq": kept["seq"]}


def key_of(desk: Desk, number: str) -> str | None:
    """The key of today's ticket with that number; raises UnknownNumber."""
    if not number:
        return None
    found = desk.ticket_numbered(the_hall().day(the_hall().now()), number.upper())
    if found is None:
        raise UnknownNumber(number=number)
    return found.key


def own_of(ticket: str) -> list[Json]:
    """What was said about this ticket; raises UnknownTicket."""

    def look(desk: Desk) -> list[Json]:
        store = cast(ComplaintStore, desk)
        desk.ticket(ticket)
        return [{"code": code_of(each.id)} | own_view(store, each) for each in store.complaints_of(ticket)]

    return here().store.look(look)


def followed(code: str) -> Json:
    """Where it stands; guessing is counted."""
    few_lookups("complaint_code", here().house.doors.lookups)
    key = complaint_of(code)

    def look(desk: Desk) -> Json:
        store = cast(ComplaintStore, desk)
        return {"code": code_of(key)} | own_view(store, store.complaint(key))

    return here().store.look(look)


def rows(which: Which) -> list[Json]:
    """All that are open, the next limit first; or the newest that are closed."""
    hall, reader = the_hall(), who().staff

    def look(desk: Desk) -> list[Json]:
        store = cast(ComplaintStore, desk)
        found = store.complaints(closed=which == "closed", limit=LISTED)
        return [office_row(hall, store, each, hall.now(), reader) for each in found]

    return here().store.look(look)


def whole(complaint: str) -> Json:
    """One with all its words; that somebody read them is recorded."""
    hall, reader = the_hall(), who().staff

    def look(desk: Desk) -> Json:
        store = cast(ComplaintStore, desk)
        return office_whole(hall, store, store.complaint(complaint), hall.now(), reader)

    told = here().store.look(look)
    looked("complaint", complaint=complaint)
    return told
