"""What the page's script needs to know, and the sentences that it says."""

from __future__ import annotations

from typing import Any

from queueing.records import Ticket
from web.context import here, the_hall
from web.spoken import said_in
from web.vapid import public_key
from web.wait_words import wait_words
from web.where import where_to_go, windows_by_area
from web.words import _, language, ngettext


def own_data(token: str, ticket: Ticket) -> dict[str, Any]:
    """What is this ticket's."""
    tongue, where = language(), where_to_go(the_hall().plan, ticket)
    return {
        "token": token,
        "ready_minutes": ready_minutes(ticket),
        "service": {
            "id": ticket.service,
            "name": said_in(tongue, where.service),
            "areas": [said_in(tongue, area) for area in where.areas],
            "ways": [said_in(tongue, way) for way in where.ways],
            "windows": list(where.windows),
        },
    }


def shared_data() -> dict[str, Any]:
    """What is the same on every ticket's page of a language."""
    house, tongue = here().house, language()
    return {
        "zone": house.hall.timezone,
        "phone_days": house.rating.phone_days,
        "reinstatements": house.limits.reinstatements,
        "reinstate_minutes": house.limits.reinstate_minutes,
        "areas": [
            [said_in(tongue, area.name), windows, said_in(tongue, area.where) if area.where else ""]
            for area, windows in windows_by_area(house)
        ],
        "push": public_key(here().data) if house.signals.push else None,
        "words": wait_words() | _waiting_words() | _more_time() | _receipt() | _later_words(),
    }


def ready_minutes(ticket: Ticket) -> float:
    """How long before the call its holder should set out; 0: no walk worth telling."""
    hall = here().hall
    windows = [ticket.direct_window] if ticket.direct_window else hall.plan.windows_of[ticket.service]
    walk = hall.plan.walks.farthest(windows, ticket.ticket_class)
    return round(walk + hall.house.waits.ready_minutes, 1) if walk else 0.0


def _waiting_words() -> dict[str, str]:
    return {
        "person": _("{count} person before you"),
        "people": _("{count} people before you"),
        "between": _("That is between {from} and {to}."),
        "windows": _("Window {windows}"),
        "get_ready": _("Please get ready: come to {area} now. You will be called soon."),
        "armed": _("The bell is on. Please keep this page open and the screen lit."),
        "armed_awake": _("The bell is on and the screen stays lit. Please keep this page open."),
        "no_answer": _("The hall did not answer. Please try once more."),
        "waits_for_hall": _("Waiting for the hall … Your answer is kept and counts once."),
        "push_failed": _("Your browser doesn't allow it. Please keep this page open instead."),
        "not_sent": _("This could not be sent. Please try once more."),
    }


def _more_time() -> dict[str, str]:
    minutes = here().house.phone.postpone_minutes
    return _more_left() | {
        "more_time": _("I need %(minutes)s more minutes", minutes=f"{minutes:g}"),
        "away": _("You are not called before {time}."),
        "away_next": _("You would be next. Are you back already?"),
        "title": _("{count} before {number}"),
        "title_next": _("{number} is next"),
        "title_away": _("{number}: from {time}"),
    }


def _more_left() -> dict[str, str]:
    """One sentence for each number of times."""
    times = range(1, here().house.phone.postpones + 1)
    return {
        f"more_left_{n}": ngettext(
            "You can ask for this %(num)d more time.", "You can ask for this %(num)d more times.", n
        )
        for n in times
    }


def _receipt() -> dict[str, str]:
    """Who was called before, in words that a citizen can check."""
    return {
        "nobody_before": _("Nobody who joined after you was called before you."),
        "joined_at_once": _("{number} joined less than a minute after you."),
        "joined_one": _("{number} joined 1 minute after you."),
        "joined_later": _("{number} joined {minutes} minutes after you."),
        "receipt_more": _("There were more. Please ask a member of staff for the whole list."),
        "receipt_failed": _("This can't be shown just now. Please try again in a moment."),
        "rule_priority": _("Called before you: priority."),
        "rule_appointment": _("Called before you: an appointment."),
        "rule_other_class": _("Called before you: another kind of number."),
        "rule_helping": _("Called by a window that only helps out with your service: its own go first."),
        "rule_reinstated": _("Called before you: a missed call, brought back into the line."),
        "rule_chosen": _("Called out of turn, by a member of staff."),
        "rule_you_postponed": _("Called before you: you had asked for more time."),
        "rule_you_came_back": _("Called before you: you had missed your call and came back."),
        "rule_you_were_moved": _("Called before you: a member of staff had moved your number back."),
        "rule_your_slot": _("Called before you: the time of your appointment was still to come."),
        "rule_you_were_entered_late": _(
            "Called before you: your number was taken at a cut-off machine and reached the hall later."
        ),
        "rule_unknown": _("Called before you. The hall's record doesn't say why."),
    }


def _later_words() -> dict[str, str]:
    return {
        "window": _("Window {window}"),
        "missed_until": _("That is until {time}."),
        "called_at": _("Called at {time}"),
        "called_again": _("Called {times} times, last at {time}"),
        "rate_until": _("You can also do this later: this page takes your rating until {day}."),
        "held_at": _("Window {window} goes on with you as soon as it can; you need no new number."),
    }
