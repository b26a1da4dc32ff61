"""Opaque names of tickets. Those of one day begin alike, so that they lie side by side in every index.

Names by chance alone would scatter a day's visits over ten years of others: each index of names would read
and write a page of its own for each ticket, from wherever it lies on the disk.
"""

from __future__ import annotations

import secrets
from datetime import date
from functools import lru_cache

FIRST = date(2020, 1, 1)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""In the order in which a database sorts them."""


def new_key(day: str) -> str:
    """A ticket's or an appointment's: three characters of the day, then 72 bits that nobody guesses."""
    return day_mark(day) + secrets.token_urlsafe(9)


@lru_cache(maxsize=64)
def day_mark(day: str) -> str:
    """Rises with the days from 2020 until 2147."""
    left, mark = max(0, (date.fromisoformat(day) - FIRST).days), ""
    for _ in range(3):
        left, digit = divmod(left, len(DIGITS))
        mark = DIGITS[digit] + mark
    return mark
