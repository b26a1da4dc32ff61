"""An appointment is a record of its own: booked, then checked in, missed or cancelled.

Its short day code is what is called in the end: at check-in a ticket is made whose number *is* the code, so
that nobody who booked takes a second number. Who booked lies apart and is purged; the log knows a commitment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, cast, get_args

from queueing.booking_errors import BookingOver
from queueing.clock import Instant
from queueing.store import Desk

BookingState = Literal["booked", "checked_in", "missed", "cancelled"]
BookingAction = Literal["move", "check_in", "miss", "cancel"]
Kind = Literal["phone", "resident", "other", "address"]
"""A telephone number, a document, or for strangers the network address that they booked from."""

DOCUMENTS: frozenset[Kind] = frozenset({"resident", "other"})
BOOKING_STATES: tuple[BookingState, ...] = get_args(BookingState)
BOOKING_ACTIONS: tuple[BookingAction, ...] = get_args(BookingAction)

NEXT_BOOKING_STATE: dict[tuple[BookingState, BookingAction], BookingState] = {
    ("booked", "move"): "booked",
    ("booked", "check_in"): "checked_in",
    ("booked", "miss"): "missed",
    ("booked", "cancel"): "cancelled",
}

TAKES_A_PLACE: tuple[BookingState, ...] = ("booked", "checked_in")


def next_booking_state(state: BookingState, action: BookingAction, code: str = "") -> BookingState:
    """The state that an action leads to; refuses with `BookingOver` what the table doesn't hold."""
    try:
        return NEXT_BOOKING_STATE[state, action]
    except KeyError:
        raise BookingOver(state=state, action=action, code=code) from None


@dataclass(frozen=True)
class Booking:
    """One appointment. `slot` is when its half hour begins; `placed_at` when this slot was chosen.

    `ticket` is the key of the visit that came of it. `seq` is the event that changed it last.
    """

    key: str
    code: str
    day: str
    service: str
    slot: Instant
    state: BookingState
    created_at: Instant
    placed_at: Instant
    language: str = "zh_Hans"
    origin: str = ""
    moved: int = 0
    ticket: str | None = None
    seq: int = 0


@dataclass(frozen=True)
class Known:
    """By what somebody is known again: a keyed hash and the last characters."""

    kind: Kind
    hash: str
    masked: str


@dataclass(frozen=True)
class Guest:
    """Who books, for the moment of booking. `phone` in full is kept only where reminders are sent to it."""

    known: tuple[Known, ...] = ()
    phone: str = field(default="", repr=False)

    @property
    def has_document(self) -> bool:
        return any(each.kind in DOCUMENTS for each in self.known)

    def by(self, kind: Kind) -> Known | None:
        return next((each for each in self.known if each.kind == kind), None)


@dataclass(frozen=True)
class Booker:
    """What is kept of who booked, apart from the booking, for some days."""

    booking: str
    kind: Kind
    person: str
    masked: str
    salt: str
    day: str


@dataclass(frozen=True)
class Reminded:
    """That a reminder of a slot was given out, so that it is given once."""

    booking: str
    slot: Instant
    name: str
    at: Instant


class BookingRows(Desk, Protocol):
    """What a storage does for appointments."""

    def booking(self, key: str) -> Booking:
        """Raises UnknownBooking."""
        ...

    def add_booking(self, booking: Booking) -> None: ...
    def replace_booking(self, was: Booking, now: Booking) -> None:
        """Raises BookingMoved when the stored one isn't `was` any more."""
        ...

    def booking_coded(self, day: str, code: str) -> Booking | None: ...
    def booking_of_ticket(self, ticket: str) -> Booking | None: ...
    def bookings_of(self, day: str) -> list[Booking]:
        """All of a day, in whatever state, by slot and code."""
        ...

    def bookings_between(self, first: str, last: str) -> list[Booking]:
        """All of these days, both included, by slot and code."""
        ...

    def booked_until(self, at: Instant) -> list[Booking]:
        """Those still *booked* whose slot begins no later than that, earliest first."""
        ...

    def add_booker(self, booker: Booker) -> None: ...
    def bookers(self, booking: str) -> list[Booker]: ...
    def bookings_by(self, persons: Sequence[str]) -> list[Booking]:
        """All appointments kept of these persons (keyed hashes), by slot."""
        ...

    def keep_phone(self, booking: str, phone: str, day: str) -> None: ...
    def phone_of(self, booking: str) -> str | None: ...
    def forget_phone_after(self, booking: str, day: str) -> None:
        """It is purged as if the appointment had been on that day."""
        ...

    def move_bookers(self, booking: str, day: str) -> None:
        """What is kept of who booked is purged by the new day."""
        ...

    def reminded(self, bookings: Sequence[str]) -> set[tuple[str, Instant, str]]:
        """(booking, slot, reminder's name) of what was given out for these."""
        ...

    def add_reminded(self, reminded: Reminded) -> None: ...


def booking_rows(desk: Desk) -> BookingRows:
    """The desk, seen as the keeper of appointments."""
    return cast(BookingRows, desk)
