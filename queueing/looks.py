"""What screens see when they join: pictures of the hall, each from one consistent read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from queueing.clock import Instant, minutes_between, shifted
from queueing.fallback_errors import NotReserved
from queueing.plan import Plan
from queueing.postponing import minutes_left, postpones_left
from queueing.records import Event, Json, Ticket
from queueing.reserved import parts_of, spelled
from queueing.ruling import RULE_NOTES
from queueing.states import ACTIONS
from queueing.store import Desk
from queueing.undoing import undo_until
from queueing.views import PUBLIC, staff_ticket, to_all, window_view

if TYPE_CHECKING:
    from queueing.hall import Hall
    from queueing.waits import Line

OF_CLASSES = frozenset({"grant_class", "confirm_class"})
RECENT_MINUTES, RECENT_CALLS = 10.0, 40
FEW = 6
"""So many windows are looked up one by one; of more, all are read at once."""

HEARD_BY_ALL = frozenset({*ACTIONS, *RULE_NOTES, "issue", "undo", "sit", "leave", "pause", "open"})
"""What moves tickets and windows. Of all else only the office hears more than that something happened."""


def window_views(hall: Hall, desk: Desk, wanted: Sequence[str] | None = None) -> list[Json]:
    """The windows (all, or those named) as they stand."""
    if wanted is not None and len(wanted) <= FEW:
        return [window_view(hall.plan, desk.window(w), desk.at_window(w)) for w in wanted]
    states, tickets = desk.windows(), {t.window: t for t in desk.in_states(("called", "serving"))}
    names = wanted if wanted is not None else [w.id for w in hall.house.windows]
    return [window_view(hall.plan, states.get(w) or desk.window(w), tickets.get(w)) for w in names]


def board(hall: Hall, desk: Desk, at: Instant, area: str | None) -> Json:
    """Recent calls and windows of an area, or of the whole hall; oldest first."""
    windows = [w.id for w in hall.house.windows if area in (None, w.area)]
    return {"calls": calls(desk, at, windows), "windows": window_views(hall, desk, windows)}


def calls(desk: Desk, at: Instant, windows: Sequence[str]) -> list[Json]:
    """The last calls to these windows, and however old those that still stand there."""
    called = desk.called_since(shifted(at, minutes=-RECENT_MINUTES), RECENT_CALLS * 4)
    recent = [ticket for ticket in called if ticket.window in windows][-RECENT_CALLS:]
    known = {ticket.key for ticket in recent}
    standing = [
        t for t in desk.in_states(("called", "serving")) if t.window in windows and t.key not in known
    ]
    return [to_all(t) for t in sorted([*standing, *recent], key=lambda t: t.called_at or "")]


def panel(hall: Hall, desk: Desk, window: str) -> Json:
    ticket = desk.at_window(hall.plan.window(window).id)
    view = window_view(hall.plan, desk.window(window), ticket)
    return {"window": view, "ticket": to_all(ticket) if ticket else None}


def terminal(hall: Hall, desk: Desk, at: Instant, window: str, clerk: str | None) -> Json:
    """All that a clerk needs: the line in view, those set aside, today's own figures."""
    ticket = desk.at_window(hall.plan.window(window).id)
    plan = hall.plan_in(desk)
    taken = plan.reluctances[window]
    return {
        "window": window_view(hall.plan, desk.window(window), ticket),
        "ticket": staff_ticket(ticket) if ticket else None,
        "waiting": mine(desk.in_states(("waiting",)), window, taken),
        "held": mine(desk.in_states(("held",)), window, taken),
        "no_shows": mine(desk.no_shows(hall.day(at)), window, taken),
        "figures": figures(desk, clerk, hall.day(at)),
        "rules": {"classes": class_rules(plan), "reluctance": taken},
        "helps_now": hall.ruling.helped_by(desk, window),
        "undo_until": undo_until(desk.last_press_at(window), desk.window(window), hall.house.limits),
    }


def mine(tickets: Sequence[Ticket], window: str, taken: dict[str, float]) -> list[Json]:
    """Those that this window may take up."""
    return [
        staff_ticket(t)
        for t in tickets
        if (t.direct_window == window if t.direct_window else t.service in taken or t.window == window)
    ]


def class_rules(plan: Plan) -> Json:
    """What the terminal needs to know the order, and whether a class may be refused there."""
    names = ("head_start", "rate", "confirm")
    return {name: {key: getattr(rule, key) for key in names} for name, rule in plan.classes.items()}


def figures(desk: Desk, clerk: str | None, day: str) -> Json:
    """A clerk's own day: served, mean service and wait in minutes, no-shows."""
    tickets = desk.clerk_day(clerk, day) if clerk else []
    served = [t for t in tickets if t.state == "finished" and t.outcome != "unclosed"]
    return {
        "served": len(served),
        "mean_service_minutes": mean([service_minutes(t) for t in served]),
        "mean_wait_minutes": mean([minutes_between(t.joined_at, t.called_at) for t in served if t.called_at]),
        "no_shows": sum(1 for t in tickets if t.state == "no_show"),
    }


def service_minutes(ticket: Ticket) -> float:
    """service_time = finished - started, without the time it was held."""
    if not ticket.started_at or not ticket.finished_at:
        return 0.0
    return minutes_between(ticket.started_at, ticket.finished_at) - ticket.held_seconds / 60.0


def mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None


def phone(hall: Hall, desk: Desk, at: Instant, key: str, line: Callable[[], Line]) -> Json:
    """A ticket holder's own view; `line` gives everybody who waits, and is asked only while they do."""
    ticket = desk.ticket(key)
    view = window_views(hall, desk, [ticket.window])[0] if ticket.window else None
    place = line().places(ticket.service).get(key) if ticket.state == "waiting" else None
    away = ticket.not_before if minutes_left(ticket.not_before, at) else None
    own = to_all(ticket) | {
        "joined_at": ticket.joined_at,
        "finished_at": ticket.finished_at,
        "day": ticket.day,
    }
    return {
        "ticket": own
        | {"outcome": ticket.outcome, "reinstated": ticket.reinstated, "direct_window": ticket.direct_window},
        "place": [place.ahead, place.low, place.high] if place else None,
        "not_before": away,
        "postpones_left": postpones_left(hall.house.phone, ticket),
        "window": view,
        "rated": desk.is_rated(key),
    }


def numbered(hall: Hall, desk: Desk, at: Instant, number: str) -> list[Json]:
    """Today's ticket of that number, as the guide's desk tells of it; empty when there is none."""
    try:
        wanted = spelled(*parts_of(number.strip().upper()))
    except NotReserved:
        return []
    ticket = desk.ticket_numbered(hall.day(at), wanted)
    if ticket is None:
        return []
    place = hall.line(desk, at).places(ticket.service).get(ticket.key) if ticket.state == "waiting" else None
    away = ticket.not_before if minutes_left(ticket.not_before, at) else None
    told = {"reinstated": ticket.reinstated, "origin": ticket.origin, "not_before": away}
    return [staff_ticket(ticket) | told | {"place": [place.ahead, place.low, place.high] if place else None}]


def guide(desk: Desk, day: str) -> Json:
    """Who missed a call today, newest last."""
    return {"missed": [staff_ticket(ticket) for ticket in desk.no_shows(day)]}


def event_message(event: Event, window: Json | None) -> Json:
    """One event as staff screens get it."""
    return {
        "seq": event.seq,
        "at": event.at,
        "action": event.action,
        "press": event.press,
        "ticket": event.shown or None,
        "window": window,
        "before": event.before.get("state"),
        "rating": rating_of(event),
    }


def rating_of(event: Event) -> Json | None:
    """Level and reasons of a rating; only the office ever hears them."""
    if event.action != "rate":
        return None
    return {name: event.after[name] for name in ("level", "reasons", "channel")}


def public_message(message: Json) -> Json:
    """The same event for screens that anybody may look at: no class, no clerk's own business.

    Who was put back among the walk-ins was, for everybody else, sent on.
    """
    told, ticket = staff_message(message), message["ticket"]
    if message["action"] in OF_CLASSES:
        return nameless(message)
    if message["action"] == "refuse_class":
        told = told | {"action": "transfer"}
    if told["action"] == "other" or (ticket is None and message["window"] is None):
        return nameless(message)
    return told | {"ticket": {name: ticket[name] for name in PUBLIC} if ticket else None}


def staff_message(message: Json) -> Json:
    """The event as a clerk may hear it: of ratings, complaints, facts and reviews not even which it was.

    Who sits with the citizen would know whose it is.
    """
    if message["action"] not in HEARD_BY_ALL:
        return nameless(message)
    return {name: value for name, value in message.items() if name != "rating"}


def nameless(message: Json) -> Json:
    """That something happened, so that `seq` has no holes."""
    return {"seq": message["seq"], "at": message["at"], "action": "other"}
