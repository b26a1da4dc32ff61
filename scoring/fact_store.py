"""What facts ask of the store: entered ones, withdrawals, and the rows that the others come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, cast

from queueing.clock import Instant
from queueing.records import Json
from queueing.store import Desk
from scoring.facts import Fact, Withdrawal

DAY_IN_AN_ID = re.compile(r":(\d{4}-\d\d-\d\d)(?::|$)")


@dataclass(frozen=True)
class Evidence:
    """A photo beside a fact, painted anew as it came in; the picture itself is asked for by its id."""

    id: str
    fact: str
    bytes: int
    width: int
    height: int
    added_at: Instant
    author: str


class RatedSum(NamedTuple):
    """How many visits of a day were rated so, at a window under a clerk."""

    day: str
    window: str
    clerk: str | None
    level: str
    times: int


class RatedOne(NamedTuple):
    """One visit and its rating."""

    day: str
    window: str
    clerk: str | None
    level: str
    ticket: str
    at: Instant


class FinishedSum(NamedTuple):
    """How many visits of a day were finished, at a window by a clerk."""

    day: str
    window: str
    clerk: str | None
    times: int


class LongWait(NamedTuple):
    """A visit that waited longer than some promise, from taking the number to the call."""

    day: str
    window: str
    service: str
    ticket: str
    minutes: float


class SeatStep(NamedTuple):
    """What changed at a window's seat: its state, who has it, why it is paused; the rest stayed."""

    window: str
    at: Instant
    after: Json


class FactStore(Desk, Protocol):
    """A desk that keeps facts too."""

    def add_fact(self, fact: Fact, digest: str | None = None) -> None:
        """Keeps a fact that somebody entered; `digest` tells an imported line from all others."""
        ...

    def fact(self, fact: str) -> Fact | None:
        """One that was entered; those of the queue aren't kept."""
        ...

    def entered_facts(
        self,
        first_day: str,
        last_day: str,
        *,
        window: str | None = None,
        clerk: str | None = None,
        origin: str | None = None,
    ) -> list[Fact]:
        """In the order of their days and of their entering, with their withdrawals and evidence."""
        ...

    def withdraw_fact(self, fact: str, withdrawal: Withdrawal) -> None:
        """Of one that was entered or, by its id, of the queue. It must not have been withdrawn before."""
        ...

    def restore_fact(self, fact: str) -> None:
        """It counts again; that it was withdrawn, and why, is kept by whoever undoes it."""
        ...

    def withdrawals(self, first_day: str, last_day: str) -> dict[str, Withdrawal]:
        """All of facts of these days, by the fact's id."""
        ...

    def digests(self, wanted: Sequence[str]) -> set[str]:
        """Those among them that were imported before."""
        ...

    def add_evidence(self, evidence: Evidence, picture: bytes) -> None: ...
    def evidence(self, fact: str) -> list[Evidence]: ...
    def evidence_picture(self, fact: str, evidence: str) -> bytes | None: ...
    def evidence_bytes(self) -> int:
        """How much all photos take."""
        ...

    def rated_sums(self, first_day: str, last_day: str, levels: Sequence[str]) -> list[RatedSum]:
        """The ratings of these levels, summed for each day, window and clerk; without those set aside."""
        ...

    def rated_ones(self, first_day: str, last_day: str, levels: Sequence[str]) -> list[RatedOne]:
        """The ratings of these levels one by one, and those of any level that were set aside."""
        ...

    def rated_again(self, first_day: str, last_day: str) -> list[RatedOne]:
        """Second ratings of visits of these days."""
        ...

    def finished_sums(self, first_day: str, last_day: str) -> list[FinishedSum]: ...
    def long_waits(self, first_day: str, last_day: str, least: float) -> list[LongWait]:
        """Calls after more than so many minutes.

        Not of those who came back, were away or were sent on, nor of numbers given out without the server.
        """
        ...

    def seat_steps(self, first: Instant, last: Instant) -> list[SeatStep]:
        """In the order in which they happened."""
        ...

    def first_ticket(self, day: str, since: Instant, before: Instant) -> Instant | None:
        """When the first number in between was taken."""
        ...


def fact_rows(desk: Desk) -> FactStore:
    """The desk, seen as the keeper of facts."""
    return cast(FactStore, desk)


def day_in(fact: str) -> str | None:
    """The day that the id of a fact of the queue names; None for one that somebody entered."""
    found = DAY_IN_AN_ID.search(fact)
    return found[1] if found else None


def plain(fact: Fact) -> Json:
    """A fact as JSON; numbers that may have a fraction are text, so that nothing is lost."""
    told: Json = dict(vars(fact))
    for name in ("times", "value", "points"):
        told[name] = None if told[name] is None else f"{told[name]:f}"
    told["evidence"] = list(fact.evidence)
    told["withdrawn"] = vars(fact.withdrawn) if fact.withdrawn else None
    return told
