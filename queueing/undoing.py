"""Taking back the last press at a window: recorded as events of its own, never erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queueing.change import Change
from queueing.clock import Instant, minutes_between, shifted
from queueing.errors import DayOver, NothingToUndo, SeatChanged, UndoMovedOn, UndoTooLate
from queueing.limit_rules import Limits
from queueing.records import Event, Json, Ticket, WindowState

UNDOABLE = (
    "call", "recall", "serve", "finish", "mark_no_show", "hold", "resume", "transfer", "postpone",
    "reinstate", "confirm_class", "refuse_class",
)  # fmt: skip


def undo_until(events: Sequence[Event], seat: WindowState, limits: Limits) -> Instant | None:
    """Until when the newest press may be taken back; None without one, or since the seat changed."""
    if not events or events[-1].action not in UNDOABLE or seat_changed(seat, events):
        return None
    return shifted(events[0].at, seconds=limits.undo_seconds)


def undo(change: Change, window: str) -> Json:
    """Restores every ticket of the whole last press, unless one has moved on or been rated since."""
    state = change.allow(window)
    events = change.desk.last_press_at(window)
    if not events or events[-1].action not in UNDOABLE:
        raise NothingToUndo(window=window)
    limits = change.plan.house.limits
    if 60.0 * minutes_between(events[0].at, change.at) > limits.undo_seconds:
        raise UndoTooLate(window=window, seconds=round(limits.undo_seconds))
    if seat_changed(state, events):
        raise SeatChanged(window=window)
    latest = {event.ticket: event for event in events}
    still = {key: still_there(change, event) for key, event in latest.items()}
    for event in reversed(events):
        still[event.ticket] = restore(change, still[event.ticket], event, window)
    return change.answer(window, change.desk.at_window(window))


def seat_changed(seat: WindowState, events: Sequence[Event]) -> bool:
    """Whether somebody sat down, left, or moved the sign after the press."""
    return seat.since is not None and seat.since > events[0].at


def still_there(change: Change, event: Event) -> Ticket:
    """The ticket as the press left it; raises UndoMovedOn."""
    ticket = change.desk.ticket(event.ticket or "")
    if ticket.day != change.day:
        raise DayOver(number=ticket.number)
    if ticket.seq != event.seq or change.desk.is_rated(ticket.key):
        raise UndoMovedOn(number=ticket.number)
    return ticket


def restore(change: Change, ticket: Ticket, event: Event, window: str) -> Ticket:
    """Puts back what the event had changed."""
    return change.put(ticket, replace(ticket, **event.before), "undo", window)
