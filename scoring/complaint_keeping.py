"""How a complaint's words are kept, how it is named, and who keeps away from it."""

from __future__ import annotations

import hashlib
import secrets
from typing import cast

from queueing.change import MASTERS, Change
from queueing.errors import BadRequest
from queueing.records import Json, Press
from scoring.complaint_errors import ConcernsYou, NotTheHandler
from scoring.complaint_records import Complaint, ComplaintStore, Sort, Words
from scoring.sittings import NOWHERE, Sat, is_concerned

LONGEST, LONGEST_CONTACT = 1000, 100
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Signs that nobody mistakes for another."""

KEY_LENGTH = 6


def new_key(desk: ComplaintStore) -> str:
    """Short enough to be said, never used before."""
    while True:
        key = "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))
        if not desk.has_complaint(key):
            return key


def write(change: Change, complaint: str, sort: Sort, text: str) -> str:
    """Keeps free words apart; the salted commitment that the log may hold."""
    desk, salt = cast(ComplaintStore, change.desk), secrets.token_hex(16)
    place, author = (
        1 + max((each.place for each in desk.words_of(complaint)), default=0),
        change.by.clerk or "",
    )
    desk.add_words(Words(complaint, place, sort, change.at, author, text.strip(), salt))
    return hashlib.sha256(f"{salt}{text.strip()}".encode()).hexdigest()


def noted(change: Change, it: Complaint, texts: dict[Sort, str]) -> Json:
    """Those of the words that aren't empty, kept apart; for the log a commitment to each."""
    for text in texts.values():
        if len(text) > LONGEST:
            raise BadRequest(message=f"{LONGEST} characters at the most.")
    return {sort: write(change, it.id, sort, text) for sort, text in texts.items() if text.strip()}


def must_not_concern(it: Complaint, by: Press, sat: Sat = NOWHERE) -> None:
    """Four eyes: nobody works on a complaint about themselves; `sat`: nor decides about a window sat at."""
    if by.clerk and is_concerned(by.clerk, sat, it.about_day, it.window, it.clerk):
        raise ConcernsYou(clerk=by.clerk)


def one_more(hands: str, staff: str) -> str:
    """Those before, and this one, each once."""
    return ",".join(dict.fromkeys([*filter(None, hands.split(",")), staff]))


def must_handle(it: Complaint, by: Press) -> None:
    if by.clerk != it.handler and by.role not in MASTERS:
        raise NotTheHandler(clerk=it.handler)
