"""Where a ticket's holder is told while the page is closed: a mailbox at the maker of their browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, cast

from queueing.bookings import booking_rows
from queueing.change import Change
from queueing.clock import Instant
from queueing.errors import HallError
from queueing.records import Json
from queueing.states import OPEN
from queueing.store import Desk

MOST = 2
"""A ticket's page may be open on two phones; a third takes the place of the first."""


class PushTooLate(HallError):
    code = "push_too_late"
    sentence = "Ticket {number} isn't open any more."


@dataclass(frozen=True)
class Subscription:
    """One mailbox, the keys with which a message is sealed for it, and the language it is read in."""

    ticket: str
    endpoint: str
    p256dh: str
    auth: str
    language: str
    at: Instant


class SubscriptionRows(Desk, Protocol):
    """What a storage does for them."""

    def subscriptions(self, ticket: str) -> list[Subscription]:
        """The oldest first."""
        ...

    def subscribe(self, subscription: Subscription) -> None: ...
    def unsubscribe(self, ticket: str, endpoint: str | None = None) -> None:
        """This one, or all of the ticket."""
        ...


def subscription_rows(desk: Desk) -> SubscriptionRows:
    """The desk, seen as the keeper of subscriptions."""
    return cast(SubscriptionRows, desk)


def subscribe(change: Change, wanted: Subscription) -> Json:
    """Kept beside an open ticket; nothing of it goes into the log."""
    ticket = change.desk.ticket(wanted.ticket)
    if ticket.state not in OPEN:
        raise PushTooLate(number=ticket.number)
    return kept(subscription_rows(change.desk), wanted)


def subscribe_booking(change: Change, wanted: Subscription) -> Json:
    """The same beside an appointment that is still to come, until after its slot."""
    booking = booking_rows(change.desk).booking(wanted.ticket)
    if booking.state != "booked":
        raise PushTooLate(number=booking.code)
    return kept(subscription_rows(change.desk), replace(wanted, at=booking.slot))


def kept(rows: SubscriptionRows, wanted: Subscription) -> Json:
    """With the newest of the others that there is room for."""
    others = [each for each in rows.subscriptions(wanted.ticket) if each.endpoint != wanted.endpoint]
    for each in others[: max(0, len(others) + 1 - MOST)]:
        rows.unsubscribe(wanted.ticket, each.endpoint)
    rows.unsubscribe(wanted.ticket, wanted.endpoint)
    rows.subscribe(wanted)
    return {"told": True}


def follow_booking(change: Change, booking: str, ticket: str | None) -> Json:
    """Who checked in goes on being told, now of the ticket; a moved appointment is kept for longer."""
    rows = subscription_rows(change.desk)
    for each in rows.subscriptions(booking):
        if ticket is None:
            kept(rows, replace(each, at=booking_rows(change.desk).booking(booking).slot))
        else:
            kept(rows, replace(each, ticket=ticket, at=change.at))
    if ticket is not None:
        rows.unsubscribe(booking)
    return {}


def unsubscribe(change: Change, ticket: str, endpoint: str | None = None) -> Json:
    subscription_rows(change.desk).unsubscribe(ticket, endpoint)
    return {"told": False}
