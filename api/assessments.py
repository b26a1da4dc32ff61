"""Assessments as they stand and as they were released, every line with its facts; looks are noted."""

from __future__ import annotations

from pydantic import Field

from api.assessed_shapes import MONTH, QUARTER_OR_YEAR, AssessedOne, AssessedTable, By, OwnMonth
from api.blueprint import blueprint
from api.years import AnnualTable
from queueing.records import Json
from scoring.assessed import Assessed
from scoring.years import Years
from web.asking import who
from web.context import here, the_hall
from web.routes import Answered, Body, endpoint
from web.schemes import schemes_here
from web.watching import looked


class OneMonth(Body):
    """A month such as 2026-10; the present one unless named."""

    period: str | None = Field(default=None, pattern=MONTH)


class WantedTable(OneMonth):
    """Of windows or of clerks."""

    by: By = "window"


class WantedOne(OneMonth):
    """As it stands, or as a revision has it."""

    revision: int | None = Field(default=None, ge=1, le=10_000)


class WantedYear(Body):
    """A quarter such as 2026-Q4 or a year such as 2026, of windows or of clerks."""

    period: str = Field(pattern=QUARTER_OR_YEAR)
    by: By = "clerk"


@endpoint(blueprint, "GET", "/assessments", gives=AssessedTable, query=WantedTable,
          refuses=("no_scheme_in_force",))  # fmt: skip
def assessments(query: WantedTable) -> Answered:
    """Every window's or clerk's month as it stands now, beside what was released. The look is recorded."""
    period, assessed, store = query.period or this_month(), assessed_here(), here().store
    told: Json = here().in_thread(lambda: store.look(lambda desk: assessed.table(desk, period, query.by)))
    looked("assessments", period=period)
    return told


@endpoint(blueprint, "GET", "/assessments/<any(window, clerk):by>/<subject>", gives=AssessedOne,
          query=WantedOne, refuses=("unknown_subject", "no_scheme_in_force"))  # fmt: skip
def assessment(by: By, subject: str, query: WantedOne) -> Answered:
    """One month of one window or clerk with every line and every fact. The look is recorded."""
    period, assessed, store = query.period or this_month(), assessed_here(), here().store
    reader = who().staff
    told: Json = here().in_thread(
        lambda: store.look(lambda desk: assessed.one(desk, period, by, subject, query.revision, reader))
    )
    looked("assessments", period=period)
    return told


@endpoint(blueprint, "GET", "/assessments/annual", gives=AnnualTable, query=WantedYear)
def annual_table(query: WantedYear) -> Answered:
    """A quarter or year from its released months; months that aren't released are named, not guessed."""
    years, store = Years(the_hall(), schemes_here()), here().store
    told: Json = here().in_thread(lambda: store.look(lambda desk: years.table(desk, query.period, query.by)))
    return told


@endpoint(blueprint, "GET", "/me/assessment", gives=OwnMonth, query=OneMonth,
          refuses=("no_scheme_in_force",))  # fmt: skip
def own_assessment(query: OneMonth) -> Answered:
    """The own lines and those of the windows sat at; never how one person rated."""
    period, clerk, store = query.period or this_month(), who().staff or "", here().store
    assessed = assessed_here()
    told: Json = here().in_thread(lambda: store.look(lambda desk: assessed.mine(desk, clerk, period)))
    return told


def assessed_here() -> Assessed:
    return Assessed(the_hall(), schemes_here())


def this_month() -> str:
    return the_hall().day(the_hall().now())[:7]
