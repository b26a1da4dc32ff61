"""A clerk's presses at a window: one route for each button, one method of the hall for each route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field, StrictBool

from api.blueprint import blueprint
from api.shapes import Instant, StaffTicket, WindowView
from queueing.records import Json
from web.context import the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Nothing, TicketKey, View, endpoint

Outcome = Literal["done", "more_needed", "referred", "withdrawn"]


class MaybeTicket(Body):
    """The ticket the clerk was looking at; another one at the window is then refused."""

    ticket: TicketKey | None = None


class ThisTicket(Body):
    """The ticket that is meant."""

    ticket: TicketKey


class Finish(MaybeTicket):
    """How the service ended."""

    outcome: Outcome = "done"


class Transfer(MaybeTicket):
    """Where to: a service's line, or one window's own line."""

    service: str | None = None
    window: str | None = None


class Sit(Body):
    """Sit down; `take_over` when the other clerk has agreed."""

    take_over: StrictBool = False


class SignBody(Body):
    """What those who come are told."""

    kind: Literal["paused", "wait", "go_to"] = "paused"
    window: str | None = None


class Pause(Body):
    """Why the clerk leaves, and the sign that is put up."""

    reason: str
    sign: SignBody = Field(default_factory=SignBody)


class PressAnswer(Answer):
    """What a terminal is told after its press."""

    ticket: StaffTicket | None
    window: WindowView
    previous: StaffTicket | None
    seq: int
    undo_until: Instant | None


BUTTONS: tuple[tuple[str, type[Body], str, tuple[str, ...]], ...] = (
    ("call_next", Nothing, "Call the ticket whose turn it is.", ("nobody_waiting", "window_busy")),
    ("call", ThisTicket, "Call this ticket, out of turn.", ("not_served_here", "window_busy")),
    ("recall", MaybeTicket, "Call the same ticket again.", ("no_ticket", "ticket_moved", "cannot")),
    ("serve", MaybeTicket, "The citizen is here: begin.", ("no_ticket", "ticket_moved", "cannot")),
    ("finish", Finish, "The service has ended.", ("no_ticket", "ticket_moved", "cannot")),
    ("finish_and_next", Finish, "End the service, call the next.", ("ticket_moved", "cannot")),
    ("mark_no_show", MaybeTicket, "The citizen didn't come.", ("no_ticket", "ticket_moved", "cannot")),
    ("hold", MaybeTicket, "Set the service aside for a while.", ("no_ticket", "ticket_moved", "cannot")),
    ("resume", ThisTicket, "Go on with a service set aside.", ("window_busy", "not_served_here", "cannot")),
    ("transfer", Transfer, "Send the ticket to another line.", ("no_ticket", "ticket_moved", "cannot")),
    ("postpone", ThisTicket, "Move a waiting ticket some places back.", ("ticket_moved", "cannot")),
    (
        *("reinstate", ThisTicket, "Let a no-show wait again."),
        ("too_many_reinstatements", "return_too_late", "cannot"),
    ),
    ("confirm_class", MaybeTicket, "The ground of the class was seen.", ("nothing_to_confirm", "cannot")),
    ("refuse_class", MaybeTicket, "Not entitled: back among the walk-ins.", ("nothing_to_confirm", "cannot")),
    ("undo", Nothing, "Take the last press back.", ("nothing_to_undo", "undo_too_late", "undo_moved_on")),
    ("sit", Sit, "Sit down at the window.", ("window_taken", "finish_first")),
    ("leave", Nothing, "Leave the window; it closes.", ("finish_first",)),
    ("pause", Pause, "Put up a sign.", ("window_closed",)),
    ("open", Nothing, "Take the sign down.", ("window_closed",)),
)
EVERYWHERE = ("unknown_window", "not_your_window")


def button(name: str, summary: str) -> View:
    """The view of one button: the path's window, the body's words, the hall's method of that name."""

    def pressed(window: str, body: Body) -> Answered:
        press: Callable[..., Json] = getattr(the_hall(), name)
        return press(window=window, **said(body), by=the_press())

    pressed.__name__, pressed.__doc__ = name, summary
    return pressed


def said(body: Body) -> Json:
    """The body's members under the names of the hall's arguments."""
    if isinstance(body, Pause):
        return {"reason": body.reason, "sign": body.sign.kind, "go_to": body.sign.window}
    if isinstance(body, Transfer):
        return {"ticket": body.ticket, "service": body.service, "to_window": body.window}
    return body.model_dump()


for _name, _takes, _summary, _refuses in BUTTONS:
    endpoint(
        blueprint, "POST", f"/windows/<window>/{_name}",
        takes=_takes, gives=PressAnswer, refuses=EVERYWHERE + _refuses, short=True,
    )(button(_name, _summary))  # fmt: skip
