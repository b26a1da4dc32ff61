"""Looking up a number at the guide's desk: where it is, and how long it will be."""

from __future__ import annotations

from api.blueprint import blueprint
from api.shapes import StaffTicket
from queueing import looks
from web.context import here, the_hall
from web.routes import Answer, Answered, Body, endpoint


class Which(Body):
    """A number of today; small letters and missing zeros are forgiven."""

    number: str


class FoundTicket(StaffTicket):
    """A ticket as the guide tells its holder of it; `place` is people ahead and the wait in minutes."""

    reinstated: int
    origin: str
    place: list[int | None] | None


class FoundTickets(Answer):
    """At most one: numbers are unique on a day."""

    tickets: list[FoundTicket]


@endpoint(blueprint, "GET", "/tickets", gives=FoundTickets, query=Which)
def find_number(query: Which) -> Answered:
    """Today's ticket of that number."""
    at = the_hall().now()
    return {"tickets": here().store.look(lambda desk: looks.numbered(the_hall(), desk, at, query.number))}
