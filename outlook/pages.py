"""The office's page of what-ifs: a day, changes by fields, waits with and without them, what to do now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from flask import render_template, request
from markupsafe import Markup

from outlook.blueprint import blueprint, twin_here
from outlook.charts import waits_chart
from outlook.past import minute_now
from outlook.twin import Fault
from outlook.words import class_name, fault_said, past_said, rows, service_name
from queueing.clock import day_written
from queueing.records import Json
from queueing.suggestions import SuggestionDesk
from web.context import here, the_hall
from web.words import long_date

LISTED = 20
SAMPLE = "window 7 opens 10:00-12:00"
AHEAD = 14
"""Days that may be asked for in advance."""


@blueprint.get("/office/outlook")
def outlook_page() -> str:
    """Fields to ask with; the answers are put in by the script."""
    hall = the_hall()
    today = date.fromisoformat(hall.day(hall.now()))
    done = hall.store.look(lambda desk: cast(SuggestionDesk, desk).suggestions(LISTED))
    house = here().house
    return render_template(
        "outlook/outlook.html",
        sample=SAMPLE, is_missing=twin_here().is_missing, today=today.isoformat(),
        tomorrow=(today + timedelta(days=1)).isoformat(), latest=(today + timedelta(days=AHEAD)).isoformat(),
        windows=[each.id for each in house.windows],
        services=[(each.id, service_name(each.id)) for each in house.services],
        classes=[(name, class_name(name)) for name in house.classes], done=[past_said(each) for each in done],
    )  # fmt: skip


@blueprint.get("/office/outlook/answer")
def answer_part() -> str:
    """The answer to what the address asks, as a part of the page."""
    try:
        told = twin_here().ask(question())
    except Fault as fault:
        return render_template("outlook/_fault.html", said=fault_said(fault.code, fault.fields))
    told["changes"] = asked_changes()
    return render_template(
        "outlook/_answer.html", told=told, day=long_date(date.fromisoformat(told["day"]), weekday=True),
        rows=rows(told), chart=Markup(waits_chart(told)),
    )  # fmt: skip


def question() -> Json:
    """Today is known until now; a past day is played again with those who came; Fault for no day at all."""
    hall = the_hall()
    today = hall.day(hall.now())
    try:
        day = day_written(request.args.get("day", today)).isoformat()
    except ValueError:
        raise Fault("day_unknown") from None
    if not any(hall.hours.stretches(window, date.fromisoformat(day)) for window in hall.house.windows):
        raise Fault("day_closed")
    is_today = day == today
    return {
        "what": "whatif", "day": day, "changes": asked_changes(), "replay": day < today,
        "at": minute_now(hall) if is_today else None,
    }  # fmt: skip


def asked_changes() -> list[str]:
    return [each.strip() for each in request.args.getlist("change") if each.strip()]
