"""The office: the live hall, the scores, the ratings as they arrive, screens and people."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template

from office.announcing_words import announcing_words
from office.blueprint import blueprint
from office.board_words import board_view_words
from office.log_words import log_words
from office.printer_words import printer_words
from office.reading_words import reading_words
from office.upkeep_words import upkeep_words
from office.words import office_words
from queueing.clock import instant, local
from queueing.house import House, Window
from queueing.records import Json
from web.access import COMPOSERS, REVIEWERS
from web.asking import who
from web.context import Built, here
from web.words import said_here


@blueprint.get("/office")
def office_page() -> str:
    """One page with its parts behind a menu; what may be changed depends on who looks."""
    built, asker = here(), who()
    today = built.hall.day(built.hall.now())
    data = facts_of(built) | {
        "period": today[:7],
        "zone": built.house.hall.timezone,
        "administrator": asker.role == "administrator",
        "composer": asker.role in COMPOSERS,
        "reviewer": asker.role in REVIEWERS,
        "me": asker.staff,
        "fewest": built.house.rating.fewest,
        "may_try": asker.role in COMPOSERS,
        "today": today,
        "words": every_word(),
    }
    return render_template("office/office.html", data=data, administrator=data["administrator"])


def every_word() -> Json:
    """Of all parts of the page."""
    data = office_words() | upkeep_words() | log_words()
    return data | board_view_words() | announcing_words() | printer_words() | reading_words()


def facts_of(built: Built) -> Json:
    """What the page's script knows beforehand, in the reader's language."""
    house = built.house
    return {
        "areas": [{"area": a.id, "name": said_here(a.name)} for a in house.areas],
        "windows": windows_of(built),
        "services": services_of(house, expected_minutes(built)),
        "pauses": {p.id: said_here(p.name) for p in house.pauses},
        "reasons": {r.code: said_here(r.name) for r in house.rating.reasons},
        "staff": {s.id: said_here(s.name) for s in house.staff},
    }


def windows_of(built: Built) -> Json:
    """Each window: its name, what it takes, and the hours that it keeps today."""
    taken = built.hall.plan.reluctances
    return {
        w.id: {
            "name": said_here(w.name),
            "area": w.area,
            "serves": list(taken[w.id]),
            "hours": hours_today(built, w),
        }
        for w in built.house.windows
    }


def hours_today(built: Built, window: Window) -> list[list[str]]:
    """From when to when; the page tells by it who should be there and isn't."""
    wall = local(built.hall.now(), built.house.hall.timezone)
    kept = built.hall.hours.stretches(window, wall.date())
    return [[instant(each.replace(tzinfo=wall.tzinfo)) for each in stretch] for stretch in kept]


def expected_minutes(built: Built) -> Callable[[str], float]:
    """How long a service usually takes: what the estimates of waits go by."""
    return built.store.look(lambda desk: built.hall.learned(desk, built.hall.now()))


def services_of(house: House, minutes: Callable[[str], float]) -> Json:
    departments = {each.id: said_here(each.name) for each in house.departments}
    return {
        s.id: {
            "name": said_here(s.name),
            "department": departments[s.department],
            "minutes": round(minutes(s.id), 1),
        }
        for s in house.services
    }
