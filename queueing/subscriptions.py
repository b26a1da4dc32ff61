"""Where a ticket's holder is told while the page is closed: a mailbox at the maker of their browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast

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
    ticket, rows = change.desk.ticket(wanted.ticket), subscription_rows(change.desk)
    if ticket.state not in OPEN:
        raise PushTooLate(number=ticket.number)
    others = [each for each in rows.subscriptions(ticket.key) if each.endpoint != wanted.endpoint]
    for each in others[: max(0, len(others) + 1 - MOST)]:
        rows.unsubscribe(ticket.key, each.endpoint)
    rows.unsubscribe(ticket.key, wanted.endpoint)
    rows.subscribe(wanted)
    return {"told": True}


def unsubscribe(change: Change, ticket: str, endpoint: str | None = None) -> Json:
    subscription_rows(change.desk).unsubscribe(ticket, endpoint)
    return {"told": False}
