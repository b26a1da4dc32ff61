"""What a hook is told of appointments: made, moved, cancelled, a reminder, missed.

Whoever sends text messages is told here, with the telephone number, which nobody else is ever told and which
is kept only while a hook asks for any of these by name.
"""

from __future__ import annotations

from queueing.booking_views import clock_times
from queueing.bookings import booking_rows
from queueing.records import Event, Json
from queueing.reminding import REMIND
from queueing.signal_rules import Hook, SignalEvent
from queueing.store import Desk
from web.booking_links import page_of
from web.context import Built
from web.spoken import spoken

OF_BOOKINGS: dict[str, SignalEvent] = {
    "book": "booking.made",
    "move_booking": "booking.moved",
    "cancel_booking": "booking.cancelled",
    "miss_booking": "booking.missed",
    REMIND: "booking.reminder",
}
"""By the log's own word."""


def told_of_booking(built: Built, hook: Hook, event: Event) -> list[Json]:
    """The message of an event of an appointment, for a hook that wants it."""
    name = OF_BOOKINGS.get(event.action)
    if name is None or name not in hook.events:
        return []
    told = built.store.look(lambda desk: _message(built, desk, event, name))
    return [told] if told else []


def _message(built: Built, desk: Desk, event: Event, name: SignalEvent) -> Json | None:
    """A reminder of what was moved or cancelled meanwhile is told to nobody."""
    booking = booking_rows(desk).booking(event.after["booking"])
    if name == "booking.reminder" and (booking.state, booking.slot) != ("booked", event.after["slot"]):
        return None
    hall, service = built.hall, built.hall.plan.service(booking.service)
    return {
        "hall": hall.house.hall.id,
        "id": f"{hall.house.hall.id}-{event.seq}",
        "event": name,
        "at": event.at,
        "pager": None,
        "code": booking.code,
        "day": booking.day,
        **clock_times(hall, booking.slot),
        "service": booking.service,
        "service_name": spoken(service.name),
        "state": booking.state,
        "phone": booking_rows(desk).phone_of(booking.key),
        "language": booking.language,
        "link": page_of(booking.key, built),
    }
