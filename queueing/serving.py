"""Presses while somebody is at the window: start, finish, hold, send on, not come, come back."""

from __future__ import annotations

from math import ceil

from queueing.calling import bring, pick
from queueing.change import MASTERS, Change
from queueing.clock import Instant, minutes_between
from queueing.errors import (
    BadRequest,
    DayOver,
    NobodyThere,
    NotServedHere,
    RecallFirst,
    ReturnTooLate,
    TooManyReinstatements,
)
from queueing.grants import WAITING_AGAIN
from queueing.limit_rules import Limits
from queueing.records import Json, Ticket
from queueing.states import OUTCOMES, Outcome, next_state
from queueing.walking import StillWalking


def serve(change: Change, window: str, expected: str | None) -> Json:
    state = change.allow(window)
    ticket = change.current(window, expected)
    return change.answer(window, change.move(ticket, "serve", started_at=change.at, clerk=state.clerk))


def checked(outcome: str) -> Outcome:
    """The outcome, if a clerk may give it."""
    if outcome not in OUTCOMES:
        raise BadRequest(message=f"An outcome is one of {', '.join(OUTCOMES)}, not {outcome!r}.")
    return outcome


def finish(change: Change, window: str, expected: str | None, outcome: str) -> Json:
    change.allow(window)
    return change.answer(window, done(change, window, expected, outcome))


def done(change: Change, window: str, expected: str | None, outcome: str) -> Ticket:
    ticket = change.current(window, expected)
    return change.move(ticket, "finish", outcome=checked(outcome), finished_at=change.at)


def finish_and_next(change: Change, window: str, expected: str | None, outcome: str) -> Json:
    """One press: the service ends and the next is called; with nobody waiting the finish stands."""
    state = change.allow(window)
    finished = done(change, window, expected, outcome)
    ticket = pick(change, window) if state.state == "open" else None
    called = bring(change, window, ticket) if ticket else None
    return change.answer(window, called, previous=finished)


def mark_no_show(change: Change, window: str, expected: str | None) -> Json:
    change.allow(window)
    ticket = change.current(window, expected)
    needed = change.plan.house.limits.calls_before_no_show
    if ticket.state == "called" and ticket.calls < needed:
        raise RecallFirst(number=ticket.number, calls=ticket.calls, needed=needed)
    must_have_had_time(change, window, ticket)
    return change.answer(window, change.move(ticket, "mark_no_show"))


def must_have_had_time(change: Change, window: str, ticket: Ticket) -> None:
    """Raises StillWalking before the walk of the ticket's area and class can be over."""
    walk = change.plan.walks.minutes(window, ticket.ticket_class)
    left = walk - minutes_between(ticket.called_at or change.at, change.at)
    if ticket.state == "called" and left > 0:
        raise StillWalking(number=ticket.number, seconds=ceil(60 * left))


def hold(change: Change, window: str, expected: str | None) -> Json:
    """The citizen steps aside, to copy or to pay; the window is free meanwhile."""
    change.allow(window)
    return change.answer(window, change.move(change.current(window, expected), "hold", held_at=change.at))


def resume(change: Change, window: str, key: str) -> Json:
    """Goes on with a held ticket, at any window that serves it."""
    state = change.allow_call(window)
    ticket = change.desk.ticket(key)
    if window not in (ticket.window, ticket.direct_window) and not change.plan.serves(window, ticket.service):
        raise NotServedHere(window=window, service=change.plan.service(ticket.service).name.zh)
    next_state(ticket.state, "resume", ticket.number)
    aside = 60.0 * minutes_between(ticket.held_at or change.at, change.at)
    moved = change.move(
        ticket, "resume", window, window=window, clerk=state.clerk,
        held_at=None, held_seconds=ticket.held_seconds + aside,
    )  # fmt: skip
    return change.answer(window, moved)


def transfer(
    change: Change, window: str, expected: str | None, service: str | None, to_window: str | None
) -> Json:
    """Sends a ticket on to a service's line or a window's own line; it keeps its first joining time."""
    change.allow(window)
    ticket = transferable(change, window, expected)
    if (service is None) == (to_window is None):
        raise BadRequest(message="Say either a service or a window to transfer to.")
    goal = sent_to_window(change, to_window) if to_window else sent_to(change, service)
    return change.answer(window, change.move(ticket, "transfer", window, **WAITING_AGAIN, **goal))


def transferable(change: Change, window: str, expected: str | None) -> Ticket:
    """The ticket at the window, or one that is named out of the window's own lists."""
    if expected is not None:
        ticket = change.desk.ticket(expected)
        if ticket.state in ("held", "waiting"):
            return within_reach(change, window, ticket)
    return change.current(window, expected)


def within_reach(change: Change, window: str, ticket: Ticket) -> Ticket:
    """The ticket, if this window has to do with it; raises NotServedHere. Supervisors reach everywhere."""
    near = window in (ticket.window, ticket.direct_window)
    if not near and not change.plan.serves(window, ticket.service) and change.by.role not in MASTERS:
        raise NotServedHere(window=window, service=change.plan.service(ticket.service).name.zh)
    return ticket


def sent_to_window(change: Change, window: str) -> dict[str, str | None]:
    """A window's own line; refused while nobody sits there, or the ticket would wait for nobody."""
    if change.desk.window(change.plan.window(window).id).state == "closed":
        raise NobodyThere(window=window)
    return {"direct_window": window}


def sent_to(change: Change, service: str | None) -> dict[str, str | None]:
    return {"service": change.plan.service(service or "").id, "direct_window": None}


def place_after(change: Change, ticket: Ticket, places: int) -> dict[str, object]:
    """`line_at` and `tie` that put a ticket behind the N-th of its line (the end, if fewer).

    Who stands behind that one already stays: no move back gives anybody an earlier time.
    """
    line = change.desk.line(ticket.service, ticket.ticket_class, places + 2)
    others = [other for other in line if other.key != ticket.key]
    if not others:
        return {"line_at": change.at, "tie": (change.desk.seq() + 1) << 20}
    before = others[min(places, len(others)) - 1]
    if (ticket.line_at, ticket.tie) > (before.line_at, before.tie):
        return {"line_at": ticket.line_at, "tie": ticket.tie}
    behind = others[places] if len(others) > places else None
    if behind and behind.line_at == before.line_at:
        return {"line_at": before.line_at, "tie": (before.tie + behind.tie) // 2}
    return {"line_at": before.line_at, "tie": before.tie + (1 << 19)}


def places_before(change: Change, ticket: Ticket) -> int:
    """How many of its line stand before it."""
    line = [t for t in change.desk.waiting((ticket.service,)) if t.ticket_class == ticket.ticket_class]
    mine = (ticket.line_at, ticket.tie)
    return sum((other.line_at, other.tie) < mine for other in line if other.direct_window is None)


def postpone(change: Change, window: str, expected: str) -> Json:
    """Moves a waiting ticket some places back because its holder asked for more time."""
    change.allow(window)
    ticket = within_reach(change, window, change.desk.ticket(expected))
    next_state(ticket.state, "postpone", ticket.number)
    before = places_before(change, ticket)
    places = place_after(change, ticket, before + change.plan.house.limits.reinstate_places)
    return change.answer(window, change.move(ticket, "postpone", window, **places))


def come_back(change: Change, key: str, window: str | None = None) -> Ticket:
    """A ticket that wasn't there when called waits again, a configured number of places back."""
    limits = change.plan.house.limits
    ticket = change.desk.ticket(key)
    next_state(ticket.state, "reinstate", ticket.number)
    if ticket.day != change.day:
        raise DayOver(number=ticket.number)
    if ticket.reinstated >= limits.reinstatements:
        raise TooManyReinstatements(number=ticket.number, times=ticket.reinstated)
    if is_too_late(limits, ticket, change.at):
        raise ReturnTooLate(number=ticket.number, minutes=f"{limits.reinstate_minutes:g}")
    places = place_after(change, ticket, limits.reinstate_places)
    fresh = {**WAITING_AGAIN, "reinstated": ticket.reinstated + 1, **places}
    return change.move(ticket, "reinstate", window, **fresh)


def is_too_late(limits: Limits, ticket: Ticket, at: Instant) -> bool:
    """Whether the call that was missed is too long ago; 0 minutes: never on the same day."""
    if not limits.reinstate_minutes or ticket.called_at is None:
        return False
    return minutes_between(ticket.called_at, at) > limits.reinstate_minutes


def reinstate(change: Change, window: str, key: str) -> Json:
    change.allow(window)
    within_reach(change, window, change.desk.ticket(key))
    return change.answer(window, come_back(change, key, window))
