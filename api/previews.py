"""What an entry would do to a score, worked out before anything is entered."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from api.assessed_shapes import AssessmentView, By
from api.blueprint import blueprint
from api.schemes import SchemeView, scheme_view
from queueing.records import Json
from queueing.store import Desk
from scoring.assess import assess
from scoring.facts import Fact
from scoring.gathering import facts_of
from scoring.periods import period
from scoring.released import UnknownSubject
from scoring.scheme import Scheme
from web.context import here, the_hall
from web.routes import Answer, Answered, Body, endpoint
from web.schemes import schemes_here

Number = Annotated[Decimal, Field(max_digits=9, decimal_places=2, allow_inf_nan=False)]


class Wanted(Body):
    """An entry of one item, as it would be made."""

    day: str = Field(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")
    item: str = Field(min_length=1, max_length=40)
    times: Number = Decimal(1)
    value: Number | None = None
    points: Number | None = None


class Preview(Answer):
    """The month's assessment as it stands, and as it would be."""

    was: AssessmentView
    now: AssessmentView
    scheme: SchemeView


@endpoint(blueprint, "GET", "/assessments/<any(window, clerk):by>/<subject>/preview", gives=Preview,
          query=Wanted, refuses=("unknown_subject", "no_scheme_in_force"))  # fmt: skip
def preview(by: By, subject: str, query: Wanted) -> Answered:
    """What an entry would do to the month's score; nothing is entered."""
    month = query.day[:7]
    scheme = schemes_here().in_force(by, f"{month}-01")
    fact = Fact(
        "preview", query.day, "item", query.item, scheme.id,
        subject if by == "window" else None, subject if by == "clerk" else None,
        query.times, query.value, query.points, origin="inspector",
    )  # fmt: skip
    store, hall = here().store, the_hall()

    def look(desk: Desk) -> Json:
        known = facts_of(desk, period(month), hall, by).get(subject)
        if known is None:
            raise UnknownSubject(period=month, subject=subject)
        return effect(scheme, known, fact)

    told: Json = here().in_thread(lambda: store.look(look))
    return told


def effect(scheme: Scheme, known: list[Fact], fact: Fact) -> Json:
    was, now = assess(scheme, known), assess(scheme, [*known, fact])
    return {"was": was.plain(), "now": now.plain(), "scheme": scheme_view(scheme)}
