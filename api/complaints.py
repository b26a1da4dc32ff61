"""Complaints, praise and suggestions: said by citizens, taken down by staff, followed, read by the office."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from scoring.complaint_keeping import LONGEST, LONGEST_CONTACT
from scoring.complaint_limits import Tone
from scoring.complaint_records import Sort
from scoring.complaint_states import Channel, Item, Kind, SetAside, State, Verdict, Weight
from scoring.complaints import Said
from web import complaining
from web.idempotency import a_strangers_press, the_press
from web.routes import Answer, Answered, Body, endpoint
from web.tokens import ticket_of


class SayingBody(Body):
    """What somebody brings forward, in their own words."""

    kind: Kind
    words: str = Field(max_length=LONGEST)
    contact: str = Field(default="", max_length=LONGEST_CONTACT, description="Only to ask how it went")


class TakenDown(SayingBody):
    """Taken down for somebody; whom it is about, as far as it is known."""

    channel: Literal["desk", "letter", "call"] = "desk"
    number: str = Field(default="", max_length=9, description="A number of today")
    window: str | None = None
    clerk: str | None = None


class SaidKept(Answer):
    """It was taken; the code follows it, and is told here alone; the browser keeps it."""

    code: str
    seq: int


class OwnComplaint(Answer):
    """Where it stands, for who said it."""

    code: str
    kind: Kind
    state: State
    received_at: Instant
    step_at: Instant
    due_at: Instant | None = Field(description="By when the next step is promised")
    closed_at: Instant | None
    answers: list[str]
    verdict: Verdict
    set_aside: SetAside | Literal[""]


class OwnComplaints(Answer):
    """What the asking browser said about one ticket."""

    complaints: list[OwnComplaint]


class ComplaintCode(Body):
    """The code that somebody noted."""

    code: str = Field(max_length=40)


class ComplaintRow(Answer):
    """One line of the office's list."""

    id: str
    kind: Kind
    channel: Channel
    state: State
    weight: Weight
    about_day: str
    received_at: Instant
    step_at: Instant
    due_at: Instant | None
    tone: Tone
    missed: list[State]
    number: str | None
    window: str | None
    clerk: str | None
    taken_by: str
    handler: str
    closed_at: Instant | None
    solved: str
    satisfied: str
    verdict: Verdict
    item: Item | Literal[""]
    decided_by: str
    set_aside: SetAside | Literal[""]
    concerns_reader: bool = Field(description="Then its words are for others")


class ComplaintRows(Answer):
    """Open ones by their next limit, or the newest of the closed ones."""

    complaints: list[ComplaintRow]


class ComplaintWords(Answer):
    """What somebody wrote about it."""

    sort: Sort
    at: Instant
    author: str
    text: str


class WholeComplaint(ComplaintRow):
    """With its words, and what the reader may do next."""

    words: list[ComplaintWords]
    actions: list[str]


class WhichComplaints(Body):
    """Those that are worked on, or those that are over."""

    which: Literal["open", "closed"] = "open"


SAID = ("for_citizens", "words_needed", "complaints_enough")


@endpoint(
    blueprint, "POST", "/t/<token>/complaints", takes=SayingBody, gives=SaidKept,
    refuses=("unknown_ticket", "complaint_open", *SAID),
)  # fmt: skip
def say_by_ticket(token: str, body: SayingBody) -> Answered:
    """The holder of a ticket complains, praises or suggests; the log doesn't say whose ticket it was."""
    return complaining.say_by_ticket(said(body), ticket_of(token), a_strangers_press())


@endpoint(blueprint, "GET", "/t/<token>/complaints", gives=OwnComplaints,
          refuses=("unknown_ticket", "for_citizens"))  # fmt: skip
def said_by_ticket(token: str) -> Answered:
    """What this browser said about this ticket, and where it stands; to any other browser nothing."""
    return {"complaints": complaining.own_of(ticket_of(token))}


@endpoint(blueprint, "POST", "/complaints", takes=SayingBody, gives=SaidKept, refuses=SAID)
def say(body: SayingBody) -> Answered:
    """Anybody complains, praises or suggests, without a ticket."""
    return complaining.say(said(body), a_strangers_press())


@endpoint(
    blueprint,
    "POST",
    "/complaints/look",
    takes=ComplaintCode,
    gives=OwnComplaint,
    refuses=("unknown_complaint", "for_citizens"),
)
def follow(body: ComplaintCode) -> Answered:
    """Where it stands, by the code that was given; not a GET, as codes don't belong into addresses."""
    return complaining.followed(body.code)


@endpoint(
    blueprint, "POST", "/complaints/taken", takes=TakenDown, gives=SaidKept,
    refuses=("unknown_number", "unknown_window", "unknown_staff", "words_needed"),
)  # fmt: skip
def take_down(body: TakenDown) -> Answered:
    """Staff take down what somebody says at the desk, writes or tells on the telephone."""
    about = (body.channel, body.number, body.window, body.clerk)
    return complaining.take_down(said(body), *about, the_press())


@endpoint(blueprint, "GET", "/complaints", gives=ComplaintRows, query=WhichComplaints)
def complaints(query: WhichComplaints) -> Answered:
    """All that are open, the next limit first; or the newest that are closed."""
    return {"complaints": complaining.rows(query.which)}


@endpoint(blueprint, "GET", "/complaints/<complaint>", gives=WholeComplaint, refuses=("unknown_complaint",))
def one_complaint(complaint: str) -> Answered:
    """One with all its words; that somebody read them is recorded."""
    return complaining.whole(complaint)


def said(body: SayingBody) -> Said:
    return Said(body.kind, body.words, body.contact)
