"""How appointments look from outside: to who holds the link, and to staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from queueing.appointments import terms_of
from queueing.bookings import DOCUMENTS, Booker, Booking, booking_rows
from queueing.clock import Instant, local, shifted
from queueing.records import Json
from queueing.store import Desk

if TYPE_CHECKING:
    from queueing.free_slots import FreeSlots
    from queueing.hall import Hall

OWN = ("code", "day", "service", "slot", "state", "created_at", "moved")


def own_booking(hall: Hall, booking: Booking) -> Json:
    """What the holder of the link may know, with the times that count."""
    rules, terms = hall.house.bookings, terms_of(hall.house.bookings, booking.slot)
    told = {name: getattr(booking, name) for name in OWN} | asdict(terms)
    left = max(0, rules.moves - booking.moved) if booking.state == "booked" else 0
    return told | clock_times(hall, booking.slot) | {"moves_left": left, "ticket": booking.ticket}


def clock_times(hall: Hall, slot: Instant) -> Json:
    """A slot as the hall's wall clock shows it."""
    zone = hall.house.hall.timezone
    ends = shifted(slot, minutes=hall.house.bookings.slot_minutes)
    return {"time": f"{local(slot, zone):%H:%M}", "until": f"{local(ends, zone):%H:%M}"}


def staff_booking(hall: Hall, free: FreeSlots, desk: Desk, booking: Booking) -> Json:
    """What the guide sees: never a whole number of a phone or a document."""
    masked = known_by(booking_rows(desk).bookers(booking.key))
    ticket = desk.ticket(booking.ticket) if booking.ticket else None
    told = own_booking(hall, booking) | {"booking": booking.key, "origin": booking.origin} | masked
    return told | {"ticket_state": ticket.state if ticket else None, "served": free.is_served(booking)}


def known_by(bookers: Sequence[Booker]) -> Json:
    """The last characters of the phone number and of the document."""
    phone = next((each.masked for each in bookers if each.kind == "phone"), None)
    document = next((each.masked for each in bookers if each.kind in DOCUMENTS), None)
    return {"phone": phone, "document": document}


def bookings_of(hall: Hall, free: FreeSlots, desk: Desk, day: str) -> list[Json]:
    """All appointments of a day as the guide sees them, by slot."""
    return [staff_booking(hall, free, desk, each) for each in booking_rows(desk).bookings_of(day)]


def counts(desk: Desk, first: str, last: str) -> list[Json]:
    """Per service: who came, who didn't, who cancelled; apart from that, who came and missed the call."""
    found: dict[str, Json] = {}
    for each in booking_rows(desk).bookings_between(first, last):
        blank = {"service": each.service} | dict.fromkeys(COUNTED, 0)
        row = found.setdefault(each.service, blank)
        row[each.state] += 1
        row["no_show"] += bool(each.ticket) and desk.ticket(each.ticket or "").state == "no_show"
    return list(found.values())


COUNTED = ("booked", "checked_in", "missed", "cancelled", "no_show")
