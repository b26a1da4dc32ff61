"""The words of complaints and call-backs, for citizens and for the office."""

from __future__ import annotations

from web.words import _


def kinds() -> dict[str, str]:
    return {"complaint": _("Complaint"), "praise": _("Praise"), "suggestion": _("Suggestion")}


def channels() -> dict[str, str]:
    return {
        "phone": _("on the ticket's page"),
        "web": _("on the page for everybody"),
        "desk": _("at the desk"),
        "letter": _("by letter"),
        "call": _("by telephone"),
    }


def states() -> dict[str, str]:
    return {
        "received": _("Received"),
        "passed_on": _("Being worked on"),
        "solved": _("Solved"),
        "asked_after": _("Asked after"),
        "closed": _("Closed"),
    }


def own_states() -> dict[str, str]:
    """The same as sentences for who said it."""
    return {
        "received": _("The hall has it. Somebody will be named who works on it."),
        "passed_on": _("Somebody is working on it."),
        "solved": _("The hall has dealt with it, and will ask you whether that is so if it can reach you."),
        "asked_after": _("The hall has dealt with it. It will be closed soon."),
        "closed": _("This is closed."),
    }


def next_steps() -> dict[str, str]:
    """What is due, by the state that it is due in."""
    return {"received": _("pass on"), "passed_on": _("solve"), "solved": _("ask after")}


def verdicts() -> dict[str, str]:
    return {
        "": _("not decided"),
        "verified": _("justified"),
        "unfounded": _("not justified"),
        "taken_back": _("decision taken back"),
    }


def items() -> dict[str, str]:
    """As what it counts."""
    return {
        "complaint": _("Complaint about attitude"),
        "complaint:case": _("Complaint about a late or wrong case"),
        "complaint_discipline": _("Complaint about a breach of discipline"),
        "praise": _("Praise of attitude"),
        "praise:quality": _("Praise of quality and speed"),
        "suggestion": _("Suggestion adopted"),
    }


def weights() -> dict[str, str]:
    return {"ordinary": _("ordinary"), "major": _("major")}


def asides() -> dict[str, str]:
    return {
        "no_complaint": _("Nothing to act on"),
        "twice": _("Said twice"),
        "not_this_hall": _("Not about this hall"),
        "abuse": _("Abuse"),
        "withdrawn": _("Withdrawn by who said it"),
    }


def answers() -> dict[str, str]:
    return {"yes": _("yes"), "no": _("no"), "not_reached": _("couldn't be reached")}


def sorts() -> dict[str, str]:
    return {
        "words": _("In their own words"),
        "contact": _("Contact"),
        "answer": _("Answer to the citizen"),
        "note": _("Note for the office"),
    }


def call_states() -> dict[str, str]:
    return {
        "drawn": _("to be called"),
        "reached": _("answered"),
        "not_reached": _("not reached"),
        "declined": _("didn't want to answer"),
    }


def asked() -> dict[str, str]:
    return {"attitude": _("Attitude"), "efficiency": _("Efficiency"), "discipline": _("Discipline")}


def levels() -> dict[str, str]:
    return {
        "very_satisfied": _("very satisfied"),
        "satisfied": _("satisfied"),
        "fairly_satisfied": _("fairly satisfied"),
        "dissatisfied": _("dissatisfied"),
        "very_dissatisfied": _("very dissatisfied"),
    }
