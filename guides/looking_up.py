"""How far a number or a case is, on a page that needs no script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request

from guides.blueprint import blueprint
from queueing.errors import HallError
from web.cases import CaseAnswer
from web.context import here
from web.lookups import case_of, progress_of
from web.sentences import sentence
from web.words import _, long_date, said_here


@dataclass
class Look:
    """What was typed and what came of it: an answer or a sentence that says why not."""

    typed: str
    told: Any = None
    refused: str = ""
    status: int = 200
    facts: list[tuple[str, str]] = field(default_factory=list)


@blueprint.get("/progress")
def look_up() -> tuple[str, int]:
    """Two forms, and the answer to whichever was sent."""
    number = _looked("number", progress_of)
    case = _looked("case", case_of)
    if case.told:
        case.facts = case_facts(case.told)
    page = render_template(
        "guides/progress.html",
        number=number,
        case=case,
        cases_asked=bool(here().house.cases.url),
        services={each.id: each.name for each in here().house.services},
    )
    return page, max(number.status, case.status)


def _looked(key: str, answer: Callable[[str], Any]) -> Look:
    look = Look(request.args.get(key, "").strip()[:40])
    try:
        look.told = answer(look.typed) if look.typed else None
    except HallError as refusal:
        look.refused, look.status = sentence(refusal.code, refusal.detail), refusal.status
    return look


def case_facts(told: CaseAnswer) -> list[tuple[str, str]]:
    """Heading and words of each thing that the case system said."""
    days = [(_("Since"), told.since), (_("Promised by"), told.due)]
    facts = [(_("State"), state_words()[told.state])]
    facts += [(name, long_date(day)) for name, day in days if day]
    place = {"zh_Hans": told.place.zh, "en": told.place.en} if told.place else None
    return facts + ([(_("Where"), said_here(place))] if place else [])


def state_words() -> dict[str, str]:
    """The states of a case, as people say them."""
    return {
        "received": _("Received"),
        "accepted": _("Accepted"),
        "supplement": _("Papers are missing"),
        "deciding": _("Being decided"),
        "finished": _("Finished"),
        "returned": _("Returned to you"),
        "refused": _("Refused"),
    }
