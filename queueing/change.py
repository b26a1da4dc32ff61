"""One press on its way into the store: what it may touch, and the events it leaves."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from queueing.clock import Instant, business_day
from queueing.errors import NoTicket, NotYourWindow, TicketMoved, WindowBusy, WindowClosed, WindowPaused
from queueing.plan import Plan
from queueing.records import Event, Json, Press, Ticket, WindowState, changes, with_fields
from queueing.states import AT_WINDOW, Action, next_state
from queueing.store import Desk
from queueing.views import staff_ticket, window_view

MASTERS = frozenset({"supervisor", "administrator", "hall"})
"""Roles that may press at every window."""

NOTHING_TOLD = {"told_low": None, "told_high": None}
"""A range is told of one service: it says nothing of another one's line."""


def new_press() -> str:
    """An opaque name for one press; all its events carry it."""
    return secrets.token_hex(8)


@dataclass
class Change:
    """One change: the desk, the moment, who asks. Every move is checked by the table and logged."""

    desk: Desk
    plan: Plan
    at: Instant
    by: Press
    press: str = field(default_factory=new_press)
    facts: Json = field(default_factory=dict)
    """What the log keeps of this press's moves beside what they changed."""

    @property
    def day(self) -> str:
        """The business day of this change."""
        return business_day(self.at, self.plan.house.hall.timezone).isoformat()

    def log(self, action: str, ticket: Ticket | None, window: str | None, was: Json, now: Json) -> Event:
        """Records one event of this press."""
        shown = staff_ticket(ticket) if ticket else {}
        key = ticket.key if ticket else None
        return self.desk.record(
            Event(
                0, self.at, action, self.press, self.by.actor, key, window, was, now, shown,
                source=self.by.source,
            )
        )  # fmt: skip

    def note(self, action: str, facts: Json) -> Event:
        """Records something for the audit trail that moves nothing in the hall.

        Facts are codes, ids and numbers, never a name, a contact or free text: the log is kept for good.
        """
        return self.log(action, None, None, {}, facts)

    def move(self, ticket: Ticket, action: Action, at_window: str | None = None, **fields: Any) -> Ticket:
        """Moves a ticket by the table of states; raises Cannot or TicketMoved."""
        state = next_state(ticket.state, action, ticket.number)
        return self.put(ticket, with_fields(ticket, state=state, **fields), action, at_window)

    def put(self, was: Ticket, now: Ticket, action: str, at_window: str | None) -> Ticket:
        """Logs and keeps a ticket that changed."""
        left = was.window if was.state in AT_WINDOW else None
        before, after = changes(was, now)
        event = self.log(action, now, at_window or now.window or left, before, after | self.facts)
        kept = with_fields(now, seq=event.seq, **({} if now.service == was.service else NOTHING_TOLD))
        self.desk.replace_ticket(was, kept)
        return kept

    def set_window(self, was: WindowState, action: str, **fields: Any) -> WindowState:
        """Logs and keeps who sits at a window or which sign stands there."""
        now = with_fields(was, since=self.at, **fields)
        self.log(action, None, was.window, *changes(was, now))
        self.desk.set_window(now)
        return now

    def allow(self, window: str) -> WindowState:
        """The window's state, if the one who asks may press there; raises NotYourWindow, WindowClosed."""
        state = self.desk.window(self.plan.window(window).id)
        if self.by.role not in MASTERS and state.clerk != self.by.clerk:
            raise NotYourWindow(window=window)
        if state.state == "closed":
            raise WindowClosed(window=window)
        return state

    def allow_call(self, window: str) -> WindowState:
        """As `allow`, and the window is open and free."""
        state = self.allow(window)
        if state.state == "paused":
            raise WindowPaused(window=window)
        self.must_be_free(window)
        return state

    def must_be_free(self, window: str) -> None:
        """Raises WindowBusy while a ticket is called or served there."""
        held = self.desk.at_window(window)
        if held:
            raise WindowBusy(window=window, number=held.number)

    def current(self, window: str, expected: str | None) -> Ticket:
        """The ticket at the window; raises NoTicket, or TicketMoved when it isn't the expected one."""
        ticket = self.desk.at_window(window)
        if expected is not None and (ticket is None or ticket.key != expected):
            raise TicketMoved(number=self.desk.ticket(expected).number)
        if ticket is None:
            raise NoTicket(window=window)
        return ticket

    def answer(self, window: str, ticket: Ticket | None, previous: Ticket | None = None) -> Json:
        """What a terminal is told after its press."""
        at_window = self.desk.at_window(window)
        view = window_view(self.plan, self.desk.window(window), at_window)
        return {
            "ticket": staff_ticket(ticket) if ticket else None,
            "window": view,
            "previous": staff_ticket(previous) if previous else None,
            "seq": self.desk.seq(),
        }
