"""Who sits at which window, and the sign that stands there when nobody serves."""

from __future__ import annotations

from queueing.change import Change
from queueing.errors import BadRequest, FinishFirst, WindowTaken
from queueing.records import Json, WindowState

SIGNS = ("paused", "wait", "go_to")
NO_SIGN = {"pause_reason": None, "sign": None, "sign_window": None}


def sit(change: Change, window: str, take_over: bool = False) -> Json:
    """A clerk takes the seat: one clerk per window, one window per clerk."""
    state = change.desk.window(change.plan.window(window).id)
    if not change.by.clerk:
        raise BadRequest(message="Only a signed-in person can sit at a window.")
    if state.clerk == change.by.clerk:
        return change.answer(window, change.desk.at_window(window))
    if state.clerk and not take_over:
        raise WindowTaken(window=window, clerk=name_of(change, state.clerk))
    leave_other_window(change)
    change.set_window(state, "sit", clerk=change.by.clerk, state="open", **NO_SIGN)
    return change.answer(window, change.desk.at_window(window))


def name_of(change: Change, clerk: str) -> str:
    person = change.plan.person(clerk)
    return person.name.zh if person else clerk


def leave_other_window(change: Change) -> None:
    other = change.desk.window_of(change.by.clerk or "")
    if other:
        empty_seat(change, change.desk.window(other))


def empty_seat(change: Change, state: WindowState) -> WindowState:
    """Closes a window; refused while a ticket is called or served there."""
    ticket = change.desk.at_window(state.window)
    if ticket:
        raise FinishFirst(window=state.window, number=ticket.number)
    return change.set_window(state, "leave", clerk=None, state="closed", **NO_SIGN)


def leave(change: Change, window: str) -> Json:
    state = change.allow(window)
    empty_seat(change, state)
    return change.answer(window, None)


def pause(change: Change, window: str, reason: str, sign: str = "paused", go_to: str | None = None) -> Json:
    """Puts up a sign; a service that is running may be finished behind it."""
    state = change.allow(window)
    ticket = change.desk.at_window(window)
    if ticket and ticket.state == "called":
        raise FinishFirst(window=window, number=ticket.number)
    target = checked_sign(change, window, reason, sign, go_to)
    change.set_window(state, "pause", state="paused", pause_reason=reason, sign=sign, sign_window=target)
    return change.answer(window, ticket)


def checked_sign(change: Change, window: str, reason: str, sign: str, go_to: str | None) -> str | None:
    known = [pause.id for pause in change.plan.house.pauses]
    if reason not in known:
        raise BadRequest(message=f"A pause needs one of the reasons {', '.join(known)}, not {reason!r}.")
    if sign not in SIGNS:
        raise BadRequest(message=f"A sign is one of {', '.join(SIGNS)}, not {sign!r}.")
    if sign != "go_to":
        return None
    target = change.plan.window(go_to or "").id
    if target == window:
        raise BadRequest(message="A sign can't point to its own window.")
    return target


def reopen(change: Change, window: str) -> Json:
    """Takes the sign away."""
    state = change.allow(window)
    change.set_window(state, "open", state="open", **NO_SIGN)
    return change.answer(window, change.desk.at_window(window))
