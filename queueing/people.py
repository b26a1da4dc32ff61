"""Who comes in: staff accounts, their sessions, devices and pairing codes, and the rules about them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from queueing.clock import Instant
from queueing.errors import BadRequest, HallError, UnknownWindow
from queueing.house import House, StaffMember
from queueing.records import Json, Press

DeviceKind = Literal["kiosk", "board", "panel", "pad", "announcer"]
Language = Literal["zh_Hans", "zh_Hant", "en"]

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a person reads aloud or types from paper: no 0 and O, no 1, I and L."""

SHORTEST_PASSWORD = 8
FEWEST_LETTERS = 4
"""Different ones in a password: eight times the same is guessed first."""

CODE_LIFE = timedelta(minutes=10)
LONGEST_SESSION = timedelta(hours=14)


@dataclass(frozen=True)
class Account:
    """A staff member's password as it is kept; `one_time` must be replaced at the next sign-in."""

    staff: str
    password_hash: str | None
    one_time: bool


@dataclass(frozen=True)
class SignedIn:
    """A session that hasn't ended: who it is and whether a new password is due."""

    staff: str
    must_change_password: bool
    ends_at: Instant


@dataclass(frozen=True)
class Device:
    """A paired screen: what it is and where it stands; no place means anywhere in the hall."""

    id: str
    kind: DeviceKind
    place: str | None
    language: Language | None
    paired_at: Instant
    paired_from: str
    revoked_at: Instant | None = None


@dataclass(frozen=True)
class Pairing:
    """What a pairing code stands for until it is used."""

    kind: DeviceKind
    place: str | None
    language: Language | None


class PeopleRows(Protocol):
    """What a desk keeps about people and devices; instants are UTC text."""

    def open_accounts(self, staff: tuple[str, ...]) -> None: ...
    def account(self, staff: str) -> Account | None: ...
    def keep_password(self, staff: str, password_hash: str, *, one_time: bool, at: Instant) -> None: ...
    def accounts(self) -> list[Account]: ...
    def start_session(self, token_hash: str, staff: str, *, at: Instant, ends_at: Instant) -> None: ...
    def signed_in(self, token_hash: str, at: Instant) -> SignedIn | None: ...
    def end_session(self, token_hash: str) -> None: ...
    def end_sessions_of(self, staff: str, *, but: str = "") -> None: ...
    def sessions_by_staff(self, at: Instant) -> dict[str, int]:
        """How many sessions each person has open."""
        ...

    def switch(self, door: str) -> bool | None:
        """Whether the administrator left the door open; none when nobody ever touched its switch."""
        ...

    def set_switch(self, door: str, is_open: bool, at: Instant) -> None: ...
    def wrong_tries(self, door: str, who: str) -> tuple[int, Instant]: ...
    def note_try(self, door: str, who: str, *, wrong: int, blocked_until: Instant, at: Instant) -> None: ...
    def forget_tries(self, door: str, who: str) -> None: ...
    def forget_all_tries(self, door: str, account: str) -> None:
        """Those at the account as a whole and from every place, see `queueing.tries`."""
        ...

    def keep_code(self, code_hash: str, pairing: Pairing, *, at: Instant, expires_at: Instant) -> None: ...
    def use_code(self, code_hash: str, at: Instant) -> Pairing | None: ...
    def add_device(self, device: Device, token_hash: str) -> None: ...
    def device_with(self, token_hash: str) -> Device | None: ...
    def devices(self) -> list[Device]: ...
    def revoke_device(self, device: str, at: Instant) -> int:
        """How many were revoked: 0 or 1."""
        ...

    def answer_to(self, press: Press) -> Json | None:
        """Raises KeyReused."""
        ...

    def keep_answer(self, press: Press, answer: Json, at: Instant) -> None: ...


def give_out_once(rows: PeopleRows, press: Press, at: Instant) -> None:
    """Let a press hand out a secret once; its key is kept, the secret isn't."""
    if rows.answer_to(press) is not None:
        raise AlreadyGivenOut
    rows.keep_answer(press, {"given_out": True}, at)


def in_readable_groups(length: int, group: int = 4) -> str:
    """A random word of the alphabet, with a dash after each group: `K3FM-7QXA`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(letters[i : i + group] for i in range(0, length, group))


def as_typed(word: str) -> str:
    """A typed code as it was made: small letters, spaces and dashes don't matter."""
    return "".join(letter for letter in word.upper() if letter in ALPHABET)


def fingerprint(secret: str) -> str:
    """What is kept of a random secret, so that a copied database opens no door."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_token() -> str:
    """A secret for a cookie; nobody ever types it."""
    return secrets.token_urlsafe(32)


def session_ends(at: datetime, zone: str) -> datetime:
    """When a session begun now ends: with the business day, and never later than 14 hours on."""
    local = at.astimezone(ZoneInfo(zone))
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(at + LONGEST_SESSION, midnight.astimezone(UTC))


def staff_called(house: House, typed: str) -> StaffMember | None:
    """Whom a typed name means: an id, or a name that one person alone has."""
    word = typed.strip().casefold()
    by_id = [each for each in house.staff if each.id.casefold() == word]
    by_name = [each for each in house.staff if word in (each.name.zh, each.name.en.casefold())]
    found = by_id or by_name
    return found[0] if len(found) == 1 else None


def check_new_password(new: str, old: str, staff: str) -> None:
    """Refuse a password that is short or all of a kind, the old one again, or the person's own id."""
    if len(new.strip()) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)
    if len(set(new.strip())) < FEWEST_LETTERS:
        raise PasswordTooPlain(least=FEWEST_LETTERS)
    if new == old or new.casefold() == staff.casefold():
        raise PasswordNotNew()


def check_place(house: House, kind: DeviceKind, place: str | None) -> None:
    """Refuse to pair a device with an area or a window that the hall doesn't have."""
    at_window = kind in ("panel", "pad")
    if place is None and kind in ("panel", "pad", "announcer"):
        raise BadRequest(message=f"A {kind} needs a place: its window, or its area.")
    if place is not None and at_window and place not in {window.id for window in house.windows}:
        raise UnknownWindow(window=place)
    if place is not None and not at_window and place not in {area.id for area in house.areas}:
        raise UnknownArea(area=place)


class NotSignedIn(HallError):
    code = "not_signed_in"
    status = 401
    sentence = "Nobody is signed in here."


class NotPaired(HallError):
    code = "not_paired"
    status = 401
    sentence = "This screen isn't paired with the hall."


class NotAllowed(HallError):
    code = "not_allowed"
    status = 403
    sentence = "This isn't open to you."


class PasswordMustChange(HallError):
    code = "password_must_change"
    status = 403
    sentence = "The one-time password must be replaced first."


class PasswordWrong(HallError):
    code = "password_wrong"
    status = 401
    sentence = "Name or password is wrong."


class PasswordTooShort(HallError):
    code = "password_too_short"
    status = 422
    sentence = "A password has at least {least} characters."


class PasswordTooPlain(HallError):
    code = "password_too_plain"
    status = 422
    sentence = "A password has at least {least} different characters."


class PasswordNotNew(HallError):
    code = "password_not_new"
    status = 422
    sentence = "The new password is the old one, or the name."


class CodeWrong(HallError):
    code = "code_wrong"
    status = 404
    sentence = "This pairing code is wrong, used or older than ten minutes."


class AlreadyGivenOut(HallError):
    """The same press again: its secret was shown once and is kept nowhere."""

    code = "already_given_out"
    sentence = "This was already given out; ask for a new one."


class UnknownStaff(HallError):
    code = "unknown_staff"
    status = 404
    sentence = "Nobody called {staff!r} works in this hall."


class UnknownDevice(HallError):
    code = "unknown_device"
    status = 404
    sentence = "This hall has no device {device!r} that is paired."


class UnknownArea(HallError):
    code = "unknown_area"
    status = 404
    sentence = "This hall has no area {area!r}."
