"""Appointments: slots for everybody, made by anybody, looked after at the desk, checked in at the kiosk."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from api.blueprint import blueprint
from api.booking_shapes import (
    Booked,
    BookingCounts,
    BookingOffer,
    DeskBookings,
    FreeDays,
    OwnBooking,
    StaffBooking,
)
from api.shapes import Day, Moment
from api.tickets import Language
from queueing import booking_views
from queueing.clock import instant
from web.booking import MOST_DAYS, desk_row, desk_rows, found, free_answer, make, offered, own_of, told
from web.booking_links import DIGITS, booking_of
from web.context import here, the_hall
from web.idempotency import the_press
from web.identities import Shown
from web.routes import Answered, Body, Nothing, endpoint

Digits = Annotated[str, StringConstraints(pattern=rf"^[0-9]{{{DIGITS}}}$")]
Code = Annotated[str, StringConstraints(pattern=r"^\s*[A-Za-z]{1,3}[0-9]{1,5}\s*$")]
NOT_FREE = ("unknown_service", "not_bookable", "slot_not_open", "slot_full")
OVER = ("unknown_booking", "booking_over")


class SlotsOf(Body):
    """A service; from today on when no day is named."""

    service: str
    first: Day | None = None
    days: int = Field(default=7, ge=1, le=MOST_DAYS)


class BookingWish(Body):
    """A place in a slot. How little is kept of telephone number and document is told in docs/bookings.md."""

    service: str
    slot: Moment
    phone: str = Field(default="", max_length=40, repr=False)
    identity: Shown | None = None
    language: Language = "zh_Hans"


class Elsewhen(Body):
    """Another slot."""

    slot: Moment


class CodeAndDigits(Body):
    """The code, its day (today when none is named) and the last four digits of the telephone number."""

    code: Code
    digits: Digits
    day: Day | None = None


class CheckInBody(Body):
    """The code with its digits, or the link (or its last word alone) as a reader of codes types it."""

    code: Code | None = None
    digits: Digits | None = None
    token: str | None = Field(default=None, max_length=300)


class OnDay(Body):
    """Today when none is named."""

    day: Day | None = None


class FromTo(Body):
    """Both included; today when none is named."""

    first: Day | None = None
    last: Day | None = None


@endpoint(blueprint, "GET", "/bookings/offered", gives=BookingOffer)
def booking_offer() -> Answered:
    """Which services can be booked, and the rules."""
    return offered()


@endpoint(
    blueprint, "GET", "/bookings/slots", gives=FreeDays, query=SlotsOf,
    refuses=("unknown_service", "not_bookable"),
)  # fmt: skip
def free_slots(query: SlotsOf) -> Answered:
    """Days and half hours of a service with the places that are left."""
    first = query.first.isoformat() if query.first else None
    return free_answer(query.service, first, query.days)


@endpoint(
    blueprint, "POST", "/bookings", takes=BookingWish, gives=Booked, status=201,
    refuses=(
        *NOT_FREE,
        *("phone_needed", "not_a_phone", "too_many_bookings", "booking_blocked"),
        *("too_many", "enough_from_here"),
        *("identity_needed", "identity_not_asked", "not_a_document_number", "document_not_taken"),
    ),
)  # fmt: skip
def book(body: BookingWish) -> Answered:
    """Make an appointment; `near` of *slot_full* names free slots instead."""
    wish = (body.service, instant(body.slot), body.phone, body.identity, body.language)
    return make(*wish, by=the_press())


@endpoint(
    blueprint, "POST", "/bookings/find", takes=CodeAndDigits, gives=OwnBooking,
    refuses=("unknown_booking", "throttled", "too_many"),
)  # fmt: skip
def find_booking(body: CodeAndDigits) -> Answered:
    """Find an appointment again by its code and the end of the telephone number."""
    return own_of(found(_day(body.day), body.code, body.digits))


@endpoint(
    blueprint, "POST", "/bookings/check_in", takes=CheckInBody, gives=Booked,
    refuses=(*OVER, "too_early", "throttled", "too_many"),
)  # fmt: skip
def check_in_here(body: CheckInBody) -> Answered:
    """Check in at the kiosk: no second number; who comes too late gets no ticket, and may take one."""
    if body.token is not None:
        key = booking_of(body.token.strip().rpartition("/")[2])
    else:
        key = found(_day(None), body.code or "", body.digits or "")
    return told(here().appointments.check_in(booking=key, by=the_press()))


@endpoint(blueprint, "GET", "/bookings", gives=DeskBookings, query=OnDay)
def bookings_of_day(query: OnDay) -> Answered:
    """A day's appointments, as the guide sees them."""
    day = _day(query.day)
    return {"day": day, "bookings": desk_rows(day)}


@endpoint(blueprint, "GET", "/bookings/counts", gives=BookingCounts, query=FromTo)
def booking_counts(query: FromTo) -> Answered:
    """Who came, who didn't, who cancelled, by service."""
    first, last = _day(query.first), _day(query.last)
    return {"rows": here().store.look(lambda desk: booking_views.counts(desk, first, last))}


@endpoint(
    blueprint, "GET", "/bookings/<booking>", gives=StaffBooking, refuses=("unknown_booking",)
)  # fmt: skip
def one_booking(booking: str) -> Answered:
    """One appointment, as the guide sees it."""
    return desk_row(booking)


@endpoint(
    blueprint, "POST", "/bookings/<booking>/move", takes=Elsewhen, gives=Booked, refuses=(*OVER, *NOT_FREE)
)
def move_booking(booking: str, body: Elsewhen) -> Answered:
    """Another slot, at the desk."""
    return told(here().appointments.move(booking=booking, slot=instant(body.slot), by=the_press()))


@endpoint(blueprint, "POST", "/bookings/<booking>/cancel", takes=Nothing, gives=Booked, refuses=OVER)
def cancel_booking(booking: str, body: Nothing) -> Answered:
    """Give the place back, at the desk."""
    return told(here().appointments.cancel(booking=booking, by=the_press()))


@endpoint(
    blueprint, "POST", "/bookings/<booking>/check_in", takes=Nothing, gives=Booked,
    refuses=(*OVER, "too_early"),
)  # fmt: skip
def check_in_at_desk(booking: str, body: Nothing) -> Answered:
    """Check somebody in who stands at the desk."""
    return told(here().appointments.check_in(booking=booking, by=the_press()))


def _day(day: date | None) -> str:
    return day.isoformat() if day else the_hall().day(the_hall().now())
