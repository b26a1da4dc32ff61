"""Released periods: what is kept of them, and what releases ask of the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from queueing.clock import Instant
from queueing.errors import HallError
from queueing.records import Json
from queueing.store import Desk
from scoring.freezing import canonical, digest, unpacked
from scoring.store import By


@dataclass(frozen=True)
class Release:
    """One revision of a released month. `seq` is the event up to which its facts were read."""

    period: str
    revision: int
    at: Instant
    actor: str
    seq: int
    early: bool
    hash: str


@dataclass(frozen=True)
class Row:
    """One window's or clerk's month as released: the facts, and what they come to under the scheme."""

    by: By
    subject: str
    name: str
    """In the hall's languages, as JSON: how it was called when it was released."""

    scheme: str
    """The hash of the scheme's own text, under which that text is kept."""

    packed: str
    """The facts in their one spelling, made small: a month of a large hall has many."""

    result: str

    @cached_property
    def facts(self) -> str:
        return unpacked(self.packed)

    @cached_property
    def hash(self) -> str:
        """Over the facts themselves: how they were packed may differ from machine to machine."""
        told = {name: getattr(self, name) for name in ("by", "subject", "name", "scheme", "facts", "result")}
        return digest(canonical(told))

    @property
    def spoken(self) -> Json:
        """Its name."""
        told: Json = json.loads(self.name)
        return told

    @property
    def key(self) -> tuple[By, str]:
        return self.by, self.subject

    def plain(self) -> Json:
        """The assessment as it was worked out."""
        told: Json = json.loads(self.result)
        return told


@dataclass(frozen=True)
class Pending:
    """What a night found: a released month of which these many rows would now come out otherwise."""

    period: str
    revision: int
    found_at: Instant
    rows: int


def hash_of(period: str, revision: int, rows: list[Row], before: str) -> str:
    """Binds all rows of a revision together, and to the revision before it."""
    hashes = [f"{row.by}:{row.subject}:{row.hash}" for row in sorted(rows, key=lambda row: row.key)]
    return digest(canonical({"period": period, "revision": revision, "rows": hashes, "before": before}))


class ReleaseStore(Desk, Protocol):
    """A desk that keeps released months too."""

    def releases(self) -> list[Release]:
        """Every revision, the oldest month first, its revisions in their order."""
        ...

    def revisions(self, period: str) -> list[Release]: ...
    def add_release(self, release: Release, rows: list[Row], schemes: dict[str, str]) -> None: ...
    def released_rows(self, period: str, revision: int, by: By | None = None) -> list[Row]: ...
    def released_row(self, period: str, revision: int, by: By, subject: str) -> Row | None: ...
    def released_scheme(self, hash: str) -> str:
        """The scheme's text as it was frozen."""
        ...

    def first_day(self) -> str:
        """Of the first ticket or the first fact; empty when there is none."""
        ...

    def note_pending(self, pending: Pending) -> None: ...
    def settle_pending(self, period: str) -> None: ...
    def pending(self) -> dict[str, Pending]: ...


class MonthNotOver(HallError):
    """Facts of the days to come would be missing."""

    code = "month_not_over"
    sentence = "{period} isn't over yet; it is released early only when that is asked for."


class MonthNotBegun(HallError):
    code = "month_not_begun"
    sentence = "{period} hasn't begun yet."


class NothingToRelease(HallError):
    code = "nothing_to_release"
    sentence = "{period} is released as it stands; nothing has changed since."


class ReleasedMeanwhile(HallError):
    """Who presses looked at an older revision."""

    code = "released_meanwhile"
    sentence = "{period} was released anew meanwhile; look at it again."


class NotReleased(HallError):
    code = "not_released"
    status = 404
    sentence = "{period} hasn't been released."


class UnknownSubject(HallError):
    code = "unknown_subject"
    status = 404
    sentence = "{period} has no assessment of {subject!r}."
