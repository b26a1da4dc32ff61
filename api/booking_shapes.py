"""What the API says of appointments: the models behind the document."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from api.shapes import Instant, PublicTicket, TicketState, Words
from web.routes import Answer

BookingState = Literal["booked", "checked_in", "missed", "cancelled"]


class BookingTerms(Answer):
    """The hall's rules for appointments, in minutes."""

    lead_minutes: float
    early_minutes: float
    grace_minutes: float
    late_minutes: float
    slot_minutes: int
    phone_check_in: bool
    moves: int


class BookingOffer(Answer):
    """Which services can be booked, from which day to which, by which rules."""

    services: list[str]
    first_day: str
    last_day: str
    rules: BookingTerms


class FreeSlot(Answer):
    """A stretch in which one may come; `time` and `until` are on the hall's wall."""

    slot: Instant
    time: str
    until: str
    places: int
    left: int


class FreeDay(Answer):
    """A day's slots; none on a day when nobody serves the service."""

    day: str
    left: int
    slots: list[FreeSlot]


class FreeDays(Answer):
    """The days that were asked for, as far as they may be booked."""

    service: str
    days: list[FreeDay]


class BookingTimes(Answer):
    """An appointment and the times that count for it."""

    code: str = Field(description="What is called in the end; of the appointment's day alone")
    day: str
    service: str
    slot: Instant
    time: str
    until: str
    state: BookingState
    created_at: Instant
    moved: int
    moves_left: int
    opens: Instant = Field(description="Checking in is possible from then on")
    on_time_until: Instant = Field(description="Until then one stands in the line as of the slot")
    closes: Instant = Field(description="After that the appointment is missed")
    ticket: str | None = Field(description="The key of the ticket that came of it")


class OwnBooking(BookingTimes):
    """What the holder sees."""

    service_name: Words
    digits: str | None = Field(description="To be shown with the code where no telephone number was left")
    link: str
    url: str
    qr: str
    calendar: str


class StaffBooking(BookingTimes):
    """What the guide sees: of phone and document the last characters."""

    booking: str
    origin: str
    phone: str | None
    document: str | None
    ticket_state: TicketState | None
    served: bool = Field(description="False: nobody serves it at that time any more; tell who booked")


class BookedTicket(Answer):
    """The ticket whose number is the code, and what taking a number tells; `late`: minutes after the slot."""

    ticket: PublicTicket
    joined_at: Instant
    service: str
    ahead: int
    low: int | None
    high: int | None
    link: str
    url: str
    qr: str
    digits: str
    late: int


class Booked(Answer):
    """The appointment after a change; after a check-in in time with its ticket."""

    booking: OwnBooking
    ticket: BookedTicket | None
    seq: int


class DeskBookings(Answer):
    """A day's appointments by slot."""

    day: str
    bookings: list[StaffBooking]


class BookingCount(Answer):
    """Of a service: who didn't come (`missed`), and apart from that who came and missed the call."""

    service: str
    booked: int
    checked_in: int
    missed: int
    cancelled: int
    no_show: int


class BookingCounts(Answer):
    """From one day to another, both included."""

    rows: list[BookingCount]


class CalendarFile(Answer):
    """An iCalendar file; the view gives the whole response."""

    kinds: ClassVar[tuple[str, ...]] = ("text/calendar",)
