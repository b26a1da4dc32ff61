"""The sentences about ratings that look odd or were refused, in the language of the request."""

from __future__ import annotations

from web.words import _


def watch_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _kinds() | _explanations() | _refusals() | _columns() | _reviews()


def _kinds() -> dict[str, str]:
    return {
        "flag_at_once": _("Rated at once"),
        "flag_run_of_best": _("Only the best, without a break"),
        "flag_while_away": _("Rated while paused or unattended"),
        "flag_same_timing": _("Always after the same time"),
        "flag_hardly_served": _("Best level for hardly any service"),
        "flag_from_terminal": _("Phone rating from the clerk's machine"),
    }


def _explanations() -> dict[str, str]:
    """What the flag means, in a sentence that can be read to the person concerned."""
    return {
        "why_at_once": _("The pad answered sooner after Finish than anybody reads the question."),
        "why_run_of_best": _("At the other pads {share} of the ratings were of the best level."),
        "why_run_alone": _("There are no ratings of other pads to compare with."),
        "why_while_away": _("The pad answered while nobody was serving there."),
        "why_same_timing": _("These came about {seconds} s after Finish, within a tenth of a second."),
        "why_hardly_served": _("The service ended right after it had begun."),
        "why_from_terminal": _("They came from the network address at which Finish was pressed."),
    }


def _refusals() -> dict[str, str]:
    return {
        "refused_not_by_staff": _("Signed in as staff"),
        "refused_not_allowed": _("Not this window's pad"),
        "refused_not_paired": _("No pad of the hall"),
        "refused_not_signed_in": _("No pad of the hall"),
        "refused_password_must_change": _("Signed in as staff"),
        "refused_not_this_pad": _("Another window's visit"),
        "refused_already_rated": _("Rated already"),
        "refused_rating_closed": _("Too late"),
        "refused_not_finished": _("Not finished yet"),
        "refused_unknown_ticket": _("No such ticket or link"),
        "refused_unknown_window": _("No such window"),
        "refused_key_reused": _("Sent once more with another verdict"),
    }


def _columns() -> dict[str, str]:
    return {
        "flag_n": _("{n} ratings"),
        "flag_n_one": _("{n} rating"),
        "flag_of": _("{n} of {all} ratings look odd."),
        "flag_none": _("Nothing looks odd in this month."),
        "refused_none": _("No rating was refused in this month."),
        "flood": _("{n} times in a minute"),
        "by_visitor": _("Unknown, mark {mark}"),
        "by_holder": _("Ticket holder"),
        "by_device": _("Screen {name}"),
        "by_loopback": _("The hall's own machine"),
        "see_tickets": _("Which tickets"),
        "col_number": _("Ticket"),
        "col_at": _("When"),
        "col_level": _("Level"),
        "col_after": _("After Finish, s"),
        "col_served": _("Service, s"),
    }


def _reviews() -> dict[str, str]:
    """Setting ratings aside, and putting them back."""
    return {
        "is_aside": _("set aside"),
        "choose_all": _("Choose all"),
        "choose_one": _("Choose {number}"),
        "set_aside": _("Set aside …"),
        "put_back": _("Put back …"),
        "aside_what": _("Set {n} ratings aside?"),
        "aside_what_one": _("Set {n} rating aside?"),
        "aside_about": _(
            "They leave every figure and score. The office goes on seeing them and can put them back."
        ),
        "aside_yes": _("Set aside"),
        "back_what": _("Let the rating of {number} count again?"),
        "back_about": _("It is in every figure and score again, as before."),
        "back_yes": _("Put back"),
        "by_and_when": _("{who}, {when}"),
    }
