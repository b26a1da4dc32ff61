"""The sentences about ratings well read, in the language of the request."""

from __future__ import annotations

from web.words import _


def reading_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return {
        "scale": _("{low} to 100%"),
        "between_ends": _("{low} to {high}"),
        "n_aside": _("{n} set aside"),
        "plain_mean": _("plain {mean}"),
        "place_of": _("{place} of {all}"),
        "alone": _("nobody else does this work"),
        "others_too_few": _("the others have too few"),
        "against_above": _("above"),
        "against_below": _("below"),
        "against_alike": _("like the others"),
        "apart": _("{low} to {high} points"),
        "no_trend": _("too little for a trend"),
        "unchanged": _("no change"),
        "changed": _("{before} → {after} since {since}"),
    }
