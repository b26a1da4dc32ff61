"""Rows of a log that can't have been: left out or kept, and told of in any case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forecast.logs import Visit

TOLD = 3
"""So many rows are named; of more it is said how many."""
SLACK = 1.0 / 60.0
"""Minutes: times that were rounded to seconds may lie apart by one."""

Placed = tuple[str, "Visit"]


def sound(placed: Sequence[Placed]) -> tuple[list[Visit], list[str]]:
    """The visits that can have been, and a sentence for each kind of doubt."""
    wrong = [(place, why) for place, visit in placed if (why := impossible(visit))]
    kept = [visit for _, visit in placed if not impossible(visit)]
    doubts = [f"Left out, for it can't have been so: {some(wrong)}."] if wrong else []
    twice = repeated(placed)
    if twice:
        doubts.append(f"Two tickets of a day have one number; both are counted: {some(twice)}.")
    return kept, doubts


def impossible(visit: Visit) -> str:
    """Which time lies before the one that it follows; empty: none does."""
    steps = [
        ("joined", visit.joined), ("called", visit.called),
        ("started", visit.started), ("finished", visit.finished),
    ]  # fmt: skip
    known = [(name, at) for name, at in steps if at is not None]
    for (first, before), (then, after) in pairwise(known):
        if after < before - SLACK:
            return f"{then} before {first}"
    return ""


def repeated(placed: Sequence[Placed]) -> list[tuple[str, str]]:
    """Every further row of a day and number; rows without a number aren't compared."""
    seen = Counter[tuple[str, str]]()
    found = []
    for place, visit in placed:
        seen[visit.day, visit.ticket] += 1
        if visit.ticket and seen[visit.day, visit.ticket] > 1:
            found.append((place, f"{visit.ticket} again"))
    return found


def some(rows: Sequence[tuple[str, str]]) -> str:
    told = "; ".join(f"{place}: {why}" for place, why in rows[:TOLD])
    return told + (f"; and {len(rows) - TOLD} more" if len(rows) > TOLD else "")
