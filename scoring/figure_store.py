"""What reports ask of the store: a period's visits counted and measured, by service, window and clerk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from queueing.clock import Instant
from queueing.store import Desk


@dataclass(frozen=True)
class Stretch:
    """The first and last business day, and the same as instants."""

    first: str
    last: str
    since: Instant
    until: Instant


class Doer(NamedTuple):
    """Whose work it was; nobody's while a visit has been called to no window."""

    service: str
    window: str | None
    clerk: str | None


@dataclass(frozen=True)
class Tally:
    """How many visits came and how they ended; `kept` of the `promised` waits weren't too long."""

    doer: Doer
    received: int
    finished: int
    done: int
    no_shows: int
    abandoned: int
    unclosed: int
    promised: int
    kept: int


@dataclass(frozen=True)
class DayCounts:
    """One business day of the whole hall."""

    day: str
    received: int
    finished: int
    no_shows: int
    abandoned: int


class Visit(NamedTuple):
    """One visit as figures see it: no key, no person; `sent_on` says how often it was transferred."""

    day: str
    number: str
    service: str
    ticket_class: str
    window: str | None
    clerk: str | None
    state: str
    outcome: str | None
    joined_at: Instant
    called_at: Instant | None
    started_at: Instant | None
    finished_at: Instant | None
    held_seconds: float
    calls: int
    reinstated: int
    postponed: int
    sent_on: int


class Odd(NamedTuple):
    """A visit that a finding may rest on; `seconds` is what may be odd about it."""

    day: str
    number: str
    window: str
    clerk: str | None
    service: str
    joined_at: Instant
    finished_at: Instant
    seconds: float | None


Measured = tuple[str, str | None, str | None, float | None, float | None]
"""A doer's three names, the seconds of the wait, and those of the service."""

Counted = tuple[Doer, int]


class FigureStore(Desk, Protocol):
    """A desk that counts."""

    def tallies(self, stretch: Stretch, promised: Mapping[str, float]) -> list[Tally]:
        """`promised`: the seconds that a visit for a service waits at most, where that was said."""
        ...

    def lengths(self, stretch: Stretch) -> Iterable[Measured]:
        """Each visit's wait from joining to the call and its service without the time on hold, in no order.

        Waits are told of visits that were called, and never sent on, postponed or brought back: the others
        waited twice.
        """
        ...

    def transfers_made(self, stretch: Stretch) -> list[Counted]:
        """Visits sent on, by who sent them."""
        ...

    def rated_levels(self, stretch: Stretch) -> list[tuple[Doer, str, int]]:
        """Ratings of the period's visits by level; those that a reviewer set aside as `set_aside`."""
        ...

    def said_of(self, stretch: Stretch) -> list[tuple[str, str | None, str | None, int]]:
        """Complaints and overdue cases that stand as facts: kind, window and clerk, and how many."""
        ...

    def by_day(self, stretch: Stretch) -> list[DayCounts]: ...
    def first_day_with_visits(self, since: str) -> str | None:
        """The first business day from then on that had a visit."""
        ...

    def visits_of(self, stretch: Stretch) -> Iterator[Visit]: ...

    # what can't be right
    def close_finishes(self, stretch: Stretch, seconds: float) -> list[Odd]:
        """Visits that ended so soon after or before another one at their window, in order.

        `seconds` have passed since the one before; None: it was the day's first there.
        """
        ...

    def services_under(self, stretch: Stretch, seconds: float) -> list[Odd]: ...
    def services_over(self, stretch: Stretch, seconds: float) -> list[Odd]: ...
    def finishes_without_anybody(self, stretch: Stretch, seconds: float) -> list[Odd]:
        """Visits finished so long after the window was paused or left, while it still was."""
        ...
