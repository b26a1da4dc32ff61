"""How waits are said on every page: the sentences for the keys of `queueing.told.told_as`."""

from __future__ import annotations

from web.words import _


def wait_words() -> dict[str, str]:
    """Whole, for citizens; and how often such ranges have held."""
    return {
        "wait_unknown": _("not known yet"),
        "wait_none": _("any moment now"),
        "wait_few": _("a few minutes"),
        "wait_short": _("less than {high} minutes"),
        "wait_range": _("about {low} to {high} minutes"),
        "wait_hours": _("about {low} to {high} hours"),
        "wait_over": _("more than {low} hours"),
        "kept": _("In the last 30 days {held} of 10 people were called within the time they were told."),
        "kept_unknown": _("How often the times told here hold is not known yet."),
    }


def short_wait_words() -> dict[str, str]:
    """For tables of staff."""
    return {
        "wait_unknown": _("not known yet"),
        "wait_none": _("no wait"),
        "wait_few": _("under 5 min"),
        "wait_short": _("under {high} min"),
        "wait_range": _("{low} to {high} min"),
        "wait_hours": _("{low} to {high} h"),
        "wait_over": _("over {low} h"),
    }


def kept_sentence(of_ten: int | None) -> str:
    """How often the told ranges held, in tenths; None: too few outcomes to say."""
    words = wait_words()
    return words["kept_unknown"] if of_ten is None else words["kept"].format(held=of_ten)
