"""Towards closing: a line that has stopped giving numbers goes on, on a supervisor's word."""

from __future__ import annotations

from api.blueprint import blueprint
from queueing.closing import keep_open
from web.context import the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint


class Word(Body):
    """Whether the line goes on for the rest of the day."""

    on: bool = True


class KeptOpen(Answer):
    """What holds for the line until the day is over."""

    service: str
    kept_open: bool
    seq: int


@endpoint(
    blueprint, "POST", "/services/<service>/keep_open", takes=Word, gives=KeptOpen,
    refuses=("unknown_service",),
)  # fmt: skip
def keep_line_open(service: str, body: Word) -> Answered:
    """Give numbers for a service today although its line would end after closing."""
    return keep_open(the_hall(), service=service, on=body.on, by=the_press())
