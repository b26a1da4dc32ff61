"""The code with which somebody without a ticket follows a complaint: its key and our signature."""

from __future__ import annotations

import re
from hmac import compare_digest, digest

from scoring.complaint_errors import UnknownComplaint
from scoring.complaint_keeping import ALPHABET, KEY_LENGTH
from web.context import here

SIGNED = 10
"""Signs of the signature, each worth almost five bits: nobody finds one at the pace of `[doors] lookups`."""


def code_of(complaint: str) -> str:
    """Sixteen signs in fours, to be written down: ABCD-EFGH-JKMN-PQRS."""
    whole = complaint + _signature(complaint)
    return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4)).upper()


def complaint_of(code: str) -> str:
    """The complaint's key; refused alike when the code isn't ours and when it isn't whole."""
    told = re.sub(r"[\s-]", "", code).lower()
    key, signature = told[:KEY_LENGTH], told[KEY_LENGTH:]
    if not told.isascii() or not compare_digest(signature, _signature(key)):
        raise UnknownComplaint()
    return key


def _signature(complaint: str) -> str:
    number = int.from_bytes(digest(here().secret, f"complaint:{complaint}".encode(), "sha256"), "big")
    signs = []
    for _ in range(SIGNED):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)
