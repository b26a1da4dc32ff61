"""What the API and the pages both do with appointments: offer, make, find, change and check in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from hmac import compare_digest

from flask import request

from queueing import booking_views
from queueing.bookers import known_by_address, known_by_phone, phone_of
from queueing.booking_errors import UnknownBooking
from queueing.bookings import Booking, Guest, Known, booking_rows
from queueing.clock import Instant
from queueing.records import Json, Press
from queueing.slots import SlotDay
from queueing.store import Desk
from queueing.tries import SOFT, STRICT, Patience, guesser_at, network_of, take_try
from web.asking import who
from web.booking_links import booking_of, digits_of, links
from web.context import here, the_hall
from web.identities import Shown, person_for
from web.links import with_link
from web.rates import few_lookups
from web.sessions import by_the_door, real_now, rows
from web.spoken import spoken

DOOR, NAMED = "code", "appointment"
"""Their tries are counted at the door of codes, under names of their own."""
MOST_DAYS = 31


def offered() -> Json:
    """Which services can be booked, and the rules that people are told."""
    hall = the_hall()
    today = date.fromisoformat(hall.day(hall.now()))
    rules = hall.house.bookings
    return {
        "services": list(here().appointments.free.services),
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=rules.days_ahead)).isoformat(),
        "rules": {
            "lead_minutes": rules.lead_minutes,
            "early_minutes": rules.early_minutes,
            "grace_minutes": rules.grace_minutes,
            "late_minutes": rules.late_minutes,
            "slot_minutes": rules.slot_minutes,
            "phone_check_in": rules.phone_check_in,
            "moves": rules.moves,
        },
    }


def free_days(service: str, first: str | None, days: int) -> list[SlotDay]:
    """The days of a service with their slots; UnknownService, NotBookable."""
    hall, free, lead = the_hall(), here().appointments.free, not knows_people()
    at = hall.now()
    since = first or hall.day(at)
    return here().store.look(lambda desk: free.days(desk, service, since, min(days, MOST_DAYS), at, lead))


def free_answer(service: str, first: str | None, days: int) -> Json:
    """The same as the API and the pages show it."""
    found_days = free_days(service, first, days)
    return {"service": service, "days": [asdict(day) | {"left": day.left} for day in found_days]}


def knows_people() -> bool:
    """Whether the desk asks, where no time must lie before a slot."""
    return who().role in ("guide", "supervisor", "administrator")


def guest_of(service: str, phone: str, shown: Shown | None) -> Guest:
    """From what was typed to what may be kept; NotAPhone, IdentityNotAsked, NotADocumentNumber, …"""
    known: list[Known] = []
    plain = phone_of(phone) if phone.strip() else ""
    if plain:
        known.append(known_by_phone(plain, here().identity_key))
    person = person_for(service, shown)
    if person is not None:
        known.append(Known(person.document, person.hash, person.masked))
    if who().role == "visitor":
        known.append(known_by_address(network_of(request.remote_addr or ""), here().identity_key))
    return Guest(tuple(known), plain if phones_are_told() else "")


def phones_are_told() -> bool:
    """Whether somebody is told of appointments who may write to phones; else no number is kept in full."""
    told_of = {event for hook in here().house.signals.hooks for event in hook.events}
    return any(event.startswith("booking.") for event in told_of)


def make(service: str, slot: Instant, phone: str, shown: Shown | None, language: str, by: Press) -> Json:
    """A new appointment with its links."""
    few_lookups("book", here().house.bookings.per_minute)
    made = here().appointments.book(
        service=service, slot=slot, guest=guest_of(service, phone, shown), language=language,
        origin=by.actor, by=by,
    )  # fmt: skip
    return told(made)


def told(done: Json) -> Json:
    """The answer to a change, with the appointment as its holder sees it now and the ticket's links."""
    booking = Booking(**done["booking"])
    issued = with_link(done) if done["ticket"] else None
    return {"booking": own(booking), "ticket": issued and ticket_of(issued), "seq": done["seq"]}


def ticket_of(issued: Json) -> Json:
    """What taking a number tells."""
    names = ("ticket", "joined_at", "service", "ahead", "low", "high", "link", "url", "qr", "digits", "late")
    return {name: issued[name] for name in names}


def own(booking: Booking) -> Json:
    """The appointment for its holder, with what proves at the kiosk that it is theirs."""
    bookers = here().store.look(lambda desk: booking_rows(desk).bookers(booking.key))
    by_phone = any(each.kind == "phone" for each in bookers)
    names = {"service_name": spoken(the_hall().plan.service(booking.service).name)}
    proof = {"digits": None if by_phone else digits_of(booking.key)}
    return booking_views.own_booking(the_hall(), booking) | names | proof | links(booking.key)


def own_of(key: str) -> Json:
    """The same by its key; UnknownBooking."""
    return own(here().store.look(lambda desk: booking_rows(desk).booking(key)))


def own_by(visit: str) -> Json:
    """The same by the link's word; UnknownBooking."""
    return own_of(booking_of(visit))


def found(day: str, code: str, digits: str) -> str:
    """The key of the appointment whose holder shows code and digits; guessing is slow. UnknownBooking."""
    few_lookups("find_booking", here().house.bookings.per_minute)
    booking = here().store.look(lambda desk: booking_rows(desk).booking_coded(day, code.strip().upper()))
    guards = _guards(booking)
    at = real_now()

    def tried(desk: Desk) -> Json:
        for name, patience in guards:
            take_try(rows(desk), DOOR, name, at, patience)
        return {}

    here().store.change(tried, by_the_door("booking"))
    if booking is None or not compare_digest(_proof(booking), digits.encode()):
        raise UnknownBooking
    _forgive(booking, guards)
    return booking.key


def _guards(booking: Booking | None) -> tuple[tuple[str, Patience], ...]:
    """An address by itself, one appointment from one address, one appointment from everywhere."""
    network = guesser_at(NAMED, network_of(request.remote_addr or ""))
    if booking is None:
        return ((network, SOFT),)
    return ((network, SOFT), (guesser_at(booking.key, network), STRICT), (booking.key, SOFT))


def _forgive(booking: Booking, guards: tuple[tuple[str, Patience], ...]) -> None:
    """The right proof; in the hall itself, where one stands behind the other, also for the kiosk."""
    forgiven = [name for name, _ in guards[0 if who().device or who().loopback else 1 :]]

    def forget(desk: Desk) -> Json:
        for name in forgiven:
            rows(desk).forget_tries(DOOR, name)
        return {}

    here().store.change(forget, by_the_door("booking"))


def _proof(booking: Booking) -> bytes:
    """The last digits of the phone, or what the slip says where there was none."""
    bookers = here().store.look(lambda desk: booking_rows(desk).bookers(booking.key))
    phone = next((each.masked for each in bookers if each.kind == "phone"), "")
    return (phone[-4:] or digits_of(booking.key)).encode()


def desk_rows(day: str) -> list[Json]:
    """A day's appointments for the guide."""
    hall, free = the_hall(), here().appointments.free
    return here().store.look(lambda desk: booking_views.bookings_of(hall, free, desk, day))


def desk_row(key: str) -> Json:
    """One of them; UnknownBooking."""
    hall, free = the_hall(), here().appointments.free

    def look(desk: Desk) -> Json:
        return booking_views.staff_booking(hall, free, desk, booking_rows(desk).booking(key))

    return here().store.look(look)
