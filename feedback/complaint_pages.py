"""The office's pages of complaints: the list by the next limit, one with all its words, taking one down."""

from __future__ import annotations

from typing import Any, cast

from flask import render_template, request

from feedback import complaint_words
from feedback.attention import COUNTERS
from feedback.blueprint import blueprint
from feedback.moments import left_words, moment_words
from queueing.records import Json
from queueing.store import Desk
from scoring.complaint_keeping import LONGEST, LONGEST_CONTACT
from scoring.complaint_limits import tone_of
from scoring.complaint_records import ComplaintStore
from scoring.complaint_states import ITEMS
from scoring.complaints import HANDLERS
from web import complaining
from web.access import REVIEWERS
from web.asking import who
from web.context import Built, here
from web.words import said_here

SENIOR = frozenset({"pass_on", "reopen", "close", "set_aside", "decide", "take_back"})
"""Steps of supervisors, as web/access.py has them."""


@blueprint.get("/office/feedback/complaints")
def complaints_page() -> str:
    """The next limit first."""
    which: complaining.Which = "closed" if request.args.get("which") == "closed" else "open"
    return render_template(
        "feedback/complaints.html",
        rows=complaining.rows(which),
        which=which,
        next_steps=complaint_words.next_steps(),
        **for_the_office(),
    )


@blueprint.get("/office/feedback/complaints/<complaint>")
def complaint_page(complaint: str) -> str:
    """Where it stands, what was written, and the forms of what this reader may do."""
    it = complaining.whole(complaint)
    return render_template(
        "feedback/complaint.html",
        it=it,
        actions=allowed(it),
        handler_names=handlers(it["clerk"]),
        item_names={item: complaint_words.items()[item] for item in ITEMS[it["kind"]]},
        sorts=complaint_words.sorts(),
        asides=complaint_words.asides(),
        answers=complaint_words.answers(),
        next_steps=complaint_words.next_steps(),
        limit=LONGEST,
        **for_the_office(),
    )


@blueprint.get("/guide/complaint")
def take_down_page() -> str:
    """At the desk, for somebody who can't or won't write it themselves."""
    return render_template(
        "feedback/take_down.html",
        limits={"words": LONGEST, "contact": LONGEST_CONTACT},
        **for_the_office(),
    )


def handlers(concerned: str | None) -> dict[str, str]:
    """Who may solve it: nobody whom it is about."""
    staff = here().house.staff
    return {each.id: said_here(each.name) for each in staff if each.role in HANDLERS and each.id != concerned}


def allowed(it: Json) -> set[str]:
    """What this person may do, of what comes next; solving is the handler's and supervisors' own."""
    asker = who()
    own = it["handler"] == asker.staff or asker.role in REVIEWERS
    found = {each for each in it["actions"] if each not in SENIOR or asker.role in REVIEWERS}
    return found if own else found - {"solve"}


def for_the_office() -> dict[str, Any]:
    """Names and words that all of these pages use."""
    house = here().house
    return {
        "house": house,
        "window_names": {each.id: f"{each.id} {said_here(each.name)}" for each in house.windows},
        "people": {each.id: said_here(each.name) for each in house.staff},
        "kinds": complaint_words.kinds(),
        "channels": complaint_words.channels(),
        "states": complaint_words.states(),
        "verdicts": complaint_words.verdicts(),
        "items": complaint_words.items(),
        "weights": complaint_words.weights(),
        "moment": moment_words,
        "left": left_words,
    }


def urgent_complaints(built: Built) -> int:
    """Those that nobody has passed on yet, and those whose limit ends soon or has ended."""
    at, rules = built.hall.now(), built.house.complaints

    def look(desk: Desk) -> int:
        found = cast(ComplaintStore, desk).complaints(closed=False, limit=complaining.LISTED)
        return sum(it.state == "received" or tone_of(it, at, rules) in ("soon", "late") for it in found)

    return built.store.look(look)


COUNTERS.append(urgent_complaints)
