"""The rules by time and line, as a supervisor reads them: how they stand, and what they would have done."""

from __future__ import annotations

from datetime import date, timedelta

from flask import render_template, request

from office.blueprint import blueprint
from office.rule_words import Told
from queueing.clock import business_day, day_written
from queueing.records import Json
from queueing.rule_replay import tried
from queueing.store import Desk
from web.access import ACCESS
from web.asking import who
from web.context import here, the_hall

SWITCH = "POST /api/v1/rules/<rule>/off"


@blueprint.get("/office/rules")
def rules_page() -> str:
    """How every rule stands now; with a day in the address, what the rules would have done then."""
    hall, told = the_hall(), Told(here().house)
    day = asked_day()
    standing = [told.standing(each, hall.ruling) for each in hall.store.look(picture)]
    found = here().in_thread(lambda: tried(hall, day)) if day else []
    past = [told.past(each, hall.ruling) for each in found]
    may_switch = bool(ACCESS[SWITCH] & who().may_be)
    facts = {"day": day, "yesterday": yesterday(), "may_switch": may_switch}
    return render_template("office/rules.html", rules=standing, past=past, **facts)


def picture(desk: Desk) -> list[Json]:
    hall = the_hall()
    return hall.ruling.picture(desk, hall.now())


def asked_day() -> str:
    """The day in the address, if it is one that has begun."""
    try:
        day = day_written(request.args.get("day", ""))
    except ValueError:
        return ""
    return day.isoformat() if day <= today() else ""


def today() -> date:
    hall = the_hall()
    return business_day(hall.now(), hall.house.hall.timezone)


def yesterday() -> str:
    return (today() - timedelta(days=1)).isoformat()
