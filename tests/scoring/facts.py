"""Facts of October 2026, in few words."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from scoring.facts import KINDS, Fact

NUMBERS = count(1)


def fact(
    what: str, times: float = 1, day: int = 12, points: float | None = None, value: float | None = None
) -> Fact:
    """By an item's code (`3.1`) or a kind (`late`, `rated:satisfied`)."""
    kind, _, narrow = what.partition(":")
    more = {"points": exact(points), "value": exact(value), "times": Decimal(str(times))}
    if kind in KINDS:
        return Fact(f"f{next(NUMBERS):06}", f"2026-10-{day:02}", kind, narrow, **more)
    return Fact(f"f{next(NUMBERS):06}", f"2026-10-{day:02}", "item", what, **more)


def exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
