"""What is done about a complaint, step by step, and whether it is justified."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from api.blueprint import blueprint
from scoring.complaint_keeping import LONGEST
from scoring.complaint_states import Answered as AnsweredHow
from scoring.complaint_states import Item, SetAside, State, Weight
from scoring.complaint_verdicts import ComplaintVerdicts
from scoring.complaints import Complaints
from web.context import the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint

NOTE = Field(default="", max_length=LONGEST, description="For the office only")
ANSWER = Field(default="", max_length=LONGEST, description="Read by who complained")


class PassOnBody(Body):
    """To whom, how heavy, and whom it is about as far as that is known."""

    handler: str
    weight: Weight = "ordinary"
    window: str | None = None
    clerk: str | None = None


class SolvedBody(Body):
    """What was done."""

    answer: str = ANSWER
    note: str = NOTE


class AskedAfter(Body):
    """What the complainant said."""

    solved: AnsweredHow
    satisfied: AnsweredHow
    note: str = NOTE


class NotedBody(Body):
    """A word for the office."""

    note: str = NOTE


class ClosingBody(Body):
    """A last word for who said it."""

    answer: str = ANSWER


class AsideBody(Body):
    """Why nothing is done about it."""

    reason: SetAside
    note: str = NOTE


class ComplaintDecision(Body):
    """Justified or not; whom and as what it counts."""

    verified: bool
    item: Item | None = None
    window: str | None = None
    clerk: str | None = None
    points: Decimal | None = Field(
        default=None,
        ge=-20,
        le=20,
        max_digits=4,
        decimal_places=2,
        description="Where a scheme leaves a range; else the mildest count",
    )
    note: str = NOTE


class TakeBackReason(Body):
    """Why a decision is taken back."""

    reason: str = Field(min_length=1, max_length=LONGEST)


class ComplaintStep(Answer):
    """Where it stands now."""

    complaint: str
    state: State
    seq: int


REFUSED = ("unknown_complaint", "complaint_cannot", "concerns_you")


def doing() -> Complaints:
    return Complaints(the_hall())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/pass_on", takes=PassOnBody, gives=ComplaintStep,
    refuses=(*REFUSED, "no_handler", "unknown_window", "unknown_staff"),
)  # fmt: skip
def pass_complaint_on(complaint: str, body: PassOnBody) -> Answered:
    """Somebody is to solve it from now on."""
    return doing().pass_on(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/solve", takes=SolvedBody, gives=ComplaintStep,
    refuses=(*REFUSED, "not_the_handler"),
)  # fmt: skip
def solve_complaint(complaint: str, body: SolvedBody) -> Answered:
    """It is solved, as its handler or a supervisor says."""
    return doing().solve(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint,
    "POST",
    "/complaints/<complaint>/ask_after",
    takes=AskedAfter,
    gives=ComplaintStep,
    refuses=REFUSED,
)
def ask_after_complaint(complaint: str, body: AskedAfter) -> Answered:
    """The complainant was asked whether it is solved and well."""
    return doing().ask_after(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/reopen", takes=NotedBody, gives=ComplaintStep, refuses=REFUSED
)
def reopen_complaint(complaint: str, body: NotedBody) -> Answered:
    """It isn't solved; its handler goes on."""
    return doing().reopen(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/close", takes=ClosingBody, gives=ComplaintStep,
    refuses=(*REFUSED, "not_decided"),
)  # fmt: skip
def close_complaint(complaint: str, body: ClosingBody) -> Answered:
    """The end."""
    return doing().close(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/set_aside", takes=AsideBody, gives=ComplaintStep,
    refuses=(*REFUSED, "decided_already"),
)  # fmt: skip
def set_complaint_aside(complaint: str, body: AsideBody) -> Answered:
    """Nothing is done about it, with a reason that stays."""
    return doing().set_aside(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/decide", takes=ComplaintDecision, gives=ComplaintStep,
    refuses=(*REFUSED, "four_eyes", "decided_already", "whom_needed", "unknown_window", "unknown_staff"),
)  # fmt: skip
def decide_complaint(complaint: str, body: ComplaintDecision) -> Answered:
    """Justified or not, as somebody says who neither took it down nor handled it; then it counts."""
    verdicts = ComplaintVerdicts(the_hall())
    return verdicts.decide(complaint=complaint, **body.model_dump(), by=the_press())


@endpoint(
    blueprint, "POST", "/complaints/<complaint>/take_back", takes=TakeBackReason, gives=ComplaintStep,
    refuses=(*REFUSED, "four_eyes", "nothing_decided"),
)  # fmt: skip
def take_complaint_back(complaint: str, body: TakeBackReason) -> Answered:
    """The decision stands no more; what it counted is withdrawn."""
    verdicts = ComplaintVerdicts(the_hall())
    return verdicts.take_back(complaint=complaint, **body.model_dump(), by=the_press())
