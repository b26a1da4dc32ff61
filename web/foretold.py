"""The forecast's answers as the hall keeps them, and as the process that plays tells them to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from queueing.clock import Instant
from queueing.outlook import Expected, Outlook, Picture, Span
from queueing.records import Json, Waiting

NOTHING: Json = {"picture": None}


class Drawn(NamedTuple):
    """The hall at one moment, as a line to send; `seq`: of the last visit in it that is over.

    `took`: seconds of the processor.
    """

    at: Instant
    waiting: Sequence[Waiting]
    takes: Mapping[str, Mapping[str, float]]
    seq: int
    line: bytes
    took: float


def told_on(outlook: Outlook) -> Json:
    """The last picture with the ranges that are told by it."""
    if outlook.stands is None:
        return NOTHING
    picture, told = outlook.stands
    return {
        "picture": {
            "at": picture.at,
            "seen": list(picture.seen.values()),
            "tickets": list(picture.tickets.items()),
            "newcomers": [[*line, span] for line, span in picture.newcomers.items()],
            "alike": picture.alike,
        },
        "told": told,
    }


def hear_told(outlook: Outlook, said: Json) -> None:
    """Takes what another process told, unless it is older than what is known."""
    if said["picture"] is None:
        outlook.drop()
        return
    picture = heard_picture(said["picture"])
    if outlook.stands is None or picture.at > outlook.stands[0].at:
        outlook.adopt(picture, spans_of(said["told"]))


def heard_picture(said: Json) -> Picture:
    waiting = [Waiting(*each) for each in said["seen"]]
    return Picture(
        said["at"],
        {each.key: each for each in waiting},
        {key: span_of(span) for key, span in said["tickets"]},
        {(service, name): span_of(span) for service, name, span in said["newcomers"]},
        said["alike"],
    )


def spans_of(said: Mapping[str, Any]) -> dict[str, Span]:
    return {key: Span(*span) for key, span in said.items()}


def span_of(span: Any) -> Expected:
    return None if span is None else Span(*span)


def picture_of(drawn: Drawn, answer: Json, alike: dict[str, str]) -> Picture:
    """The answer as the outlook keeps it."""
    return Picture(
        drawn.at,
        {ticket.key: ticket for ticket in drawn.waiting},
        {key: expected(prices) for key, *prices in answer["tickets"]},
        {(service, name): expected(prices) for service, name, *prices in answer["newcomers"]},
        alike,
    )


def expected(prices: Sequence[float | None]) -> Expected:
    """Most plays must have called it; a high end that some plays never reach is as far as the others say."""
    low, likely, high = prices
    if low is None or likely is None:
        return None
    return Span(low, likely, high if high is not None else 2 * likely - low)
