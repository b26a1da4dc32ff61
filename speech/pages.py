"""The office's view of sound: how each area speaks, a call to try, the hall's own recordings."""

from __future__ import annotations

from flask import render_template

from speech.blueprint import blueprint
from speech.words import sound_words
from web.asking import who
from web.context import here
from web.words import said_here


@blueprint.get("/office/sound")
def sound_page() -> str:
    """One page; recordings are changed by the administrator only."""
    house, asker = here().house, who()
    data = {
        "areas": {area.id: said_here(area.name) for area in house.areas},
        "administrator": asker.role == "administrator",
        "words": sound_words(),
    }
    return render_template("speech/sound.html", data=data, rules=house.voice)
