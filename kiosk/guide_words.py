"""The sentences of the kiosk's guide, of who sits where, and of looking up a number or a case."""

from __future__ import annotations

from web.words import _


def guide_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _checking() | _guide() | _people() | _looking_up()


def _checking() -> dict[str, str]:
    return {
        "check": _("Have you got these with you?"),
        "check_hint": _("Touch what you have. Nothing of it is kept."),
        "check_some": _("{count} of {all} are there"),
        "check_all": _("Everything is there"),
        "check_missing": _("Something missing? Take the list home"),
        "original": _("original"),
        "copy": _("1 copy"),
        "copies": _("{count} copies"),
        "only": _("Only: {case}"),
    }


def _guide() -> dict[str, str]:
    return {
        "guide": _("Everything about it"),
        "take_home": _("Take this list home"),
        "take_home_how": _("Scan it with your phone: the whole list stays with you."),
        "print_list": _("Print the list"),
        "list_printing": _("The list is being printed."),
        "list_ready": _("Please take your list."),
        "list_elsewhere": _("Please take your list over there: {name}."),
        "list_trouble": _("The printer can't print just now. Scan the code instead."),
        "list_unsure": _("No list, or only half of one? Print it again."),
        "anyway": _("Take a number anyway"),
        "anyway_why": _("You may take a number anyway: the clerk tells you what can be done today."),
        "conditions": _("Who may apply"),
        "steps": _("Step by step"),
        "forms": _("Filled in as an example"),
        "basis": _("It rests on"),
        "questions": _("Questions"),
        "by_law": _("by law {days} working days"),
        "sample_of": _("Picture: {name}"),
        "on_phone": _("{name}: on your phone, behind the code above"),
        "on_your_phone": _("All services on your phone"),
    }


def _people() -> dict[str, str]:
    return {
        "people": _("Who is at the windows"),
        "people_title": _("Who serves you today"),
        "people_none": _("Nobody sits at a window just now."),
        "staff_number": _("Staff number {number}"),
        "away": _("Paused"),
        "promises": _("What we promise"),
        "look_trouble": _("This can't be shown just now. Please ask the guide at the desk."),
    }


def _looking_up() -> dict[str, str]:
    return {
        "progress": _("How far is my number?"),
        "progress_title": _("Which number?"),
        "progress_case": _("Look up a case"),
        "progress_number": _("Look up a number of today"),
        "case_title": _("The number on your receipt"),
        "look": _("Look"),
        "state_waiting_next": _("Waiting: this number is next"),
        "state_waiting": _("Waiting: {ahead} before this number"),
        "state_called": _("Called: please go to window {window}"),
        "state_serving": _("Being served at window {window}"),
        "state_held": _("Set aside for a moment; it goes on without a new number"),
        "state_no_show": _("Called and missed; please ask a member of staff"),
        "state_finished": _("Finished"),
        "state_abandoned": _("No longer in line"),
        "case_state": _("State"),
        "case_since": _("Since"),
        "case_due": _("Promised by"),
        "case_place": _("Where"),
        "case_received": _("Received"),
        "case_accepted": _("Accepted"),
        "case_supplement": _("Papers are missing"),
        "case_deciding": _("Being decided"),
        "case_finished": _("Finished"),
        "case_returned": _("Returned to you"),
        "case_refused": _("Refused"),
    }
