"""The clerk's own page: the own score, the own deductions with their evidence, and appeals against them."""

from __future__ import annotations

from flask import render_template, request

from assessment.blueprint import blueprint
from assessment.mine_words import mine_words
from assessment.stretches import chosen, stretches
from assessment.words import score_words
from web.asking import who
from web.context import here
from web.words import said_here


@blueprint.get("/me")
def mine() -> str:
    """Never who rated or entered, and ratings only as the hall releases them to clerks."""
    house, hall = here().house, here().hall
    member = next(each for each in house.staff if each.id == who().staff)
    data = {
        "period": chosen(request.args.get("period")),
        "months": stretches()["month"],
        "today": hall.day(hall.now()),
        "zone": house.hall.timezone,
        "windows": {each.id: said_here(each.name) for each in house.windows},
        "words": score_words() | mine_words(),
    }
    return render_template("assessment/mine.html", data=data, member=member)
