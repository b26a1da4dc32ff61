"""The page on the pad, with the hall's reasons and the words that its script says."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from web.context import here, the_hall
from web.spoken import said_in
from web.words import _, language

blueprint = Blueprint("rating", __name__)


@blueprint.get("/pad/<window>")
def pad(window: str) -> str:
    """The pad of one window; an unknown window is refused like everywhere."""
    the_hall().plan.window(window)
    rules = here().house.rating
    return render_template(
        "rating/pad.html",
        window=window,
        reasons=rules.reasons,
        phone_days=int(rules.phone_days),
        data=_data(window),
    )


def _data(window: str) -> dict[str, Any]:
    house = here().house
    return {
        "window": window,
        "pad_seconds": house.rating.pad_seconds,
        "pauses": {pause.id: said_in(language(), pause.name) for pause in house.pauses},
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """What pad.js says by itself."""
    return {
        "thanks": _("Your answer helps us to serve you well."),
        "thanks_negative": _(
            "Thank you for telling us. It will be looked into; your name is not known to us."
        ),
        "already": _("This visit has been rated already."),
        "too_late": _(
            "The time for rating here is over. Your phone still can, with the code on your ticket."
        ),
        "waits_for_hall": _("Waiting for the hall … Your answer is kept and counts once."),
        "once_more": _("That was a little early. Please touch once more."),
        "not_sent": _("This could not be sent. Please try once more."),
        "no_answer": _("The hall did not answer. Please try once more."),
        "go_to": _("Please go to window {window}"),
        "please_wait": _("Please wait, we will be back soon."),
    }
