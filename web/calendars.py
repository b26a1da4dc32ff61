"""An appointment as a file for the holder's own calendar (RFC 5545, by the `icalendar` library).

The `UID` is the appointment's own and stays when it is moved; `SEQUENCE` counts the changes, so a calendar
that has it already replaces it. A cancelled one is sent as a cancellation.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from queueing.bookings import Booking
from queueing.clock import moment, shifted
from web.booking_links import links
from web.context import here
from web.words import _, said_here

ALARM_BEFORE = timedelta(hours=2)


def calendar_of(booking: Booking) -> bytes:
    """The file, in the reader's language."""
    over = booking.state == "cancelled"
    calendar = Calendar()
    calendar.add("prodid", "-//service-hall//appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if over else "PUBLISH")
    calendar.add_component(_event(booking, over))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(booking: Booking, over: bool) -> Event:
    house, zone = here().house, ZoneInfo(here().house.hall.timezone)
    service = next(each for each in house.services if each.id == booking.service)
    event = Event()
    event.add("uid", f"{booking.key}@{house.hall.id}")
    event.add("sequence", booking.moved + over)
    event.add("dtstamp", moment(here().hall.now()))
    event.add("dtstart", moment(booking.slot).astimezone(zone))
    ends = shifted(booking.slot, minutes=house.bookings.slot_minutes)
    event.add("dtend", moment(ends).astimezone(zone))
    event.add("summary", f"{booking.code} {said_here(service.name)}")
    event.add("location", said_here(house.hall.name))
    event.add("description", _description(booking))
    event.add("url", links(booking.key)["url"])
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    if not over:
        event.add_component(_alarm(booking))
    return event


def _description(booking: Booking) -> str:
    rules = here().house.bookings
    return _(
        "Your code is %(code)s. Check in at the kiosk or on the appointment's page, from %(early)g minutes "
        "before until %(late)g minutes after the beginning. You take no second number.",
        code=booking.code, early=rules.early_minutes, late=rules.late_minutes,
    )  # fmt: skip


def _alarm(booking: Booking) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", booking.code)
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm
