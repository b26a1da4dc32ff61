"""What a person reads when the hall refuses something about the follow-up of a bad rating."""

from __future__ import annotations

from collections.abc import Mapping

from web.words import LazyString, _l

ABOUT_BAD_RATINGS: Mapping[str, LazyString] = {
    "not_now": _l("This step doesn't fit any more. Look at the case again: somebody may have been faster."),
    "unknown_remedy": _l("There is no such case. Go back to the list and choose again."),
    "note_needed": _l("Please write a note: what was done, or why."),
    "not_your_own": _l("This is about a visit that you served yourself, so somebody else follows it up."),
    "other_eyes_needed": _l(
        "You have found it untrue yourself. Somebody else decides whether it is set aside."
    ),
    "call_back_needed": _l("This citizen has left a number and wishes to be called. Please speak to them."),
    "nothing_released": _l("No whole batch of your ratings of this month is complete yet."),
    "ratings_appealed": _l("You have appealed these ratings already. The next batch can be appealed again."),
    "has_a_case": _l(
        "The rating of ticket %(number)s has been followed up. Whether it is set aside is decided there."
    ),
    "no_contact_wanted": _l("You have left word already, or the matter is closed. Nothing more is needed."),
}
