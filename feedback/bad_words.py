"""How the office speaks of bad ratings: states, steps, limits, in whole words beside every colour."""

from __future__ import annotations

from datetime import date

from queueing.clock import local
from queueing.records import Json
from web.context import here
from web.words import _, long_date, ngettext, said_here


def level_words() -> dict[str, str]:
    return {
        "very_satisfied": _("Very satisfied"),
        "satisfied": _("Satisfied"),
        "fairly_satisfied": _("Fairly satisfied"),
        "dissatisfied": _("Dissatisfied"),
        "very_dissatisfied": _("Very dissatisfied"),
    }


def state_words() -> dict[str, str]:
    return {
        "open": _("New"),
        "contacted": _("Citizen contacted"),
        "upheld": _("Found true"),
        "unfounded": _("Found untrue"),
        "put_right": _("Put right"),
        "closed": _("Closed"),
        "appealed": _("Appealed by the clerk"),
        "set_aside": _("Set aside"),
    }


def step_words() -> dict[str, str]:
    """What was done, as the list of steps tells it."""
    return {
        "attempt": _("Tried to reach the citizen, in vain"),
        "contact": _("Contact with the citizen"),
        "hear": _("Heard the clerk about the visit"),
        "uphold": _("Found true"),
        "refute": _("Found untrue"),
        "put_right": _("Put right"),
        "close": _("Closed"),
        "appeal": _("The clerk appealed the batch"),
        "dismiss": _("Appeal dismissed: the rating counts"),
        "set_aside": _("Set aside: the rating counts no more"),
    }


def hint_words() -> dict[str, str]:
    """What to bear in mind with a step."""
    return {
        "attempt": _("When you tried, and how."),
        "hear": _("Ask about the visit, never about the rating: the clerk must not learn who rated or how."),
        "close": _("Everything is done; the citizen knows of it."),
        "dismiss": _("The case goes on where it stood."),
        "set_aside": _("The rating stays and is shown as set aside. It counts no more."),
    }


def way_words() -> dict[str, str]:
    return {
        "phone": _("By telephone"),
        "in_person": _("In person"),
        "message": _("By a message on the page of whoever rated"),
        "nobody": _("No way to reach them was left"),
    }


def why_words() -> dict[str, str]:
    return {"mistaken": _("Given by mistake"), "malicious": _("Malicious")}


def light_words(case: Json) -> str:
    """The same as the colour, in words."""
    left: int | None = case["left"]
    if case["light"] == "none" or left is None:
        return _("Done late") if case["contact_late"] or case["put_right_late"] else _("Done in time")
    if left < 0:
        return str(ngettext("%(num)d working day overdue", "%(num)d working days overdue", -left))
    if left == 0:
        return _("Last day")
    return str(ngettext("%(num)d working day left", "%(num)d working days left", left))


def due_words(case: Json) -> str:
    """What is to be done by when."""
    if not case["due"]:
        return ""
    day = long_date(date.fromisoformat(case["due"]))
    if case["due_what"] == "contact":
        return _("Contact by %(day)s", day=day)
    return _("Put right by %(day)s", day=day)


def wall(at: str) -> str:
    """A moment by the hall's clock."""
    return f"{local(at, here().house.hall.timezone):%Y-%m-%d %H:%M}"


def names() -> Json:
    """Services, clerks and reasons by their names in the reader's language."""
    house = here().house
    return {
        "services": {each.id: said_here(each.name) for each in house.services},
        "staff": {each.id: said_here(each.name) for each in house.staff},
        "reasons": {each.code: said_here(each.name) for each in house.rating.reasons}
        | {"other": _("Something else")},
    }
