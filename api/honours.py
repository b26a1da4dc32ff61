"""Lists of honour: proposed from released months, published and taken back by supervisors."""

from __future__ import annotations

from pydantic import Field

from api.assessed_shapes import MONTH_QUARTER_OR_YEAR, By, Number
from api.blueprint import blueprint
from api.shapes import Instant, Words
from queueing.records import Json
from scoring.proposals import Proposals
from web.context import here, the_hall
from web.honours import lists_on_show, tell_boards
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint
from web.schemes import schemes_here


class WantedList(Body):
    """Of windows or people; a month, quarter or year."""

    period: str = Field(pattern=MONTH_QUARTER_OR_YEAR)
    by: By


class PublishBody(WantedList):
    """`missing`: although months of it aren't released yet."""

    missing: bool = False


class TakeBackBody(WantedList):
    """Whose name goes, and why; the reason is for the office alone."""

    subject: str = Field(min_length=1, max_length=100)
    reason: str = Field(default="", max_length=500)


class CandidateView(Answer):
    """`place`: shared by equals. `left_out`: no_score, barred:<code>, months_of_service or not_passing."""

    subject: str
    name: Words
    place: int | None
    score: Number
    grade: str | None
    passes: bool | None
    left_out: str | None
    named: bool = Field(description="Within the places that the scheme gives")


class NamedView(Answer):
    """One on a published list; for the public people have no id."""

    subject: str | None
    place: int
    name: Words
    grade: str | None


class TakenBackView(Answer):
    """A name that was taken back."""

    subject: str
    at: Instant
    actor: str
    reason: str


class ProposalAnswer(Answer):
    """`differs`: what is published isn't what would be proposed now. `missing`: months not released.
    `places`: how many the scheme names, 0 where it names nobody, null before a release."""

    period: str
    by: By
    missing: list[str]
    places: int | None
    candidates: list[CandidateView]
    published: list[NamedView]
    published_at: Instant | None
    taken_back: list[TakenBackView]
    differs: bool


class PublishedList(Answer):
    """A list that boards and pages show."""

    period: str
    by: By
    named: list[NamedView]


class OnShow(Answer):
    """The newest month, quarter and year of windows and of people."""

    lists: list[PublishedList]


class ListDone(Answer):
    """Boards and pages show it from now on."""

    period: str
    by: By
    seq: int


@endpoint(blueprint, "GET", "/honours", gives=ProposalAnswer, query=WantedList)
def honour_proposal(query: WantedList) -> Answered:
    """Who would be named, in which place, who is left out and why; and what is published."""
    proposals, store = proposals_here(), here().store
    told: Json = here().in_thread(
        lambda: store.look(lambda desk: proposals.view(desk, query.period, query.by))
    )
    return told


@endpoint(
    blueprint, "POST", "/honours", takes=PublishBody, gives=ListDone, status=201,
    refuses=("months_missing", "nobody_to_name", "named_yourself"),
)  # fmt: skip
def publish_honours(body: PublishBody) -> Answered:
    """Publish the proposal as it stands; boards and pages show it at once."""
    proposals, store, press = proposals_here(), here().store, the_press()
    found = here().in_thread(
        lambda: store.look(lambda desk: proposals.candidates_of(desk, body.period, body.by))
    )
    done = proposals.publish(found, body.period, body.by, missing=body.missing, press=press)
    return told_to_boards(done)


@endpoint(blueprint, "POST", "/honours/take_back", takes=TakeBackBody, gives=ListDone,
          refuses=("not_published",))  # fmt: skip
def take_back_honour(body: TakeBackBody) -> Answered:
    """A published name is shown no more; nobody moves up."""
    done = proposals_here().take_back(
        name=body.period, by=body.by, subject=body.subject, reason=body.reason, press=the_press()
    )
    return told_to_boards(done)


@endpoint(blueprint, "GET", "/honours/published", gives=OnShow)
def honours_published() -> Answered:
    """What everybody may see: the newest lists, as boards and the page of people show them."""
    told: Json = here().store.look(lists_on_show)
    return told


def told_to_boards(done: Json) -> Json:
    tell_boards(done["seq"])
    return done


def proposals_here() -> Proposals:
    return Proposals(the_hall(), schemes_here())
