"""Who stands in which class and why: granted at the door, by a guide or by age; confirmed or refused.

The rule of one press: to serve somebody is to have seen them, so no press is needed to confirm. A clerk
who sees that a class was taken without ground presses once, and the ticket stands again where its holder
would have stood as a walk-in: nobody gains by a false choice, and nobody is punished for a mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from queueing.class_rules import WALK_IN, Grantor, TicketClass
from queueing.clock import Instant
from queueing.errors import ClassNotOffered, HallError
from queueing.identity import Person
from queueing.records import Json, Ticket
from queueing.states import next_state

if TYPE_CHECKING:
    from queueing.change import Change

APPOINTMENT = "appointment"
SEES_PEOPLE = frozenset({"guide", "supervisor", "administrator"})
"""Roles whose grant counts as a guide's."""

WAITING_AGAIN = {
    "window": None,
    "clerk": None,
    "called_at": None,
    "started_at": None,
    "held_at": None,
    "held_seconds": 0.0,
    "calls": 0,
}
"""What a ticket loses that goes back into the line."""


class NothingToConfirm(HallError):
    code = "nothing_to_confirm"
    sentence = "Ticket {number} is in a class that nobody has to confirm."


def grantor_of(role: str) -> Grantor:
    return "guide" if role in SEES_PEOPLE else "kiosk"


def is_granted(name: str, rule: TicketClass, grantor: Grantor) -> bool:
    """Whether that way leads into the class; everybody may walk in, an appointment is booked, not drawn."""
    return name == WALK_IN or grantor in rule.grantors


def must_be_granted(change: Change, name: str) -> None:
    """Raises UnknownClass, ClassNotOffered: this place doesn't give the class."""
    if not is_granted(name, change.plan.ticket_class(name), grantor_of(change.by.role)):
        raise ClassNotOffered(ticket_class=name)


def entitled_by_age(classes: Mapping[str, TicketClass], age: int | None) -> tuple[str, ...]:
    """The classes that somebody of that age gets by the card alone, the strongest first."""
    if age is None:
        return ()
    old_enough = [name for name, rule in classes.items() if "age" in rule.grantors and age >= rule.age]
    return tuple(sorted(old_enough, key=lambda name: (-classes[name].rate, -classes[name].head_start)))


def class_given(asked: str, person: Person | None) -> str:
    """The class asked for; who asked for none gets the one that their card gives."""
    entitled = person.entitled if person else ()
    return entitled[0] if asked == WALK_IN and entitled else asked


def seen_at_the_door(change: Change, name: str, person: Person | None) -> bool:
    """Whether the ground was seen when the number was given: on a card, or by the guide's own eyes."""
    if name == WALK_IN:
        return False
    return name in (person.entitled if person else ()) or change.by.role in SEES_PEOPLE


def is_open_question(classes: Mapping[str, TicketClass], ticket: Ticket) -> bool:
    """Whether a clerk may still say that the class isn't due."""
    rule = classes.get(ticket.ticket_class)
    return rule is not None and rule.confirm and not ticket.confirmed


def confirm(change: Change, window: str, expected: str | None) -> Json:
    """The clerk has seen the ground. Never needed in order to serve."""
    ticket = in_question(change, window, expected)
    return change.answer(window, change.move(ticket, "confirm_class", confirmed=True))


def refuse(change: Change, window: str, expected: str | None) -> Json:
    """The ticket goes back to its place among the walk-ins; the window is free."""
    ticket = in_question(change, window, expected)
    fields = {"ticket_class": WALK_IN, "line_at": walk_in_place(ticket), **WAITING_AGAIN}
    return change.answer(window, change.move(ticket, "refuse_class", window, **fields))


def in_question(change: Change, window: str, expected: str | None) -> Ticket:
    """The ticket at the window whose class may be refused; raises NothingToConfirm."""
    change.allow(window)
    ticket = change.current(window, expected)
    if not is_open_question(change.plan.classes, ticket):
        raise NothingToConfirm(number=ticket.number)
    return ticket


def walk_in_place(ticket: Ticket) -> Instant:
    """When it joined, or as much later as it lost by its own doing: by being away, or by a missed call."""
    if ticket.ticket_class == APPOINTMENT:
        return ticket.joined_at
    return max(ticket.joined_at, ticket.line_at)


def grant(change: Change, ticket: Ticket, name: str) -> Ticket:
    """A guide puts somebody who waits into another class, or back among the walk-ins; the place stays."""
    next_state(ticket.state, "grant_class", ticket.number)
    must_be_granted(change, name)
    line_at = walk_in_place(ticket)
    return change.move(ticket, "grant_class", ticket_class=name, line_at=line_at, confirmed=name != WALK_IN)


def granted_at(classes: Mapping[str, TicketClass], grantor: Grantor) -> Collection[str]:
    """The classes beside walk-ins that this place gives, in the order of the file."""
    return [name for name, rule in classes.items() if name != WALK_IN and is_granted(name, rule, grantor)]
