"""What the page's script needs to know, and the sentences that it says."""

from __future__ import annotations

from typing import Any

from phone.where import where_to_go, windows_by_area
from queueing.records import Ticket
from web.context import here
from web.spoken import said_in
from web.words import _, language


def page_data(token: str, ticket: Ticket) -> dict[str, Any]:
    house, tongue = here().house, language()
    where = where_to_go(house, ticket)
    return {
        "token": token,
        "zone": house.hall.timezone,
        "phone_days": house.rating.phone_days,
        "reinstatements": house.limits.reinstatements,
        "service": {
            "id": ticket.service,
            "name": said_in(tongue, where.service),
            "areas": [said_in(tongue, area) for area in where.areas],
            "windows": list(where.windows),
        },
        "areas": [[said_in(tongue, area), windows] for area, windows in windows_by_area(house)],
        "words": _waiting_words() | _later_words(),
    }


def _waiting_words() -> dict[str, str]:
    return {
        "person": _("{count} person before you"),
        "people": _("{count} people before you"),
        "wait_unknown": _("Not known yet"),
        "wait_none": _("Any moment now"),
        "wait_short": _("Up to {high} minutes"),
        "wait_about": _("About {low} minutes"),
        "wait_range": _("About {low} to {high} minutes"),
        "wait_hours": _("About {low} to {high} hours"),
        "wait_hours_about": _("About {low} hours"),
        "between": _("That is between {from} and {to}."),
        "windows": _("Window {windows}"),
        "armed": _("The bell is on. Please keep this page open and the screen lit."),
        "armed_awake": _("The bell is on and the screen stays lit. Please keep this page open."),
        "no_answer": _("The hall did not answer. Please try once more."),
        "waits_for_hall": _("Waiting for the hall … Your answer is kept and counts once."),
        "not_sent": _("This could not be sent. Please try once more."),
    }


def _later_words() -> dict[str, str]:
    return {
        "window": _("Window {window}"),
        "called_at": _("Called at {time}"),
        "called_again": _("Called {times} times, last at {time}"),
        "rate_until": _("You can also do this later: this page takes your rating until {day}."),
        "held_at": _("Window {window} goes on with you as soon as it can; you need no new number."),
    }
