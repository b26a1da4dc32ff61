"""The office: the live hall, the scores, the ratings as they arrive, screens and people."""

from __future__ import annotations

from flask import render_template

from office.blueprint import blueprint
from office.words import office_words
from queueing.clock import local
from queueing.house import House
from queueing.records import Json
from web.asking import who
from web.context import here
from web.words import said_here


@blueprint.get("/office")
def office_page() -> str:
    """One page with its parts behind a menu; what may be changed depends on who looks."""
    built, asker = here(), who()
    today = local(built.hall.now(), built.house.hall.timezone).date()
    data = facts_of(built.house) | {
        "period": today.isoformat()[:7],
        "day": today.isoformat(),
        "zone": built.house.hall.timezone,
        "administrator": asker.role == "administrator",
        "words": office_words(),
    }
    member = next((each for each in built.house.staff if each.id == asker.staff), None)
    return render_template("office/office.html", data=data, member=member, administrator=data["administrator"])


def facts_of(house: House) -> Json:
    """Names that the page's script puts on the screen, in the reader's language."""
    departments = {each.id: said_here(each.name) for each in house.departments}
    return {
        "areas": [{"area": a.id, "name": said_here(a.name)} for a in house.areas],
        "windows": {w.id: {"name": said_here(w.name), "area": w.area} for w in house.windows},
        "services": {
            s.id: {"name": said_here(s.name), "department": departments[s.department]} for s in house.services
        },
        "pauses": {p.id: said_here(p.name) for p in house.pauses},
        "reasons": {r.code: said_here(r.name) for r in house.rating.reasons},
        "staff": {s.id: said_here(s.name) for s in house.staff},
    }
