"""The hall's fairness for programs: a period's figures, and the receipt of any ticket of a day."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from queueing.errors import UnknownTicket
from queueing.fallback_errors import NotReserved
from queueing.receipts import Rule
from queueing.records import Json
from reports.blueprint import blueprint, maker_here, turns_here
from reports.making import asked_period
from reports.turn_keeper import number_of
from scoring.fairness import Fairness, Waited
from scoring.periods import around
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked


class WantedPeriod(Body):
    """A day, week, month, quarter or year; the present month unless named."""

    period: str | None = Field(default=None, max_length=10)


class PassedShape(Answer):
    """So many overtakings of tickets of one class by tickets of another, by one rule."""

    ticket_class: str
    by_class: str
    rule: Rule
    n: int


class ClassShape(Answer):
    """The tickets of a class, and how many of them were overtaken at least once."""

    ticket_class: str
    tickets: int
    overtaken: int


class LaterShape(Answer):
    """How many whole minutes later the overtakers had joined: half, 95 of 100, all came no more than this."""

    p50: int | None
    p95: int | None
    most: int | None


class WaitedShape(Answer):
    """The visits of a service and class: of those `promised` a wait, `kept` were called within it."""

    service: str
    ticket_class: str
    tickets: int
    called: int
    promised: int
    kept: int
    longest_minutes: float | None


class WorstShape(Answer):
    """A ticket that many overtook."""

    day: str
    number: str
    times: int


class FairnessAnswer(Answer):
    """A period's figures as they stand now."""

    period: str
    first: str
    last: str
    until: str = Field(description="The last day that the figures know of")
    overtakings: int
    passed: list[PassedShape]
    classes: list[ClassShape]
    later_minutes: LaterShape
    longest_wait_minutes: float | None
    waits: list[WaitedShape]
    worst: list[WorstShape]


class OvertakerShape(Answer):
    """One who joined later, by so many whole minutes, and was called before."""

    number: str
    minutes: int
    rule: Rule
    window: str | None
    at: str


class TicketReceipt(Answer):
    """The receipt of one ticket; no ground, no name."""

    day: str
    number: str
    service: str
    ticket_class: str
    state: Literal["waiting", "called", "serving", "held", "no_show", "finished", "abandoned"]
    joined_at: str
    called_at: str | None
    overtakings: list[OvertakerShape]
    more: bool


@endpoint(blueprint, "GET", "/api/v1/fairness", gives=FairnessAnswer, query=WantedPeriod)
def fairness(query: WantedPeriod) -> Answered:
    """A period's overtakings by class and rule, longest wait and waits within the promise."""
    today = maker_here().today
    stretch = asked_period(query.period) if query.period else around("month", today)
    made = turns_here().fairness(stretch)
    looked("fairness", period=stretch.name)
    return answer_of(made)


@endpoint(
    blueprint, "GET", "/api/v1/fairness/<day>/<number>", gives=TicketReceipt, refuses=("unknown_ticket",)
)
def ticket_receipt(day: str, number: str) -> Answered:
    """Who was called before a ticket of that day though they joined later, and by which rule."""
    found = receipt_of(day, number)
    if found is None:
        raise UnknownTicket()
    return found


def receipt_of(day: str, number: str) -> Json | None:
    """None: the hall gave out no such number that day. The look is recorded."""
    first = asked_period(day).first
    try:
        found = turns_here().ticket(first, number_of(number))
    except NotReserved:
        return None
    if found is None:
        return None
    ticket, named, more = found
    looked("fairness", day=first, ticket=ticket.number)
    names = ("day", "number", "service", "ticket_class", "state", "joined_at", "called_at")
    told = {name: getattr(ticket, name) for name in names}
    return told | {"overtakings": [vars(each) for each in named], "more": more}


def answer_of(made: Fairness) -> Json:
    turns, later = made.turns, made.turns.minutes_later
    return {
        "period": made.period.name, "first": made.period.first, "last": made.period.last, "until": made.until,
        "overtakings": turns.overtakings,
        "passed": [passed._asdict() | {"n": n} for passed, n in turns.passed.most_common()],
        "classes": [
            {"ticket_class": name, "tickets": n, "overtaken": turns.overtaken[name]}
            for name, n in turns.tickets.most_common()
        ],
        "later_minutes": {"p50": later(50), "p95": later(95), "most": later(100)},
        "longest_wait_minutes": minutes(made.longest),
        "waits": [waited(each) for each in made.waits],
        "worst": [{"day": each.day, "number": each.number, "times": each.times} for each in turns.worst],
    }  # fmt: skip


def waited(row: Waited) -> Json:
    told = row._asdict()
    return told | {"longest_minutes": minutes(told.pop("longest"))}


def minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60.0, 1)
