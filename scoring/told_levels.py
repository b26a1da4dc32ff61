"""The own ratings as a clerk may know them: one that was set aside counts until the clerk is told of it.

Otherwise the own figures would move at the press of whoever sets a rating aside, and name the visit by that.
"""

from __future__ import annotations

from typing import cast

from queueing.store import Desk
from scoring.levels import NEGATIVE
from scoring.periods import period
from scoring.remedy_store import RatedOnce, RemedyStore


def levels_told(desk: Desk, clerk: str, month: str) -> list[str]:
    """In the order in which they came; empty for a bad one whose setting aside was told."""
    store, days = cast(RemedyStore, desk), period(month)
    rated = store.clerk_rated(clerk, days.first, days.last)
    counting = store.clerk_levels(clerk, days.first, days.last)
    told = ratings_told(store, clerk, month, rated)
    return [
        counts if at < told and once.level in NEGATIVE else once.level
        for at, (once, counts) in enumerate(zip(rated, counting, strict=True))
    ]


def ratings_told(store: RemedyStore, clerk: str, month: str, rated: list[RatedOnce]) -> int:
    """How many of the first ones stand in appeals of which every case is decided."""
    undecided = next((at for at, each in enumerate(rated) if is_appealed(store, each)), len(rated))
    return max((a.ratings for a in store.rating_appeals(clerk, month) if a.ratings <= undecided), default=0)


def is_appealed(store: RemedyStore, rated: RatedOnce) -> bool:
    case = store.remedy_of(rated.ticket) if rated.level in NEGATIVE else None
    return case is not None and case.state == "appealed"
