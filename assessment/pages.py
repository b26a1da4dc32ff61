"""The office's pages of assessment: each is a frame whose script asks the API."""

from __future__ import annotations

from flask import abort, render_template, request

from assessment.blueprint import blueprint
from assessment.entry_words import entry_words
from assessment.round_words import round_words
from assessment.stretches import chosen, name_of, stretches, to_release
from assessment.words import score_words
from queueing.records import Json
from web.access import ACCESS, Who
from web.asking import who
from web.context import here
from web.words import said_here

ENTER = "POST /api/v1/facts"
WITHDRAW = "POST /api/v1/facts/<fact>/withdraw"
REVIEW = "POST /api/v1/appeals/<appeal>/decide"
RELEASE = "POST /api/v1/releases"


@blueprint.get("/office/assessment")
def overview() -> str:
    """All windows or clerks of a period, best first."""
    return page("overview", {"stretches": stretches()} | score_page())


@blueprint.get("/office/assessment/<any(window, clerk):by>/<subject>")
def score(by: str, subject: str) -> str:
    """One window's or clerk's score with every line that made it."""
    names = windows() if by == "window" else clerks()
    if subject not in names:
        abort(404)
    data = {"by": by, "subject": subject, "name": names[subject], "stretches": stretches()}
    return page("score", data | score_page())


@blueprint.get("/office/assessment/entries")
def entries() -> str:
    """Deductions and bonuses are entered here, with photos, and the month's entries listed."""
    may = {"may_enter": may_do(ENTER), "may_withdraw": may_do(WITHDRAW)}
    return page("entries", {"words": score_words() | entry_words(), "months": stretches()["month"]} | may)


@blueprint.get("/office/assessment/appeals")
def appeals() -> str:
    """What clerks say against deductions, and what was decided."""
    data = {"may_review": may_do(REVIEW), "months": stretches()["month"]}
    return page("appeals", data | {"words": score_words() | round_words()})


@blueprint.get("/office/assessment/release")
def release() -> str:
    """A month's scores are frozen and published."""
    wanted = chosen(request.args.get("period")) if "period" in request.args else to_release()
    data = {"period": wanted, "months": stretches()["month"], "may_release": may_do(RELEASE)}
    return page("release", data | {"words": score_words() | round_words()})


@blueprint.get("/office/assessment/honours")
def honours() -> str:
    """Who is named for the month, the quarter and the year."""
    data = {"stretches": stretches(), "may_release": may_do(RELEASE)}
    return page("honours", data | {"words": score_words() | round_words()})


def page(name: str, data: Json) -> str:
    """What every page's script knows beforehand."""
    house, hall, period = here().house, here().hall, chosen(request.args.get("period"))
    common = {
        "period": period,
        "today": hall.day(hall.now()),
        "zone": house.hall.timezone,
        "me": who().staff,
        "windows": windows(),
        "clerks": clerks(),
        "staff": {each.id: said_here(each.name) for each in house.staff},
    }
    return render_template(
        f"assessment/{name}.html", data=common | data, at=name, period_name=name_of(period)
    )


def score_page() -> Json:
    return {"words": score_words()}


def windows() -> dict[str, str]:
    return {each.id: said_here(each.name) for each in here().house.windows}


def clerks() -> dict[str, str]:
    return {each.id: said_here(each.name) for each in here().house.staff if each.role == "clerk"}


def may_do(door: str) -> bool:
    """Whether who looks may press what that door is for."""
    nobody: Who = frozenset()
    return bool(ACCESS.get(door, nobody) & who().may_be)
