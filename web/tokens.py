"""The signed link on a ticket: it opens that ticket's page and nothing else, for some days."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache

from itsdangerous import BadSignature, Signer
from itsdangerous.signer import SigningAlgorithm

from queueing.clock import business_day, instant
from web.context import here, now
from web.refusals import LinkExpired
from web.secret import sealed

DIGITS = 6


def digits_for(ticket: str) -> str:
    """What somebody types who holds the slip: of use only while the call is missed."""
    number = int.from_bytes(sealed(here().secret, f"missed call:{ticket}".encode()), "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def _signer() -> Signer:
    return signer_of(here().secret, "ticket-holder")


def _follow_up_signer() -> Signer:
    return signer_of(here().secret, "follow-up")


class AtOnce(SigningAlgorithm):
    """The library's own algorithm, HMAC-SHA-1, without an object for each signature."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return sealed(key, value, "sha1")


class OneKey(Signer):
    """Its key is derived from the secret once, not for every word."""

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        if secret_key is not None and secret_key != self.secret_key:
            return super().derive_key(secret_key)
        return self._derived

    @cached_property
    def _derived(self) -> bytes:
        return super().derive_key()


@lru_cache(maxsize=256)
def signer_of(secret: bytes, salt: str) -> Signer:
    """One for all links of a kind."""
    return OneKey(secret, salt=salt, algorithm=AtOnce())


def _today() -> date:
    return business_day(instant(now()), here().house.hall.timezone)


def token_for(ticket: str, issued: date | None = None) -> str:
    """A short word for a QR code: the ticket's key, the day, and a signature over both."""
    day = (issued or _today()).toordinal()
    return _signer().sign(f"{ticket}.{day}").decode()


def ticket_of(token: str) -> str:
    """The ticket's key; refused when the word isn't ours or its days are over."""
    ticket, day = _read(token, _signer())
    if _today().toordinal() - day > here().house.rating.phone_days + 1:
        raise LinkExpired
    return ticket


def is_of_today(token: str) -> bool:
    """Whether the link was made today: without a ticket yet, it is a number of a cut-off kiosk."""
    return _read(token, _signer())[1] == _today().toordinal()


def follow_up_link(ticket: str) -> str:
    """A word of its own that only the answer to a rating gives: who holds the slip doesn't hold this one."""
    return _follow_up_signer().sign(f"{ticket}.{_today().toordinal()}").decode()


def rated_with(link: str) -> str:
    """The ticket of whoever rated; refused when the word isn't ours or its days are over."""
    ticket, day = _read(link, _follow_up_signer())
    if _today().toordinal() - day > here().house.remedy.link_days:
        raise LinkExpired
    return ticket


def _read(token: str, signer: Signer) -> tuple[str, int]:
    """The ticket's key and the day of a word that we signed, in our own spelling.

    Reading alone skips foreign letters inside the signature: one link would have any number of names.
    """
    try:
        told = signer.unsign(token)
        if signer.sign(told).decode() != token:
            raise LinkExpired
        ticket, day = told.decode().rsplit(".", 1)
        return ticket, int(day)
    except (BadSignature, ValueError):
        raise LinkExpired from None
