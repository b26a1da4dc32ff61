"""What the API and the pages both do with complaints: take them in, follow them, read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, cast

from queueing.progress import UnknownNumber
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.complaint_errors import ForCitizens, UnknownComplaint
from scoring.complaint_records import ComplaintStore
from scoring.complaint_states import Channel
from scoring.complaint_views import office_row, office_whole, own_view
from scoring.complaints import Complaints, Said
from web.asking import who
from web.complaint_codes import code_of, complaint_of
from web.context import here, the_hall
from web.rates import few_lookups
from web.sessions import cookie_here, send_cookie
from web.watching import looked

CODES_COOKIE, KEPT, MOST_CODES = "said", timedelta(days=400), 12
"""In which the browser keeps the codes that it was given by tickets' pages, the newest first."""

A_MINUTE = 5
"""How often a minute one network may send something without a ticket."""

LISTED = 200
Which = Literal["open", "closed"]


def no_staff_here() -> None:
    """Whoever works here neither sends nor reads by a ticket's link or the door for everybody."""
    clerk = who().staff
    if clerk is not None:
        raise ForCitizens(clerk=clerk)


def say_by_ticket(said: Said, ticket: str, by: Press) -> Json:
    """The browser that sent it keeps the code: a link on a slip, which lies on desks, shows nothing of it."""
    no_staff_here()
    told = with_code(Complaints(the_hall()).by_ticket(said, ticket=ticket, by=by))
    kept = [told["code"], *(code for code in codes_here() if code != told["code"])]
    send_cookie(CODES_COOKIE, ".".join(kept[:MOST_CODES]), KEPT)
    return told


def codes_here() -> list[str]:
    """Those that this browser was given."""
    return [code for code in cookie_here(CODES_COOKIE).split(".") if code][:MOST_CODES]


def say(said: Said, by: Press) -> Json:
    no_staff_here()
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
    """What this browser said about this ticket; raises UnknownTicket, ForCitizens."""
    no_staff_here()
    ours = {key for key in map(known_key, codes_here()) if key}

    def look(desk: Desk) -> list[Json]:
        store = cast(ComplaintStore, desk)
        desk.ticket(ticket)
        own = [each for each in store.complaints_of(ticket) if each.id in ours]
        return [{"code": code_of(each.id)} | own_view(store, each) for each in own]

    return here().store.look(look)


def known_key(code: str) -> str | None:
    """The complaint's key, of a code that the browser kept."""
    try:
        return complaint_of(code)
    except UnknownComplaint:
        return None


def followed(code: str) -> Json:
    """Where it stands; guessing is counted."""
    no_staff_here()
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
