"""Back in line at a kiosk: who missed a call shows what only the holder of the number has."""

from __future__ import annotations

from hmac import compare_digest
from typing import Annotated

from pydantic import Field, StringConstraints

from api.blueprint import blueprint
from api.shapes import Instant
from api.tickets import Moved
from queueing.errors import UnknownTicket
from queueing.records import Json
from queueing.store import Desk
from web.asking import who
from web.context import here, the_hall
from web.counters import few
from web.idempotency import the_press
from web.links import links
from web.push import Screen
from web.routes import Answered, Body, endpoint
from web.snapshots import picture
from web.tokens import DIGITS, digits_for, ticket_of

TRIES_A_MINUTE = 10
"""Of one kiosk. Nobody guesses six digits at that pace while somebody stands behind."""


class Proof(Body):
    """The digits on the slip; or the word of the ticket's link, as a reader of codes types it."""

    digits: Annotated[str, StringConstraints(pattern=rf"^[0-9]{{{DIGITS}}}$")] | None = None
    token: str | None = Field(default=None, max_length=200)


class Back(Moved):
    """The ticket in its new place; low and high are minutes."""

    joined_at: Instant
    service: str
    ahead: int | None
    low: int | None
    high: int | None
    link: str
    url: str
    qr: str
    digits: str


@endpoint(
    blueprint, "POST", "/tickets/return", takes=Proof, gives=Back,
    refuses=("unknown_ticket", "cannot", "too_many_reinstatements", "return_too_late", "too_many"),
)  # fmt: skip
def return_to_line(body: Proof) -> Answered:
    """A visitor who missed the call waits again, by what is on the slip or on the phone."""
    key = ticket_of(body.token) if body.token else missed_with(body.digits or "")
    moved = the_hall().come_back(ticket=key, by=the_press())
    return moved | told(key)


def count_try() -> None:
    """Digits can be tried, a signed word can't."""
    few(TRIES_A_MINUTE, "return", who().id)


def missed_with(digits: str) -> str:
    """The ticket with these digits among those that missed their call today."""
    count_try()
    day = the_hall().day(the_hall().now())

    def looked(desk: Desk) -> list[str]:
        return [ticket.key for ticket in desk.no_shows(day)]

    found = [key for key in here().store.look(looked) if compare_digest(digits_for(key), digits)]
    if len(found) != 1:
        raise UnknownTicket
    return found[0]


def told(key: str) -> Json:
    """What the screen shows: where the ticket stands now."""
    seen = picture(Screen("phone", "public", ticket=key))["snapshot"]
    ahead, low, high = seen["place"] or (None, None, None)
    joined = seen["ticket"]["joined_at"]
    place = {"ahead": ahead, "low": low, "high": high, "joined_at": joined}
    return place | {"service": seen["ticket"]["service"], "digits": digits_for(key)} | links(key, joined)
