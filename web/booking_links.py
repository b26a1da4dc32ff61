"""The signed link of an appointment: it opens that appointment and nothing else."""

from __future__ import annotations

from hmac import digest

from itsdangerous import BadSignature, Signer

from queueing.booking_errors import UnknownBooking
from queueing.records import Json
from web.context import Built, here

DIGITS = 4


def _signer(built: Built) -> Signer:
    return Signer(built.secret, salt="appointment-holder")


def link_word(booking: str, built: Built | None = None) -> str:
    """A short word for a QR code: the appointment's key and a signature; outside requests with the hall."""
    return _signer(built or here()).sign(booking).decode()


def page_of(booking: str, built: Built) -> str:
    """The public address of an appointment's page."""
    return f"{built.public_url}/b/{link_word(booking, built)}"


def booking_of(visit: str) -> str:
    """The appointment's key, of a word that we signed, in our own spelling; UnknownBooking."""
    try:
        told = _signer(here()).unsign(visit)
    except BadSignature:
        raise UnknownBooking from None
    if link_word(told.decode()) != visit:
        raise UnknownBooking
    return told.decode()


def links(booking: str) -> Json:
    """The page of an appointment, its public address, the picture of it, the file for a calendar."""
    word = link_word(booking)
    page = f"/b/{word}"
    calendar = f"/api/v1/b/{word}/calendar.ics"
    return {"link": page, "url": here().public_url + page, "qr": f"{page}/qr.svg", "calendar": calendar}


def digits_of(booking: str) -> str:
    """What stands for the end of a phone number with somebody who left none."""
    number = int.from_bytes(digest(here().secret, f"appointment:{booking}".encode(), "sha256"), "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"
