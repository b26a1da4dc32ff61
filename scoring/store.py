"""What ratings ask of the store, beyond what the hall itself asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from queueing.clock import Instant
from queueing.records import Ticket
from queueing.store import Desk

By = Literal["window", "clerk"]


@dataclass(frozen=True)
class Rating:
    """One person's verdict on one finished visit; it counts for the window and clerk of the last serving."""

    ticket: str
    window: str
    clerk: str | None
    service: str
    day: str
    level: str
    reasons: str
    channel: str
    at: Instant
    finished_at: Instant
    seq: int


class RatingStore(Desk, Protocol):
    """A desk that keeps ratings too."""

    def add_rating(self, rating: Rating, comment: str, salt: str) -> None: ...
    def last_finished(self, window: str, day: str) -> Ticket | None: ...
    def served_since(self, window: str, at: Instant) -> bool:
        """Whether another ticket has begun to be served at the window after that instant."""
        ...

    def level_counts(self, by: By, first_day: str, last_day: str) -> dict[str, dict[str, int]]:
        """Per window or clerk: how many ratings of each level."""
        ...

    def finished_counts(self, by: By, first_day: str, last_day: str) -> dict[str, int]: ...
    def clerk_levels(self, clerk: str, first_day: str, last_day: str) -> list[str]:
        """The levels a clerk got, in the order in which they came."""
        ...
