"""The own appointment by its signed link: look, move, cancel, check in, take it along in a calendar."""

from __future__ import annotations

from flask import Response

from api.blueprint import blueprint
from api.booking_shapes import Booked, CalendarFile, OwnBooking
from api.bookings import NOT_FREE, OVER, Elsewhen
from queueing.bookings import booking_rows
from queueing.clock import instant
from queueing.records import Press
from web.booking import own_by, told
from web.booking_links import booking_of
from web.calendars import calendar_of
from web.context import here
from web.idempotency import the_press_as
from web.routes import Answered, Nothing, endpoint


def pressed(booking: str) -> Press:
    """The holder's press; staff stay staff even there."""
    return the_press_as(f"booking:{booking}")


@endpoint(blueprint, "GET", "/b/<visit>", gives=OwnBooking, refuses=("unknown_booking",))
def own_booking(visit: str) -> Answered:
    """The appointment and the times that count for it."""
    return own_by(visit)


@endpoint(blueprint, "GET", "/b/<visit>/calendar.ics", gives=CalendarFile, refuses=("unknown_booking",))
def own_calendar(visit: str) -> Answered:
    """The appointment as a file for a calendar; a moved one replaces the one before."""
    key = booking_of(visit)
    found = here().store.look(lambda desk: booking_rows(desk).booking(key))
    answer = Response(calendar_of(found), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    return answer


@endpoint(
    blueprint, "POST", "/b/<visit>/move", takes=Elsewhen, gives=Booked,
    refuses=(*OVER, *NOT_FREE, "moved_enough"),
)  # fmt: skip
def move_own(visit: str, body: Elsewhen) -> Answered:
    """Another slot; the code changes with the day only."""
    key = booking_of(visit)
    return told(here().appointments.move(booking=key, slot=instant(body.slot), by=pressed(key)))


@endpoint(blueprint, "POST", "/b/<visit>/cancel", takes=Nothing, gives=Booked, refuses=OVER)
def cancel_own(visit: str, body: Nothing) -> Answered:
    """Give the place back."""
    key = booking_of(visit)
    return told(here().appointments.cancel(booking=key, by=pressed(key)))


@endpoint(
    blueprint, "POST", "/b/<visit>/check_in", takes=Nothing, gives=Booked,
    refuses=(*OVER, "too_early", "check_in_there"),
)  # fmt: skip
def check_in_own(visit: str, body: Nothing) -> Answered:
    """Check in on the phone; who comes too late gets no ticket, and may take a number in the hall."""
    key = booking_of(visit)
    return told(here().appointments.check_in(booking=key, from_afar=True, by=pressed(key)))
