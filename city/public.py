"""The citizens' page: choose what you need, see where it goes quickest. Nobody signs in, nothing is kept.

Where a phone is stays in the phone: distances are worked out there (static/city/halls.js).
"""

from __future__ import annotations

from flask import Response, render_template, request

from city import words
from city.blueprint import blueprint
from city.glances import the_city
from city.lately import lately
from city.offers import LONGEST, Need, likely, rows_of
from city.shapes import HallsAnswer, Wanted
from queueing.clock import minutes_between
from queueing.records import Json
from queueing.views import spoken
from web.context import here
from web.routes import Answered, endpoint
from web.squeezing import is_the_same_for_all
from web.words import _, language, said_here

BY_PHONE = "camera=(), microphone=(), geolocation=(self)"
"""This page alone may ask the browser where it is, and only after a tap."""


@blueprint.get("/")
def home() -> Response:
    """What for, then which hall."""
    needs = lately().needs(the_city())
    need = needs.get(request.args.get("need", ""))
    if need is None:
        return fresh(_needs(needs))
    if not {"need", "lang"}.issuperset(request.args):
        return fresh(_halls(need))
    is_the_same_for_all()
    return fresh(lately().page(need.key, language(), lambda: _halls(need)))


def fresh(page: str) -> Response:
    return Response(
        page, 200, {"Cache-Control": "no-store", "Permissions-Policy": BY_PHONE}, mimetype="text/html"
    )


def _needs(needs: dict[str, Need]) -> str:
    typed = request.args.get("q", "").strip()[:LONGEST]
    department = request.args.get("department", "")
    listed = [need for need in needs.values() if need.is_called(typed)] if typed else []
    if department:
        listed = [need for need in needs.values() if need.department.zh == department]
    return render_template(
        "city/needs.html",
        typed=typed,
        asked="need" in request.args,
        department=next((need.department for need in listed), None) if department else None,
        listed=listed,
        common=[need for need in needs.values() if need.common],
        departments=list({need.department.zh: need.department for need in needs.values()}.values()),
    )


def _halls(need: Need) -> str:
    deployment, now = the_city(), here().hall.now()
    rows = rows_of(deployment, need, now)
    data = {"minutes_per_km": deployment.city.city.minutes_per_km, "words": _said_by_script()}
    districts = list({said_here(row["district"]): 1 for row in rows if row["district"]})
    return render_template(
        "city/halls.html",
        need=need,
        cards=cards_of(rows, now),
        districts=districts if len(districts) > 1 else [],
        at=words.clock_said(now, here().house.hall.timezone),
        per_km=f"{deployment.city.city.minutes_per_km:g}",
        data=data,
    )


def cards_of(rows: list[Json], now: str) -> list[Json]:
    """In order; those with the shortest wait say so, where another's is known and longer."""
    cards = [card_of(row, now) for row in rows]
    waits = {card["likely"] for card in cards if card["is_open"] and card["likely"] is not None}
    for card in cards if len(waits) > 1 else []:
        card["is_quickest"] = card["is_open"] and card["likely"] == min(waits)
    return cards


def card_of(row: Json, now: str) -> Json:
    """The offer with its words."""
    return row | {
        "is_open": row["state"] == "open",
        "likely": likely(row),
        "wait_said": words.wait_said(row["low"], row["high"]),
        "waiting_said": words.waiting_said(row["waiting"]),
        "hours_said": hours_said(row, now),
        "closes_in": round(minutes_between(now, row["closes_at"])) if row["closes_at"] else None,
    }


def hours_said(row: Json, now: str) -> str:
    """Until when it is open, or why it gives no number and when it will."""
    if row["state"] == "open":
        return words.open_until(row["closes_at"], row["timezone"])
    if row["state"] == "paused":
        return _("Gives no numbers at the moment.")
    if row["state"] in ("ends_late", "full"):
        return _("No more numbers today.")
    if row["state"] == "unknown":
        return _("How it stands there isn't known at the moment.")
    return words.opens_said(row["opens_at"], now, row["timezone"])


def _said_by_script() -> Json:
    return {
        "km": _("{km} km away, about {minutes} min"),
        "far": _("{km} km away"),
        "metres": _("{m} m away"),
        "total": _("About {minutes} min until it is your turn, the way included"),
        "too_late": _("It closes before you could be there."),
        "looking": _("Looking for where you are …"),
        "refused": _("Your phone didn't say where it is. The halls are sorted by waiting time."),
        "insecure": _("On this page your phone can't say where it is. The halls are sorted by waiting time."),
        "sorted": _(
            "Sorted by waiting time and the way there together: {minutes} minutes are counted for each "
            "kilometre, as the crow flies. Halls whose wait is not known come after them. Where you are "
            "stays in your phone."
        ),
        "stale": _("No answer since {time}. The times below may be old."),
    }


@endpoint(blueprint, "GET", "/api/v1/halls", gives=HallsAnswer, query=Wanted)
def halls(query: Wanted) -> Answered:
    """What can be done where, for everybody; with `need` the halls that offer it, the quickest first."""
    deployment, now = the_city(), here().hall.now()
    needs = lately().needs(deployment)
    wanted = needs.get(query.need or "")
    return {
        "now": now,
        "needs": [told(need) for need in ([wanted] if wanted else [] if query.need else needs.values())],
        "offers": rows_of(deployment, wanted, now) if wanted else [],
    }


def told(need: Need) -> Json:
    halls = list(dict.fromkeys(built.house.hall.id for built, _ in need.offers))
    name, department = spoken(need.name), spoken(need.department)
    return {"need": need.key, "name": name, "department": department, "halls": halls}
