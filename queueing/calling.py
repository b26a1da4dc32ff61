"""Presses that bring somebody to a window: next, this one, again."""

from __future__ import annotations

from collections.abc import Mapping

from queueing.change import Change
from queueing.errors import NobodyWaiting, NotServedHere
from queueing.records import Json, Ticket
from queueing.turns import Head, next_head


def heads_at(change: Change, window: str) -> list[Head[Ticket]]:
    """The heads of every line that the window may call from, with its reluctances."""
    taken: Mapping[str, float] = change.plan.reluctances[window]
    tickets = change.desk.heads(tuple(taken), tuple(change.plan.classes), window, change.at)
    return [Head(t, 0.0 if t.direct_window == window else taken.get(t.service, 0.0)) for t in tickets]


def pick(change: Change, window: str) -> Ticket | None:
    """The ticket whose turn it is at this window, by the turn rule."""
    head = next_head(heads_at(change, window), change.plan.classes, change.at)
    return head.ticket if head else None


def bring(change: Change, window: str, ticket: Ticket) -> Ticket:
    """Calls a ticket to a window that is free."""
    clerk = change.desk.window(window).clerk
    return change.move(
        ticket, "call", window, window=window, clerk=clerk, called_at=change.at, calls=ticket.calls + 1,
        not_before=None,
    )  # fmt: skip


def call_next(change: Change, window: str) -> Json:
    change.allow_call(window)
    ticket = pick(change, window)
    if ticket is None:
        raise NobodyWaiting(window=window)
    return change.answer(window, bring(change, window, ticket))


def call_this(change: Change, window: str, key: str) -> Json:
    """Out of turn, by the clerk's own choice; the event says so."""
    change.allow_call(window)
    ticket = change.desk.ticket(key)
    if ticket.direct_window != window and not change.plan.serves(window, ticket.service):
        raise NotServedHere(window=window, service=change.plan.service(ticket.service).name.zh)
    change.facts = {"chosen": True}
    return change.answer(window, bring(change, window, ticket))


def recall(change: Change, window: str, expected: str | None) -> Json:
    change.allow(window)
    ticket = change.current(window, expected)
    return change.answer(window, change.move(ticket, "recall", calls=ticket.calls + 1))
