"""What the follow-up of bad ratings asks of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from queueing.clock import Instant
from scoring.exchange import ExchangeRow
from scoring.remedies import Remedy, Step
from scoring.store import Rated, RatingStore


@dataclass(frozen=True)
class Contact:
    """How a citizen wishes to be reached, left of their own will; forgotten after some days."""

    remedy: int
    name: str
    phone: str
    at: Instant
    salt: str


@dataclass(frozen=True)
class Second:
    """A second rating of the same visit, after it was put right; the first one stays."""

    remedy: int
    level: str
    reasons: str
    at: Instant
    seq: int


@dataclass(frozen=True)
class Appeal:
    """A clerk's appeal against the negative ratings among the first `ratings` released ones of a month."""

    clerk: str
    period: str
    ratings: int
    at: Instant
    text: str = ""


@dataclass(frozen=True)
class RatedOnce:
    """One rating in the order in which they came."""

    seq: int
    ticket: str
    level: str


@dataclass(frozen=True)
class MonthsRatings:
    """What is published of a month is worked out from these.

    `good`, `owed` (bad ones), `untrue` and `put_right` are of those that count, which aren't set aside.
    """

    ratings: int
    clerks: int
    negative: int
    set_aside: int
    good: int
    owed: int
    untrue: int
    put_right: int


class RemedyStore(RatingStore, Protocol):
    """A desk that keeps follow-ups too."""

    def add_remedy(self, remedy: Remedy) -> None: ...
    def remedy(self, id: int) -> Remedy:
        """Raises UnknownRemedy."""
        ...

    def remedy_of(self, ticket: str) -> Remedy | None: ...
    def replace_remedy(self, was: Remedy, now: Remedy) -> None:
        """Raises NotNow when the stored one isn't as it was."""
        ...

    def add_step(self, step: Step, salt: str) -> None: ...
    def steps_of(self, remedy: int) -> list[Step]:
        """In their order, with the notes that are still kept."""
        ...

    def remedies_in(
        self, states: Sequence[str], limit: int, newest: bool = False
    ) -> list[tuple[Remedy, Rated]]:
        """With their ratings, the oldest first, or the newest."""
        ...

    def rated(self, ticket: str) -> Rated: ...
    def keep_contact(self, contact: Contact) -> None: ...
    def contact_of(self, remedy: int) -> Contact | None: ...
    def add_second(self, second: Second) -> None: ...
    def second_of(self, remedy: int) -> Second | None: ...
    def clerk_rated(self, clerk: str, first_day: str, last_day: str) -> list[RatedOnce]: ...
    def add_rating_appeal(self, appeal: Appeal, salt: str) -> None: ...
    def rating_appeals(self, clerk: str, period: str) -> list[Appeal]: ...
    def exchange_rows(self, first_day: str, last_day: str) -> list[ExchangeRow]: ...
    def exchange_row(self, ticket: str) -> ExchangeRow | None: ...

    def months_ratings(self, first_day: str, last_day: str) -> MonthsRatings: ...
