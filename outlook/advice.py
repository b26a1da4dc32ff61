"""The suggestion for right now: worked out when somebody asks, kept when somebody does it."""

from __future__ import annotations

from typing import cast

from flask import render_template

from outlook.blueprint import blueprint, twin_here
from outlook.past import minute_now
from outlook.twin import Fault
from outlook.words import fault_said, suggestion_said
from queueing.change import Change
from queueing.records import Json
from queueing.suggestions import Suggestion, SuggestionDesk, SuggestionGone
from web.context import the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Nothing, endpoint


class SuggestionTaken(Answer):
    """The event that recorded it."""

    seq: int


@blueprint.get("/office/outlook/suggestion")
def suggestion_part() -> str:
    """The one change that helps most now, or that none is worth it."""
    hall, twin = the_hall(), twin_here()
    at = minute_now(hall)
    try:
        found = twin.ask({"what": "suggest", "day": hall.day(hall.now()), "at": at})["suggestion"]
    except Fault as fault:
        return render_template("outlook/_fault.html", said=fault_said(fault.code, fault.fields))
    known = twin.remember(found | {"at": at}) if found else None
    said = suggestion_said(known) if known else None
    return render_template("outlook/_suggestion.html", suggestion=known, said=said)


@endpoint(
    blueprint, "POST", "/api/v1/outlook/suggestions/<key>/take", takes=Nothing, gives=SuggestionTaken,
    refuses=("suggestion_gone",),
)  # fmt: skip
def take_suggestion(key: str, body: Nothing) -> Answered:
    """A suggestion is being done; tomorrow the hall says what it did."""
    told, by = twin_here().suggested.get(key), the_press()

    def work(change: Change) -> Json:
        if told is None:
            raise SuggestionGone
        known = kept(told, change, by.clerk or by.actor)
        cast(SuggestionDesk, change.desk).add_suggestion(known)
        change.note("suggestion_taken", {"window": known.window, "change": known.change})
        return {"seq": change.desk.seq()}

    return the_hall().change(by, work)


def kept(told: Json, change: Change, who: str) -> Suggestion:
    saving = told["saving"]
    return Suggestion(
        told["key"], change.day, told["change"], told["kind"], told["window"],
        tuple(told["services"]),
        told["before"] or 0.0, told["after"] or 0.0,
        saving["mean"], saving["low"], saving["high"], told["at"],
        change.at, who,
    )  # fmt: skip
