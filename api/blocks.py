"""Numbers given out without the server: a kiosk reserves and enters them, the guide enters those on paper."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from api.tickets import Issued, Language
from queueing.blocks import Reserve, Slip
from queueing.records import Json
from web.context import here, the_hall
from web.idempotency import the_press
from web.identities import stored
from web.links import links, with_link
from web.routes import Answer, Answered, Body, Nothing, endpoint

A_DAY = 86_400.0
Number = Annotated[str, Field(min_length=2, max_length=9)]


class ReservedNumber(Answer):
    """A number that belongs to nobody yet, with the links that its ticket will have."""

    number: str
    ticket: str
    link: str
    url: str
    qr: str


class OpenToday(Answer):
    """Services of equal hours, and from when to when they give numbers today."""

    services: list[str]
    stretches: list[list[Instant]]


class ReservedBlock(Answer):
    """A kiosk's supply for the time without the server; `block` is its secret."""

    block: str
    day: str
    reserved_at: Instant
    numbers: list[ReservedNumber]
    open_today: list[OpenToday]
    seq: int


class Handed(Body):
    """What every number given out without the server tells of itself."""

    number: Number
    service: str
    ticket_class: str = "walk_in"
    language: Language = "zh_Hans"

    @property
    def slip(self) -> Slip:
        return Slip(self.number, self.service, self.ticket_class, self.language)


class FromReserve(Handed):
    """A reserved number that was handed out so many seconds of the hall ago.

    `instead_of` is the Idempotency-Key of a press at the same kiosk whose answer never came.
    """

    block: str = Field(min_length=1, max_length=100)
    seconds_ago: float = Field(ge=0, le=A_DAY, allow_inf_nan=False)
    instead_of: str | None = Field(default=None, min_length=1, max_length=100)


class OnPaper(Handed):
    """A number on paper and the time written on it, as the hall's clock shows it."""

    time: str = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")


REFUSES = ("unknown_service", "unknown_class", "class_not_offered", "not_reserved", "already_entered")


@endpoint(
    blueprint, "POST", "/blocks", takes=Nothing, gives=ReservedBlock, status=201,
    refuses=("enough_reserved",),
)  # fmt: skip
def reserve_block(body: Nothing) -> Answered:
    """Reserve numbers to hand out while the server can't be reached."""
    reserve = Reserve(the_hall())
    block = reserve.reserve(by=the_press())
    numbers = [number | links(number["ticket"], block["reserved_at"]) for number in block["numbers"]]
    return block | {"numbers": numbers, "open_today": reserve.open_today()}


@endpoint(
    blueprint, "POST", "/blocks/tickets", takes=FromReserve, gives=Issued, status=201,
    refuses=(*REFUSES, "reserved_earlier"),
)  # fmt: skip
def enter_reserved(body: FromReserve) -> Answered:
    """Enter a reserved number that was handed out; it joins the line at the time when it was."""
    entered = Reserve(the_hall()).enter(
        block=body.block, slip=body.slip, seconds_ago=body.seconds_ago, instead_of=body.instead_of,
        by=the_press(),
    )  # fmt: skip
    return told(entered)


@endpoint(
    blueprint, "POST", "/tickets/paper", takes=OnPaper, gives=Issued, status=201,
    refuses=(*REFUSES, "time_ahead", "before_opening", "kiosk_running"),
)  # fmt: skip
def enter_paper(body: OnPaper) -> Answered:
    """Enter a number that was given out on paper; it joins the line at the time written on it."""
    running = here().push.running_kiosks()
    return told(
        Reserve(the_hall()).enter_by_hand(slip=body.slip, time=body.time, by=the_press(), running=running)
    )


def told(entered: Json) -> Answered:
    """Nobody shows a document without the server."""
    return with_link(entered) | {"stored": stored(None, entered["joined_at"])}
