"""Who may book, and what the hall remembers of them: keyed hashes apart from the booking, for some days."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import date

from queueing.booking_errors import BookingBlocked, EnoughFromHere, NotAPhone, PhoneNeeded, TooManyBookings
from queueing.bookings import Booker, Booking, Guest, Known, booking_rows
from queueing.change import Change
from queueing.errors import IdentityNeeded
from queueing.house import Service
from queueing.persons import KNOWS_PEOPLE, block_after, is_asked
from queueing.records import Json

PHONE = re.compile(r"\+?[0-9]{6,15}", re.ASCII)
ABROAD = re.compile(r"(?:(?:\+|00)86)*(?:(?:86|0)*(?=1[3-9][0-9]{9}$))?", re.ASCII)
"""China's own prefix, however often it was typed; before a mobile number also without a plus, or a zero."""
NOBODYS = re.compile(r"\+?(?:0+|1+|9+)", re.ASCII)
"""Local numbers begin with 2 to 8: one of these digits alone is a number of nobody."""
BETWEEN = re.compile(r"[\s\-().]")
SHOWN = 4
"""Digits of a phone number that are kept; with the code they find the appointment again."""


def phone_of(typed: str) -> str:
    """A telephone number in one spelling; raises NotAPhone."""
    plain = ABROAD.sub("", BETWEEN.sub("", unicodedata.normalize("NFKC", typed)), count=1)
    if not PHONE.fullmatch(plain) or NOBODYS.fullmatch(plain):
        raise NotAPhone()
    return plain


def known_by_phone(phone: str, key: bytes) -> Known:
    """What may be kept of it. Without the key nobody finds the number by trying all of them."""
    hashed = hmac.digest(key, f"phone:{phone}".encode(), "sha256").hex()
    return Known("phone", hashed, "*" * (len(phone) - SHOWN) + phone[-SHOWN:])


def known_by_address(network: str, key: bytes) -> Known:
    """From where a stranger booked, as a mark that is good for counting alone."""
    return Known("address", hmac.digest(key, f"address:{network}".encode(), "sha256").hex(), "")


def admit(change: Change, service: Service, guest: Guest) -> None:
    """PhoneNeeded, IdentityNeeded, TooManyBookings, BookingBlocked, EnoughFromHere; staff may know better."""
    knows = change.by.role in KNOWS_PEOPLE
    if not knows and guest.by("phone") is None:
        raise PhoneNeeded()
    if not knows and is_asked(change.plan.house, service) and not guest.has_document:
        raise IdentityNeeded(service=service.name.zh, service_id=service.id)
    for each in guest.known:
        theirs = booking_rows(change.desk).bookings_by([each.hash])
        if each.kind == "address":
            must_not_take_all(change, theirs)
        else:
            must_be_free_to_book(change, theirs, forgiving=knows)


def must_not_take_all(change: Change, theirs: Sequence[Booking]) -> None:
    """Raises EnoughFromHere: a machine that books for nobody would leave no place for anybody."""
    if sum(each.state == "booked" for each in theirs) >= change.plan.house.bookings.open_per_address:
        raise EnoughFromHere()


def must_be_free_to_book(change: Change, theirs: Sequence[Booking], *, forgiving: bool) -> None:
    """By the phone number and by the document alike; a guide may book for somebody who is blocked."""
    rules = change.plan.house.bookings
    if sum(each.state == "booked" for each in theirs) >= rules.open_per_person:
        raise TooManyBookings(most=rules.open_per_person)
    until = blocked_until(change, theirs)
    if until is not None and not forgiving:
        raise BookingBlocked(until=until, missed=rules.missed)


def blocked_until(change: Change, theirs: Sequence[Booking]) -> str | None:
    """The last day of a block that holds today, for what they didn't come to."""
    missed = [date.fromisoformat(each.day) for each in theirs if each.state == "missed"]
    until = block_after(missed, change.plan.house.bookings.asked_after)
    return until.isoformat() if until and date.fromisoformat(change.day) <= until else None


def remember(change: Change, booking: Booking, guest: Guest) -> Json:
    """Keeps who booked, each with a salt of its own; what the log may say of that."""
    rows = booking_rows(change.desk)
    sealed: Json = {}
    for known in guest.known:
        kept = Booker(booking.key, known.kind, known.hash, known.masked, secrets.token_hex(16), booking.day)
        rows.add_booker(kept)
        if known.kind != "address":
            sealed[f"sealed_{known.kind}"] = commitment(kept)
    if guest.phone:
        rows.keep_phone(booking.key, guest.phone, booking.day)
    return sealed


def commitment(kept: Booker) -> str:
    """It says nothing of anybody once the salt is purged."""
    return hashlib.sha256(f"{kept.salt}:{kept.person}:{kept.masked}".encode()).hexdigest()
