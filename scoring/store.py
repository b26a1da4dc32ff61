"""What ratings ask of the store, beyond what the hall itself asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from queueing.clock import Instant
from queueing.records import Event, Ticket
from queueing.store import Desk
from scoring.flags import RatedVisit, SeatChange

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
    came_from: str = ""
    """`terminal`: a phone's rating that came from the address at which the clerk pressed Finish."""


@dataclass(frozen=True)
class Rated:
    """A rating as supervisors read it: with the ticket's number and the citizen's own words."""

    rating: Rating
    number: str
    comment: str
    set_aside: bool = False
    """By a reviewer: it is shown, and counts no more."""


class RatingStore(Desk, Protocol):
    """A desk that keeps ratings too."""

    def add_rating(self, rating: Rating, comment: str, salt: str) -> None: ...
    def last_finished(self, window: str, day: str) -> Ticket | None: ...
    def served_since(self, window: str, at: Instant) -> bool:
        """Whether another ticket has begun to be served at the window after that instant."""
        ...

    def level_counts(self, by: By, first_day: str, last_day: str) -> dict[str, dict[str, int]]:
        """Per window or clerk: how many ratings of each level; without those set aside."""
        ...

    def day_counts(self, by: By, first_day: str, last_day: str) -> dict[str, dict[str, dict[str, int]]]:
        """The same for each business day."""
        ...

    def aside_counts(self, by: By, first_day: str, last_day: str) -> dict[str, int]:
        """Per window or clerk: how many ratings were set aside, and so count in neither of the above."""
        ...

    def finished_counts(self, by: By, first_day: str, last_day: str) -> dict[str, int]: ...
    def ratings_of_day(self, day: str, limit: int, levels: Sequence[str] = ...) -> list[Rated]:
        """The newest ratings of a day, the last first; all levels unless some are named."""
        ...

    def rated_visits_between(self, first_day: str, last_day: str) -> list[RatedVisit]:
        """The ratings of visits of these days, with what is known of the visits."""
        ...

    def seats_between(self, first: Instant, last: Instant) -> list[SeatChange]: ...
    def notes_between(self, action: str, first: Instant, last: Instant, limit: int) -> list[Event]:
        """The newest notes of that kind, the last first."""
        ...

    def finished_from(self, ticket: str) -> str:
        """The address at which the service was finished; empty when it isn't known."""
        ...

    def rating_comment(self, ticket: str) -> str:
        """The citizen's own words; empty when there are none, or none any more."""
        ...

    def clerk_levels(self, clerk: str, first_day: str, last_day: str) -> list[str]:
        """The levels a clerk got, in the order in which they came; empty for one that was set aside."""
        ...
