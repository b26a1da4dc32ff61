"""Bad ratings: what waits, the most urgent first, and one case with every step."""

from __future__ import annotations

import re
from typing import Any

from flask import render_template, request

from feedback import bad_words
from feedback.blueprint import blueprint
from queueing.records import Json
from scoring.remedies import WHYS
from scoring.remedy_errors import UnknownRemedy
from web.access import REVIEWERS
from web.asking import who
from web.context import here
from web.watching import looked
from web.words import _

LIGHTS = ("red", "yellow", "green")


@blueprint.get("/office/feedback/ratings")
def bad_ratings() -> str:
    """The list; filters stand in the address, so that it can be kept and sent."""
    over = request.args.get("over") == "1"
    cases = _cases(over)
    looked("bad_ratings")
    return render_template(
        "feedback/bad_ratings.html",
        **_words(),
        over=over,
        cases=[case for case in cases if _is_wanted(case)],
        counts={light: sum(case["light"] == light for case in cases) for light in LIGHTS},
        light=request.args.get("light", ""),
        window=request.args.get("window", ""),
        windows=[each.id for each in here().house.windows],
        province=here().following.province,
    )


@blueprint.get("/office/feedback/ratings/<case>")
def bad_rating(case: str) -> str:
    """One case; what may be done depends on who looks."""
    if not re.fullmatch(r"[0-9]{1,15}", case):
        raise UnknownRemedy(remedy=case[:15])
    viewer, following = who().staff or "", here().following
    found: Json = here().store.look(lambda desk: following.detail(desk, viewer, int(case)))
    looked("bad_ratings")
    return render_template(
        "feedback/bad_rating.html",
        **_words(),
        case=found,
        may_act=who().role in REVIEWERS,
        steps=_possible(found),
        ways=found["ways"],
        whys=WHYS,
        data={"case": found["id"], "words": _page_words()},
    )


def _cases(over: bool) -> list[Json]:
    viewer, following = who().staff or "", here().following
    listed = following.over if over else following.work_list
    found: list[Json] = here().store.look(lambda desk: listed(desk, viewer))
    return found


def _is_wanted(case: Json) -> bool:
    light, window = request.args.get("light", ""), request.args.get("window", "")
    return light in ("", case["light"]) and window in ("", case["rating"]["window"])


def _possible(case: Json) -> list[str]:
    """Without what other eyes must decide."""
    return [step for step in case["next"] if not (step == "set_aside" and case["other_eyes"])]


def _words() -> dict[str, Any]:
    return {
        "levels": bad_words.level_words(),
        "states": bad_words.state_words(),
        "step_names": bad_words.step_words(),
        "hints": bad_words.hint_words(),
        "way_names": bad_words.way_words(),
        "why_names": bad_words.why_words(),
        "light_words": bad_words.light_words,
        "due_words": bad_words.due_words,
        "wall": bad_words.wall,
        "names": bad_words.names(),
    }


def _page_words() -> dict[str, str]:
    return {
        "choose": _("Please choose what was done."),
        "choose_way": _("Please choose how the citizen was contacted."),
        "no_answer": _("The hall did not answer. Please look whether it was done before you press again."),
    }
