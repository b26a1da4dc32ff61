"""The sentences that the scripts of the guide's desk say."""

from __future__ import annotations

from web.wait_words import short_wait_words
from web.words import _, pgettext


def guide_words() -> dict[str, str]:
    return _states() | _telling() | short_wait_words()


def _states() -> dict[str, str]:
    """Where a number is."""
    return {
        "waiting": pgettext("of a number", "Waiting"),
        "called": _("Called to window {window}"),
        "serving": _("At window {window}"),
        "held": _("Set aside at window {window}"),
        "no_show": _("Called to window {window}, did not come"),
        "finished": _("Finished at window {window}"),
        "abandoned": _("Left the line"),
    }


def _telling() -> dict[str, str]:
    """What is said of it, and what can be done."""
    return {
        "not_found": _("No number {number} today."),
        "since": _("since {time}"),
        "away_until": _("asked to be called later, from {time}"),
        "called_at": _("called at {time}"),
        "ahead": _("{count} before"),
        "give_class": _("Into the line: {name}"),
        "take_class": _("Back among the ordinary numbers"),
        "offline": _("from a kiosk without connection"),
        "paper": _("on paper"),
        "bring_back": _("Bring back"),
        "print_again": _("Print the slip again"),
        "slip_comes": _("The slip of {number} comes out here: {name}."),
        "slip_trouble": _("{name} can't print just now; the slip of {number} waits there."),
        "pager": _("Pager number"),
        "pager_tie": _("Hand out the pager"),
        "pager_has": _("Pager {pager}"),
        "pager_untie": _("Pager is back"),
        "has_left": _("Has left"),
        "has_left_sure": _("Take {number} out of the line?"),
        "nobody_missed": _("Nobody has missed a call."),
        "nothing_found": _("No such service."),
        "choose_first": _("Choose a service first."),
        "entered": _("Entered: {number}, {service}, since {time}."),
        "take_back": _("Undo this entry"),
        "time_wrong": _("Write the time as on the slip, such as 0915."),
        "number_wrong": _("Write the number as on the slip, such as 7 or {example}."),
        "person_open": _("Open: {number}, {service}"),
        "person_none": _("No open number with this document."),
        "person_blocked": _("Gets no number until the end of {day}."),
        "person_free": _("May take numbers."),
        "person_lifted": _("The block is lifted: numbers can be taken again at once."),
        "lost": _("Not live: nothing heard from the hall for {age} seconds."),
        "never": _("Not live: the hall can't be reached."),
        "uncertain": _("The hall doesn't answer. Check the network, then try again."),
    }
