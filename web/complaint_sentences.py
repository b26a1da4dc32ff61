"""What a person reads when something about a complaint or a call-back is refused; see `web.sentences`."""

from __future__ import annotations

from collections.abc import Mapping

from web.words import LazyString, _l

OF_COMPLAINTS: Mapping[str, LazyString] = {
    "unknown_complaint": _l("Nothing is known under this code. Please compare it with what you noted."),
    "for_citizens": _l(
        "This page is for citizens, and this browser is signed in as %(clerk)s. Use the form at the desk."
    ),
    "complaint_open": _l(
        "What you said about number %(number)s is being worked on. You can add something when it is over."
    ),
    "complaints_enough": _l(
        "Nothing more can be taken here just now. Please speak to a member of staff, or phone the hall."
    ),
    "words_needed": _l("Please say in your own words what it is about."),
    "complaint_cannot": _l("That isn't possible at this step. Reload the page and look where it stands."),
    "concerns_you": _l("It is about %(clerk)s. Somebody else has to handle it and decide."),
    "four_eyes": _l("%(clerk)s has taken it down, handled it or called. Somebody else has to decide."),
    "not_the_handler": _l("%(clerk)s handles this. Ask a supervisor to pass it on to you."),
    "no_handler": _l(
        "%(clerk)s can't handle it: choose a supervisor, inspector or administrator whom it isn't about."
    ),
    "not_decided": _l("Nobody has decided yet whether it is justified. That comes before the end."),
    "decided_already": _l("This has been decided. Take the decision back first, with a reason."),
    "nothing_decided": _l("There is no decision to take back."),
    "whom_needed": _l("Please name the window or the person that it counts for."),
    "unknown_draw": _l("There is no such draw. Reload the page and choose again."),
    "already_called": _l("This visitor has been called already, and the answer stands."),
    "nothing_to_replace": _l(
        "Another visit is drawn only for one that couldn't be reached, once, and while there are others."
    ),
    "nothing_to_verify": _l("Only an answer that was dissatisfied is decided on."),
    "levels_needed": _l("Please say how attitude, efficiency and discipline were."),
}
