"""Appeals for those who decide them, and for the clerk who makes one."""

from __future__ import annotations

from typing import Literal, cast

from pydantic import Field

from api.assessed_shapes import MONTH, By
from api.assessments import assessed_here
from api.blueprint import blueprint
from api.shapes import Instant
from queueing.records import Json
from queueing.store import Desk
from scoring.appeals import LONGEST, Appeal, Appeals, AppealStore
from scoring.fact_store import fact_rows
from web.asking import who
from web.context import here, the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint

State = Literal["open", "upheld", "rejected"]
MOST = 500


class NewAppeal(Body):
    """Against one fact of the own assessment, or of a window where the clerk sat that day."""

    period: str = Field(pattern=MONTH)
    by: By
    subject: str = Field(min_length=1, max_length=100)
    fact: str = Field(min_length=1, max_length=200)
    item: str = Field(
        default="", max_length=40, description="The line's code; empty: the first that counts it"
    )
    text: str = Field(min_length=1, max_length=LONGEST)


class Appealed(Answer):
    """The appeal's own name; photos are sent to it."""

    appeal: str
    seq: int


class DecideBody(Body):
    """`upheld`: the fact is withdrawn, with the reason."""

    verdict: Literal["upheld", "rejected"]
    reason: str = Field(min_length=1, max_length=LONGEST)


class Decided(Answer):
    """What became of it."""

    appeal: str
    state: State
    seq: int


class OwnAppeal(Answer):
    """The clerk's own appeal and its answer; who decided is for the office to know."""

    appeal: str
    period: str
    by: By
    subject: str
    item: str
    fact: str
    at: Instant
    text: str
    state: State
    decided_at: Instant | None
    reason: str
    evidence: list[str]


class AppealView(OwnAppeal):
    """With the persons."""

    clerk: str
    decided_by: str | None
    yours: bool = Field(description="Whether who asks may decide it")


class OwnAppeals(Answer):
    """The newest first."""

    appeals: list[OwnAppeal]


class AppealsAnswer(Answer):
    """The newest first, 500 at the most."""

    appeals: list[AppealView]


class WantedAppeals(Body):
    """Only those in one state."""

    state: State | None = None


@endpoint(blueprint, "GET", "/me/appeals", gives=OwnAppeals)
def own_appeals() -> Answered:
    """The own appeals with their answers."""
    clerk = who().staff or ""

    def look(desk: Desk) -> Json:
        return {"appeals": [own_appeal(desk, each) for each in cast(AppealStore, desk).appeals_of(clerk)]}

    told: Json = here().store.look(look)
    return told


@endpoint(
    blueprint, "POST", "/me/appeals", takes=NewAppeal, gives=Appealed, status=201,
    refuses=("nothing_to_appeal", "appeal_too_late", "appealed_already"),
)  # fmt: skip
def appeal(body: NewAppeal) -> Answered:
    """Appeal a deduction of one's own, or of a window where one sat that day."""
    assessed, store, clerk, press = assessed_here(), here().store, who().staff or "", the_press()
    found = here().in_thread(
        lambda: store.look(
            lambda desk: assessed.deduction(
                desk, clerk, body.period, body.by, body.subject, body.fact, body.item
            )
        )
    )
    return Appeals(the_hall()).appeal(found, text=body.text, by=press)


@endpoint(blueprint, "GET", "/appeals", gives=AppealsAnswer, query=WantedAppeals)
def appeals(query: WantedAppeals) -> Answered:
    """Every appeal with its words and what became of it."""
    reader, rows = who().staff or "", Appeals(the_hall())

    def look(desk: Desk) -> Json:
        found = cast(AppealStore, desk).appeals_in(query.state, MOST)
        return {"appeals": [office_appeal(desk, each, rows.may_decide(desk, each, reader)) for each in found]}

    told: Json = here().store.look(look)
    return told


@endpoint(
    blueprint, "POST", "/appeals/<appeal>/decide", takes=DecideBody, gives=Decided,
    refuses=("unknown_appeal", "appeal_decided", "not_yours_to_decide"),
)  # fmt: skip
def decide_appeal(appeal: str, body: DecideBody) -> Answered:
    """Uphold or reject it, with a reason; somebody who neither entered the fact nor is concerned by it."""
    return Appeals(the_hall()).decide(appeal=appeal, verdict=body.verdict, reason=body.reason, by=the_press())


def own_appeal(desk: Desk, appeal: Appeal) -> Json:
    names = ("period", "by", "subject", "item", "fact", "at", "text", "state", "decided_at", "reason")
    evidence = [each.id for each in fact_rows(desk).evidence(appeal.id)]
    return {"appeal": appeal.id} | {name: getattr(appeal, name) for name in names} | {"evidence": evidence}


def office_appeal(desk: Desk, appeal: Appeal, yours: bool) -> Json:
    persons = {"clerk": appeal.clerk, "decided_by": appeal.decided_by, "yours": yours}
    return own_appeal(desk, appeal) | persons
