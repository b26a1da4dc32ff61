"""The sign above a window and the loudspeaker of an area."""

from __future__ import annotations

from flask import render_template

from display.blueprint import blueprint
from display.facts import announcer_facts, area_named, panel_facts
from display.words import announcer_words, panel_words
from web.context import here, the_hall
from web.words import language


@blueprint.get("/panel/<window>")
def panel(window: str) -> str:
    """The sign above a window."""
    plan = the_hall().plan
    return render_template(
        "display/panel.html", facts=panel_facts(plan, plan.window(window), language()), words=panel_words()
    )


@blueprint.get("/announcer/<area>")
def announcer(area: str) -> str:
    """The page of the machine at an area's loudspeaker."""
    house = here().house
    facts = announcer_facts(house, area_named(house, area), language())
    return render_template("display/announcer.html", facts=facts, words=announcer_words())
