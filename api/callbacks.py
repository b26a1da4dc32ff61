"""Call-backs: the weekly draws, what the calls brought, the monthly report."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.blueprint import blueprint
from api.shapes import Instant
from scoring.callback_verdicts import CallbackVerdicts
from scoring.callbacks import Callbacks, Outcome, Told
from scoring.complaint_errors import UnknownDraw
from scoring.complaint_keeping import LONGEST
from scoring.complaint_states import Verdict
from scoring.levels import Level
from web import calling_back
from web.context import the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Nothing, endpoint

PERIOD = r"^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-W[0-5][0-9])?$"


class CallBody(Body):
    """What a call brought."""

    outcome: Outcome
    attitude: Level | Literal[""] = ""
    efficiency: Level | Literal[""] = ""
    discipline: Level | Literal[""] = ""
    suggestion: str = Field(default="", max_length=LONGEST)


class CallbackDecision(Body):
    """Whether a dissatisfied answer counts."""

    verified: bool


class CallbackTakeBack(Body):
    """Why a decision is taken back."""

    reason: str = Field(min_length=1, max_length=LONGEST)


class CallbackDone(Answer):
    """Where the call-back stands now."""

    week: str
    place: int
    state: Literal["drawn"] | Outcome
    seq: int


class DrawRow(Answer):
    """A week that was drawn."""

    week: str
    drawn_at: Instant
    population: int


class DrawRows(Answer):
    """The newest first."""

    draws: list[DrawRow]


class CallbackView(Answer):
    """A drawn visit and what its call brought."""

    model_config = ConfigDict(extra="forbid")

    week: str
    place: int
    state: Literal["drawn"] | Outcome
    replaces: int = Field(description="The place of one who couldn't be reached; 0: drawn at first")
    drawn_at: Instant
    tries: int
    caller: str
    called_at: Instant | None
    attitude: str
    efficiency: str
    discipline: str
    verdict: Verdict
    decided_by: str
    window: str | None
    clerk: str | None
    number: str
    service: str
    day: str
    finished_at: Instant
    contact: str = Field(description="As far as the hall has one")
    suggestion: str
    dissatisfied: bool
    concerns_reader: bool


class CallbackLine(CallbackView):
    """The same, and whether another visit may be drawn in its place."""

    replaceable: bool


class WeekAnswer(Answer):
    """One week's draw."""

    week: str
    seed: str
    drawn_at: Instant
    population: int
    keys_hash: str
    callbacks: list[CallbackLine]


class CheckAnswer(Answer):
    """The draw worked out anew from the seed and the week's visits."""

    week: str
    seed: str
    population: int
    keys_hash: str
    same_list: bool = Field(description="The week's visits are those of the draw")
    holds: bool
    drawn: list[str]
    again: list[str]


class CallbackReport(Answer):
    """All call-backs drawn in a period."""

    period: str
    drawn: int
    replacements: int
    reached: int
    not_reached: int
    declined: int
    not_called: int
    levels: dict[str, dict[str, int]]
    dissatisfied: int
    verified: int
    callbacks: list[CallbackView]


class CallbackPeriod(Body):
    """A month such as 2026-10; a week, quarter or year does as well."""

    period: str | None = Field(default=None, pattern=PERIOD)


AT = "/callbacks/<week>/<place>"
REFUSED = ("unknown_draw", "concerns_you")


@endpoint(blueprint, "GET", "/callbacks", gives=DrawRows)
def callback_draws() -> Answered:
    """The weeks that were drawn."""
    return {"draws": calling_back.draws()}


@endpoint(blueprint, "GET", "/callbacks/report", gives=CallbackReport, query=CallbackPeriod)
def callback_report(query: CallbackPeriod) -> Answered:
    """The monthly report."""
    return calling_back.report_of(query.period or the_hall().day(the_hall().now())[:7])


@endpoint(blueprint, "GET", "/callbacks/<week>", gives=WeekAnswer, refuses=("unknown_draw",))
def callback_week(week: str) -> Answered:
    """One week's draw with its calls; the look is recorded."""
    return calling_back.week_of(week)


@endpoint(blueprint, "GET", "/callbacks/<week>/check", gives=CheckAnswer, refuses=("unknown_draw",))
def check_draw(week: str) -> Answered:
    """Draws again and compares."""
    return calling_back.check_of(week)


@endpoint(
    blueprint, "POST", f"{AT}/call", takes=CallBody, gives=CallbackDone,
    refuses=(*REFUSED, "already_called", "levels_needed"),
)  # fmt: skip
def call_back(week: str, place: str, body: CallBody) -> Answered:
    """What somebody heard who called."""
    told = Told(**body.model_dump())
    return Callbacks(the_hall()).tell(week=week, place=number_of(place), told=told, by=the_press())


@endpoint(
    blueprint, "POST", f"{AT}/replace", takes=Nothing, gives=CallbackDone,
    refuses=("unknown_draw", "nothing_to_replace", "four_eyes"),
)  # fmt: skip
def draw_another(week: str, place: str, body: Nothing) -> Answered:
    """The next visit of the same draw for one who couldn't be reached."""
    return Callbacks(the_hall()).replace(week=week, place=number_of(place), by=the_press())


@endpoint(
    blueprint, "POST", f"{AT}/decide", takes=CallbackDecision, gives=CallbackDone,
    refuses=(*REFUSED, "four_eyes", "decided_already", "nothing_to_verify"),
)  # fmt: skip
def decide_callback(week: str, place: str, body: CallbackDecision) -> Answered:
    """Whether a dissatisfied answer counts, as somebody says who didn't call."""
    verdicts = CallbackVerdicts(the_hall())
    return verdicts.decide(week=week, place=number_of(place), verified=body.verified, by=the_press())


@endpoint(
    blueprint, "POST", f"{AT}/take_back", takes=CallbackTakeBack, gives=CallbackDone,
    refuses=(*REFUSED, "four_eyes", "nothing_decided"),
)  # fmt: skip
def take_callback_back(week: str, place: str, body: CallbackTakeBack) -> Answered:
    """The decision stands no more."""
    verdicts = CallbackVerdicts(the_hall())
    return verdicts.take_back(week=week, place=number_of(place), reason=body.reason, by=the_press())


def number_of(place: str) -> int:
    """A place in the draw; whatever else stands in the address isn't there."""
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        raise UnknownDraw()
    return int(place)
