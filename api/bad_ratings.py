"""Bad ratings and their follow-up: the list, one case, the next step; what a clerk may appeal."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.scores import Month, this_month
from api.shapes import Instant
from api.watched import SingleRating
from queueing.records import Json
from scoring.following_up import Wish
from scoring.rating_appeals import RatingAppeals
from scoring.remedies import Action, State, Way, Why
from scoring.remedy_errors import UnknownRemedy
from web.asking import who
from web.context import here
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint
from web.watching import looked

LONGEST_NOTE = 1000
REFUSED = (
    "unknown_remedy",
    "not_now",
    "note_needed",
    "not_your_own",
    "other_eyes_needed",
    "call_back_needed",
)


class WhichCases(Body):
    """Those that wait for a step, or those that are over."""

    over: bool = False


class Case(Answer):
    """A bad rating and how its follow-up stands; days are the hall's business days."""

    id: int = Field(description="The number of the rating's entry in the log")
    state: State
    named: bool = Field(description="The citizen has left a way to be reached")
    set_aside_as: str
    opened_at: Instant
    contacted_at: Instant | None
    put_right_at: Instant | None
    due: str | None = Field(description="The last day of the limit that runs")
    due_what: Literal["contact", "put_right", ""]
    left: int | None = Field(description="Working days after today until then; negative when it is past")
    light: Literal["green", "yellow", "red", "none"]
    contact_due: str
    put_right_due: str
    contact_late: bool
    put_right_late: bool
    rating: SingleRating


class CaseList(Answer):
    """The most urgent first."""

    cases: list[Case]


class StepTaken(Answer):
    """One step with its author and time."""

    number: int
    action: Action
    state: State
    author: str
    at: Instant
    way: str
    why: str
    note: str


class Reached(Answer):
    """How the citizen wishes to be reached."""

    name: str
    phone: str


class SecondRating(Answer):
    """What the citizen said after it was put right."""

    level: str
    at: Instant


class WholeCase(Case):
    """A case with everything that happened, and what may be done next."""

    steps: list[StepTaken]
    next: list[Action]
    ways: list[Way]
    other_eyes: bool = Field(description="Whoever asks has verified it and doesn't set it aside")
    appeals: list[str]
    contact: Reached | None
    second: SecondRating | None


class StepBody(Body):
    """The next step; a contact has a way, setting aside a reason, everything but closing a note."""

    action: Literal[
        "attempt", "contact", "hear", "uphold", "refute", "put_right", "close", "dismiss", "set_aside"
    ]
    note: str = Field(default="", max_length=LONGEST_NOTE)
    way: Way | Literal[""] = ""
    why: Why | Literal[""] = ""


class CaseMoved(Answer):
    """The case after the step."""

    remedy: int
    state: State
    seq: int


class OwnRatingAppeal(Answer):
    """A clerk's month: how many ratings are released and appealed; what came of it when all is decided."""

    period: str
    released: int
    appealed: int
    may_appeal: bool
    decided: bool
    set_aside: int | None


class AppealBody(Body):
    """Against the bad ones among the released ratings of a month."""

    period: str = Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")
    text: str = Field(max_length=LONGEST_NOTE)


class Accepted(Answer):
    """It is kept."""

    accepted: bool
    seq: int


def number_of(case: str) -> int:
    """The case that an address names."""
    if not re.fullmatch(r"[0-9]{1,15}", case):
        raise UnknownRemedy(remedy=case[:15])
    return int(case)


@endpoint(blueprint, "GET", "/bad_ratings", gives=CaseList, query=WhichCases)
def bad_ratings(query: WhichCases) -> Answered:
    """Bad ratings that are followed up. The look is recorded."""
    viewer, following = who().staff or "", here().following
    listed = following.over if query.over else following.work_list
    cases: list[Json] = here().store.look(lambda desk: listed(desk, viewer))
    looked("bad_ratings")
    return {"cases": cases}


@endpoint(
    blueprint, "GET", "/bad_ratings/<case>", gives=WholeCase, refuses=("unknown_remedy", "not_your_own")
)
def bad_rating(case: str) -> Answered:
    """One of them with every step. The look is recorded."""
    viewer, following, number = who().staff or "", here().following, number_of(case)
    whole: Json = here().store.look(lambda desk: following.detail(desk, viewer, number))
    looked("bad_ratings")
    return whole


@endpoint(blueprint, "POST", "/bad_ratings/<case>/steps", takes=StepBody, gives=CaseMoved, refuses=REFUSED)
def follow_up(case: str, body: StepBody) -> Answered:
    """The next step of a follow-up."""
    return here().following.take(remedy=number_of(case), wish=Wish(**body.model_dump()), by=the_press())


@endpoint(blueprint, "GET", "/me/ratings", gives=OwnRatingAppeal, query=Month)
def own_ratings(query: Month) -> Answered:
    """What the signed-in clerk may appeal, in whole batches."""
    period, clerk = query.period or this_month(), who().staff or ""
    appeals = RatingAppeals(here().following)
    told: Json = here().store.look(lambda desk: appeals.own(desk, clerk, period))
    return told


@endpoint(
    blueprint, "POST", "/me/ratings/appeal", takes=AppealBody, gives=Accepted,
    refuses=("nothing_released", "ratings_appealed", "note_needed"),
)  # fmt: skip
def appeal_ratings(body: AppealBody) -> Answered:
    """The signed-in clerk appeals the bad ones among the released ratings of a month, all together."""
    appeals, clerk = RatingAppeals(here().following), who().staff or ""
    return appeals.appeal(clerk=clerk, **body.model_dump(), by=the_press())
