"""An identity document's number: read out of what was typed, checked, and made into what may be kept."""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from queueing.errors import DocumentNotTaken, NotADocumentNumber

DocumentKind = Literal["resident", "other"]
"""A card with the eighteen characters of GB 11643, or a passport, a permit, anything else."""

LONGEST_TYPED = 200
"""A reader types name, address and number in one go; no reader types more."""

EIGHTEEN = re.compile(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9X])")
OTHER = re.compile(r"[0-9A-Z]{5,20}")
BETWEEN = re.compile(r"[\s\-]")
CHECKS = "10X98765432"
FIRST_YEAR = 1900
SHOWN = {"resident": 3, "other": 2}


@dataclass(frozen=True)
class Document:
    """A checked number, for the moment between typing and hashing; it says nothing of itself in a log."""

    kind: DocumentKind
    number: str

    def __repr__(self) -> str:
        return f"Document({self.kind})"


@dataclass(frozen=True)
class Person:
    """Whose ticket it is, as far as the hall may remember: a keyed hash and the last characters."""

    hash: str
    document: DocumentKind
    masked: str
    entitled: tuple[str, ...] = ()
    """Classes that the document shows by itself; worked out when it was read, kept nowhere."""


def read(kind: DocumentKind, typed: str, today: date, others: bool = True) -> Document:
    """The document in what was typed, without a name beside it; NotADocumentNumber, DocumentNotTaken."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    found = {number for number in eighteens(plain) if is_resident(number, today)}
    if len(found) == 1:
        return Document("resident", found.pop())
    if kind == "resident":
        raise NotADocumentNumber(document=kind)
    if not others:
        raise DocumentNotTaken()
    return Document("other", other_number(plain))


def eighteens(plain: str) -> list[str]:
    """What has the form of a resident's number: alone among other things, or typed in groups."""
    return EIGHTEEN.findall(plain) or EIGHTEEN.findall(BETWEEN.sub("", plain))


def is_resident(number: str, today: date) -> bool:
    """Eighteen characters with the right last one and a day of birth that can be."""
    return check_character(number[:17]) == number[17] and was_born(number[6:14], today)


def check_character(first: str) -> str:
    """ISO 7064 MOD 11-2 over the first seventeen digits."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return CHECKS[total % 11]


def was_born(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= FIRST_YEAR and born <= today


def age_on(document: Document, today: date) -> int | None:
    """Full years since the day of birth in a resident's number; other documents don't tell."""
    if document.kind != "resident":
        return None
    year, month, day = (int(document.number[at]) for at in (slice(6, 10), slice(10, 12), slice(12, 14)))
    return today.year - year - ((today.month, today.day) < (month, day))


def other_number(plain: str) -> str:
    """Letters and digits, as many as such documents have; raises NotADocumentNumber."""
    number = BETWEEN.sub("", plain)
    if not OTHER.fullmatch(number) or not any(sign.isdigit() for sign in number):
        raise NotADocumentNumber(document="other")
    return number


def person_of(document: Document, key: bytes) -> Person:
    """What may be kept of it. Without the key nobody finds the number by trying all of them."""
    hashed = hmac.digest(key, f"{document.kind}:{document.number}".encode(), "sha256").hex()
    return Person(hashed, document.kind, masked(document))


def masked(document: Document) -> str:
    """Enough to compare with the card in hand, and no more."""
    shown = SHOWN[document.kind]
    return "*" * (len(document.number) - shown) + document.number[-shown:]
