"""How tickets and windows look from outside: the JSON that answers and pushes carry."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from queueing.house import Text
from queueing.plan import Plan
from queueing.records import Json, Ticket, WindowState

PUBLIC = ("ticket", "number", "service", "state", "window", "called_at", "calls")
STAFF = (
    "number", "service", "state", "window", "called_at", "calls", "ticket_class", "joined_at", "line_at",
    "tie", "direct_window", "started_at", "finished_at", "held_at", "held_seconds", "clerk", "outcome",
    "postponed", "not_before", "confirmed",
)  # fmt: skip
SHOWN, FIELDS, OPEN_FIELDS = ("ticket", *STAFF), attrgetter("key", *STAFF), attrgetter("key", *PUBLIC[1:])


def staff_ticket(ticket: Ticket) -> Json:
    """What staff see of a ticket."""
    return dict(zip(SHOWN, FIELDS(ticket), strict=True))


def to_all(ticket: Ticket) -> Json:
    """What everybody may see of a ticket, at once: `public_ticket` of `staff_ticket`."""
    return dict(zip(PUBLIC, OPEN_FIELDS(ticket), strict=True))


def public_ticket(shown: Mapping[str, object]) -> Json:
    """What everybody may see of it: never the class, its ground or the clerk."""
    return {name: shown[name] for name in PUBLIC}


def spoken(text: Text) -> dict[str, str]:
    """A name in all the hall's languages."""
    return {"zh_Hans": text.zh, "zh_Hant": text.zh_hant or text.zh, "en": text.en}


def clerk_view(plan: Plan, clerk: str | None) -> Json | None:
    """What a panel or pad shows of the person at the window (亮身份)."""
    if clerk is None:
        return None
    person = plan.person(clerk)
    if person is None:
        return {"id": clerk, "name": spoken(Text(clerk, clerk)), "post": None, "promise": None}
    promise = spoken(person.promise) if person.promise else None
    return {"id": clerk, "name": spoken(person.name), "post": spoken(person.post), "promise": promise}


def public_window(view: Json) -> Json:
    """The same for screens that anybody may look at: who sits there, never the id that signs in."""
    clerk = view["clerk"]
    return view | {"clerk": {name: clerk[name] for name in clerk if name != "id"} if clerk else None}


def window_view(plan: Plan, state: WindowState, ticket: Ticket | None) -> Json:
    """A window as panels, terminals and boards know it."""
    sign = {"kind": state.sign, "window": state.sign_window} if state.sign else None
    return {
        "window": state.window,
        "state": state.state,
        "clerk": clerk_view(plan, state.clerk),
        "pause_reason": state.pause_reason,
        "sign": sign,
        "since": state.since,
        "ticket": ticket.key if ticket else None,
        "number": ticket.number if ticket else None,
        "service": ticket.service if ticket else None,
        "ticket_state": ticket.state if ticket else None,
    }
