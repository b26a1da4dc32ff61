"""The hall's screens: boards, window panels, announcers. No queueing rule, no storage, no other room."""

from __future__ import annotations

from flask import Blueprint, render_template

from display.facts import announcer_facts, area_named, board_facts, panel_facts
from display.words import announcer_words, board_words, panel_words
from queueing.plan import Plan
from web.context import here
from web.words import language

blueprint = Blueprint("display", __name__)


@blueprint.get("/board", defaults={"area": None})
@blueprint.get("/board/<area>")
def board(area: str | None) -> str:
    """The hall's television, for one area or the whole hall."""
    house = here().house
    facts = board_facts(house, area_named(house, area) if area else None, language())
    return render_template("display/board.html", facts=facts, words=board_words())


@blueprint.get("/panel/<window>")
def panel(window: str) -> str:
    """The sign above a window."""
    plan = Plan(here().house)
    return render_template(
        "display/panel.html", facts=panel_facts(plan, plan.window(window), language()), words=panel_words()
    )


@blueprint.get("/announcer/<area>")
def announcer(area: str) -> str:
    """The page of the machine at an area's loudspeaker."""
    house = here().house
    facts = announcer_facts(house, area_named(house, area), language())
    return render_template("display/announcer.html", facts=facts, words=announcer_words())
