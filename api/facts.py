"""Facts of assessments: entered by inspectors and supervisors, listed, withdrawn with a reason, photos."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from flask import Response, request
from pydantic import Field, StringConstraints

from api.blueprint import blueprint
from api.fact_shapes import KeptFact
from api.shapes import Instant
from queueing.errors import BadRequest
from queueing.hall import Hall
from queueing.store import Desk
from scoring.assessed import Assessed
from scoring.entering import FactBook, must_be_open_to
from scoring.fact_errors import UnknownFact, UnknownPhoto
from scoring.fact_rules import NOTE_LENGTH, NewFact
from scoring.fact_store import fact_rows, plain
from scoring.facts import Fact, Kind, Origin
from scoring.gathering import all_facts, find_fact
from scoring.own_ratings import is_own, others_facts
from scoring.periods import Period, period
from web.access import OFFICE
from web.asking import who
from web.context import here, the_hall
from web.evidence import LARGEST_PHOTO, photo_of
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Picture, endpoint
from web.schemes import schemes_here
from web.watching import looked

MOST = 2000
"""Facts that one answer lists."""
From = Literal[Origin, "entered", "all"]
Number = Annotated[Decimal, Field(max_digits=9, decimal_places=2, allow_inf_nan=False)]
Place = Annotated[str, Field(min_length=1, max_length=64)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NOTE_LENGTH)]


class FactBody(Body):
    """A fact: an item of a scheme, or a kind; about a window, a clerk or both."""

    day: str = Field(max_length=10)
    kind: Kind = "item"
    item: str = Field(default="", max_length=40)
    scheme: str = Field(
        default="", max_length=64, description="Empty: the one in force for the window, else for the clerk"
    )
    window: Place | None = None
    clerk: Place | None = None
    times: Number = Decimal(1)
    value: Number | None = Field(
        default=None, description="Minutes, days, a share, a part score: by its kind"
    )
    points: Number | None = Field(default=None, description="Where the scheme's item leaves a range")
    note: str = Field(default="", max_length=NOTE_LENGTH)


class WithdrawBody(Body):
    """Why it counts no more."""

    reason: Reason


class FactView(KeptFact):
    """A fact as it is kept today."""

    kind: Kind
    origin: Origin
    evidence: list[str] = Field(description="Photos: GET /facts/<fact>/evidence/<photo>")


class FactAnswer(Answer):
    """One fact."""

    fact: FactView


class FactsAnswer(Answer):
    """The newest facts of the period."""

    period: str
    facts: list[FactView]
    more: bool = Field(description="There are more than are listed")


class FactsWanted(Body):
    """Which facts; a period is a day, week, month, quarter or year."""

    period: str | None = Field(default=None, max_length=10)
    window: Place | None = None
    clerk: Place | None = None
    origin: From = Field(default="entered", description="Everything that people entered; the queue's; all")


class Withdrawn(Answer):
    """The event that says so."""

    seq: int


class EvidenceView(Answer):
    """A photo as it is kept."""

    id: str
    fact: str
    bytes: int
    width: int
    height: int
    added_at: Instant
    author: str


class EvidenceAnswer(Answer):
    """The photo that was added."""

    evidence: EvidenceView


@endpoint(
    blueprint, "POST", "/facts", takes=FactBody, gives=FactAnswer, status=201,
    refuses=(
        "about_yourself", "concerns_nobody", "day_ahead", "day_too_early", "figure_needed", "not_a_day",
        "not_a_number", "points_not_free", "points_out_of_range", "told_by_the_queue", "unknown_item",
        "text_not_plain", "unknown_scheme", "unknown_staff", "unknown_window",
    ),
)  # fmt: skip
def enter_fact(body: FactBody) -> Answered:
    """Enter a fact; it can't be changed afterwards, only withdrawn."""
    return book().enter(NewFact(**body.model_dump()), by=the_press())


@endpoint(blueprint, "GET", "/facts", gives=FactsAnswer, query=FactsWanted, refuses=("bad_request",))
def facts(query: FactsWanted) -> Answered:
    """The facts of a period. A look at those of the queue, and at ratings, is recorded."""
    stretch = period(query.period or the_hall().day(the_hall().now())[:7])
    queue_too = query.origin in ("queue", "all")
    if queue_too and stretch.kind in ("quarter", "year"):
        raise BadRequest(message="Facts of the queue are listed for a month at the most.")
    hall, store = the_hall(), here().store
    found: list[Fact] = here().in_thread(lambda: store.look(lambda desk: asked(desk, hall, query, stretch)))
    if queue_too or any(fact.kind == "rated" for fact in found):
        looked("facts", period=stretch.name)
    newest = sorted(found, key=lambda fact: (fact.day, fact.at, fact.id), reverse=True)
    told = [plain(fact) for fact in others_facts(newest[:MOST], who().staff)]
    return {"period": stretch.name, "facts": told, "more": len(found) > MOST}


def asked(desk: Desk, hall: Hall, query: FactsWanted, stretch: Period) -> list[Fact]:
    """The facts that were asked for, of all windows and clerks unless some are named."""
    only = {"window": query.window, "clerk": query.clerk}
    if query.origin not in ("queue", "all"):
        origin = None if query.origin == "entered" else query.origin
        return fact_rows(desk).entered_facts(stretch.first, stretch.last, **only, origin=origin)
    return [
        fact
        for fact in all_facts(desk, stretch, hall)
        if query.origin in ("all", fact.origin)
        and all(value in (None, getattr(fact, name)) for name, value in only.items())
    ]


@endpoint(blueprint, "GET", "/facts/<fact>", gives=FactAnswer, refuses=("unknown_fact",))
def one_fact(fact: str) -> Answered:
    """One fact, of the queue as well. A look at those of the queue is recorded."""
    return {"fact": plain(known_fact(fact))}


@endpoint(
    blueprint, "POST", "/facts/<fact>/withdraw", takes=WithdrawBody, gives=Withdrawn,
    refuses=(
        "unknown_fact", "already_withdrawn", "four_eyes", "of_a_rating", "of_a_decision", "text_not_plain",
    ),
)  # fmt: skip
def withdraw_fact(fact: str, body: WithdrawBody) -> Answered:
    """Take a fact back, with a reason; it stays in the list and counts no more."""
    return book().withdraw(known_fact(fact), body.reason, by=the_press())


@endpoint(
    blueprint, "POST", "/facts/<fact>/evidence", gives=EvidenceAnswer, status=201,
    refuses=(
        "unknown_fact", "not_your_fact", "photo_refused", "picture_too_large", "too_many_photos",
        "no_room_for_photos",
    ),
)  # fmt: skip
def add_evidence(fact: str) -> Answered:
    """Add a photo (JPEG, PNG, WebP) as plain bytes; only the picture is kept, without place and camera."""
    request.max_content_length = LARGEST_PHOTO
    by = the_press()
    here().store.look(lambda desk: must_be_open_to(fact_rows(desk), fact, by))
    return book().add_photo(fact, photo_of(request.get_data()), by=by)


@endpoint(
    blueprint, "GET", "/facts/<fact>/evidence/<photo>", gives=Picture,
    refuses=("unknown_fact", "unknown_photo"),
)  # fmt: skip
def evidence(fact: str, photo: str) -> Answered:
    """A photo, for the office and for the clerk whom the fact concerns."""

    asker, assessed = who(), Assessed(the_hall(), schemes_here())

    def look(desk: Desk) -> bytes | None:
        found = fact_rows(desk).fact(fact)
        own = found and asker.staff and assessed.may_see_photos(desk, asker.staff, found)
        if found is None or not (own or asker.role in OFFICE):
            raise UnknownFact()
        return fact_rows(desk).evidence_picture(fact, photo)

    picture = here().store.look(look)
    if picture is None:
        raise UnknownPhoto()
    return Response(picture, mimetype="image/jpeg", headers={"Cache-Control": "private, no-store"})


def known_fact(fact: str) -> Fact:
    """One that was entered, or one of the queue, whose day is worked out again. Raises UnknownFact."""
    hall, store = the_hall(), here().store
    found: Fact | None = here().in_thread(lambda: store.look(lambda desk: find_fact(desk, fact, hall)))
    if found is None or is_own(found, who().staff):
        raise UnknownFact()
    if found.origin == "queue" or found.kind == "rated":
        looked("facts", period=found.day)
    return found


def book() -> FactBook:
    return FactBook(the_hall(), here().schemes)
