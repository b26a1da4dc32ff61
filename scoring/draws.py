"""The weekly draw: anybody who has the seed and the list of keys can draw again and must get the same.

Each ticket's key is put behind the seed and a colon, and the SHA-256 of that is written in hexadecimal; the
keys in the order of these sums are the draw, the first ones are called back, each next one is a replacement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta


def drawn_order(seed: str, keys: Iterable[str]) -> list[str]:
    """All keys in the order in which they are drawn; how they were listed doesn't matter."""
    return sorted(set(keys), key=lambda key: (sum_of(f"{seed}:{key}"), key))


def keys_hash(keys: Iterable[str]) -> str:
    """Tells one list of keys from another: over the sorted keys, one a line."""
    return sum_of("\n".join(sorted(set(keys))))


def sum_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def week_before(day: str) -> str:
    """The ISO week before the one in which the day lies, such as 2026-W41."""
    year, week, _ = (date.fromisoformat(day) - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02d}"
