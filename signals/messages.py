"""What a hook is told of an event: what the board shows of it, never a ground or a name."""

from __future__ import annotations

from collections.abc import Mapping

from queueing.hall import Hall
from queueing.records import Event, Json, Ticket
from queueing.signal_rules import Hook

TOLD_AS: Mapping[str, str] = {
    "call": "called",
    "recall": "called",
    "postpone": "postponed",
    "mark_no_show": "missed",
    "rejoin": "waiting",
    "reinstate": "waiting",
    "transfer": "waiting",
    "refuse_class": "waiting",
    "finish": "finished",
    "abandon": "left",
    "expire": "left",
}
AFTER_UNDO: Mapping[str, str] = {
    "waiting": "waiting",
    "called": "called",
    "held": "waiting",
    "serving": "called",
}
"""A press that was taken back: what is true again."""


def name_of(event: Event) -> str | None:
    """What the event is called outside; None for what concerns no waiting visitor."""
    if event.action == "undo":
        return AFTER_UNDO.get(str(event.shown.get("state")))
    return TOLD_AS.get(event.action)


def message(hall: Hall, event: Event, ticket: Ticket, pager: str | None) -> Json:
    """One event of one ticket."""
    shown = event.shown
    told = {"called": shown["window"], "missed": shown["window"], "finished": shown["window"]}
    name = name_of(event)
    return common(hall, ticket, pager) | {
        "id": f"{hall.house.hall.id}-{event.seq}",
        "event": name,
        "at": event.at,
        "number": shown["number"],
        "service": shown["service"],
        "window": told.get(name or ""),
        "calls": shown["calls"],
    }


def almost(hall: Hall, at: str, ticket: Ticket, ahead: int, pager: str | None) -> Json:
    """Said once for each time that a ticket comes near; the same id whenever it is said again."""
    return common(hall, ticket, pager) | {
        "id": f"{hall.house.hall.id}-{ticket.key}-almost-{ticket.postponed}",
        "event": "almost",
        "at": at,
        "number": ticket.number,
        "service": ticket.service,
        "window": None,
        "calls": ticket.calls,
        "ahead": ahead,
    }


def common(hall: Hall, ticket: Ticket, pager: str | None) -> Json:
    return {
        "hall": hall.house.hall.id,
        "ticket": ticket.key,
        "language": ticket.language,
        "pager": pager,
        "ahead": None,
    }


def is_for(hook: Hook, told: Json) -> bool:
    return told["event"] in hook.events and (told["pager"] is not None or not hook.pagers_only)
