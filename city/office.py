"""The city's office: all halls on one page, those on top that need somebody, fresh every few seconds."""

from __future__ import annotations

from flask import Response, render_template

from city import words
from city.blueprint import blueprint
from city.glances import halls_for, the_city
from city.shapes import CityAnswer
from queueing.records import Json
from web.asking import who
from web.context import here
from web.routes import Answered, endpoint
from web.words import _


@blueprint.get("/office")
def office() -> Response:
    """Every hall with its load, its waits, what people said of it, and what is wrong."""
    halls = [with_words(hall) for hall in halls_for(who().staff)]
    page = render_template(
        "city/office.html",
        halls=halls,
        sums=sums_of(halls),
        at=words.clock_said(here().hall.now(), here().house.hall.timezone),
        may_open=who().role in ("supervisor", "administrator"),
        people=people() if who().role == "administrator" else (),
        data={"words": _said_by_script()},
    )
    return Response(page, 200, {"Cache-Control": "no-store"}, mimetype="text/html")


@endpoint(blueprint, "GET", "/api/v1/city", gives=CityAnswer)
def city() -> Answered:
    """All halls of the city that the asker looks at, those first that need somebody."""
    halls = halls_for(who().staff)
    said = [hall | {"troubles": [told(each) for each in hall["troubles"]]} for hall in halls]
    return {"now": here().hall.now(), "halls": said}


def people() -> list[Json]:
    """Who works for the city, and the names of the halls that they look at; none named: all."""
    names = the_city().names()
    return [
        {"id": each.id, "name": each.name, "post": each.post, "halls": [names.get(h, h) for h in each.halls]}
        for each in the_city().city.staff
    ]


def told(trouble: Json) -> Json:
    return trouble | {"said": words.said_of(trouble)}


def with_words(hall: Json) -> Json:
    """The hall with the sentences of its troubles and its wait."""
    wait = words.wait_said(hall["low"], hall["high"], short=True) if hall["state"] == "open" else ""
    return hall | {
        "troubles": [told(each) for each in hall["troubles"]],
        "wait_said": wait,
        "state_said": state_words()[hall["state"]],
        "worst": next((each["level"] for each in hall["troubles"]), ""),
        "may_open": any(each["code"] in ("shut", "in_part") for each in hall["troubles"]),
    }


def state_words() -> dict[str, str]:
    return {
        "open": _("Open"), "closed": _("Closed now"), "shut": _("Not running"), "unknown": _("Not known"),
    }  # fmt: skip


def sums_of(halls: list[Json]) -> Json:
    """The city in five figures."""
    known = [hall for hall in halls if hall["waiting"] is not None]
    return {
        "open": sum(hall["state"] == "open" for hall in halls),
        "waiting": sum(hall["waiting"] for hall in known),
        "longest": max((hall["longest"] for hall in known), default=0),
        "served": sum(hall["served"] for hall in known),
        "needing": sum(bool(hall["troubles"]) for hall in halls),
    }


def _said_by_script() -> Json:
    return {
        "stale": _("Not live: the figures are of {time}."),
        "opening": _("Opening …"),
        "password_is": _("One-time password of {name}: {password}"),
        "no_answer": _("The hall doesn't answer. Check the network, then try again."),
        "still_shut": _("It still can't be opened; the reason stands beside its name."),
    }
