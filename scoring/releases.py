"""Releasing a month: facts and scores are frozen once, and what comes later makes a numbered revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from queueing.change import Change
from queueing.hall import Hall
from queueing.records import Json, Press
from queueing.store import Desk
from queueing.views import spoken
from scoring.assess import assess
from scoring.changed import differences
from scoring.errors import UnknownPeriod
from scoring.freezing import agrees, canonical, digest, facts_in, frozen_facts, frozen_record, packed
from scoring.gathering import facts_of
from scoring.periods import Period, period
from scoring.released import (
    MonthNotBegun,
    MonthNotOver,
    NothingToRelease,
    Release,
    ReleasedMeanwhile,
    ReleaseStore,
    Row,
    hash_of,
)
from scoring.scheme import Scheme
from scoring.store import By, RatingStore

Rows = dict[tuple[By, str], Row]
SUBJECTS: tuple[By, ...] = ("window", "clerk")


class SchemeBook(Protocol):
    """The schemes of the hall, as its files have them now and as releases froze them."""

    def in_force(self, subject: By, day: str) -> Scheme:
        """Raises NoSchemeInForce."""
        ...

    def thawed(self, text: str) -> Scheme:
        """The scheme that was frozen as this text."""
        ...


@dataclass(frozen=True)
class Prepared:
    """A month as it would be released now; `seq` is the event up to which its facts were read."""

    period: Period
    after: Release | None
    rows: tuple[Row, ...]
    schemes: dict[str, str]
    seq: int

    @property
    def revision(self) -> int:
        return self.after.revision + 1 if self.after else 1

    def row(self, by: By, subject: str) -> Row | None:
        return next((row for row in self.rows if row.key == (by, subject)), None)


def kept(desk: Desk) -> ReleaseStore:
    """The desk, seen as the keeper of releases."""
    return cast(ReleaseStore, desk)


def month(name: str) -> Period:
    """Only months are released; raises UnknownPeriod."""
    found = period(name)
    if found.kind != "month":
        raise UnknownPeriod(period=name)
    return found


def latest(desk: Desk, name: str) -> Release | None:
    return next(reversed(kept(desk).revisions(name)), None)


class Releases:
    """Prepares and makes releases; preparing takes a moment and is done beside the event loop."""

    def __init__(self, hall: Hall, book: SchemeBook) -> None:
        self._hall, self._book = hall, book

    def prepare(
        self, desk: Desk, name: str, only: By | None = None, *, scheme_anew: bool = False
    ) -> Prepared:
        """A revision keeps the scheme of the release before it, unless the present file is asked for."""
        stretch = month(name)
        after = latest(desk, name)
        before = {row.key: row for row in kept(desk).released_rows(name, after.revision)} if after else {}
        schemes: dict[str, str] = {}
        rows: list[Row] = []
        for by in (only,) if only else SUBJECTS:
            frozen = next((row.scheme for row in before.values() if row.by == by), None)
            scheme, text = self.scheme_for(desk, by, stretch, None if scheme_anew else frozen)
            schemes[digest(text)] = text
            rows += self._rows(desk, stretch, by, scheme, digest(text), before)
        return Prepared(stretch, after, tuple(rows), schemes, desk.seq())

    def scheme_for(self, desk: Desk, by: By, stretch: Period, frozen: str | None) -> tuple[Scheme, str]:
        """With its text; the one in force on the first day when nothing is frozen yet."""
        if frozen is not None:
            text = kept(desk).released_scheme(frozen)
            return self._book.thawed(text), text
        scheme = self._book.in_force(by, stretch.first)
        return scheme, frozen_record(scheme)

    def _rows(
        self, desk: Desk, stretch: Period, by: By, scheme: Scheme, hash: str, before: Rows
    ) -> Iterator[Row]:
        for subject, facts in facts_of(desk, stretch, self._hall, by).items():
            was = before.get((by, subject))
            name = was.name if was else canonical(self.name_of(by, subject))
            result = canonical(assess(scheme, facts).plain())
            yield Row(by, subject, name, hash, packed(frozen_facts(facts)), result)

    def name_of(self, by: By, subject: str) -> Json:
        house = self._hall.house
        named = {each.id: each.name for each in (house.windows if by == "window" else house.staff)}
        if subject not in named:
            return dict.fromkeys(("zh_Hans", "zh_Hant", "en"), subject)
        return spoken(named[subject])

    def release(self, ready: Prepared, *, early: bool = False, seen: int | None = None, by: Press) -> Json:
        """`seen`: the revision that was looked at; an older one than the newest is refused."""

        def work(change: Change) -> Json:
            newest = latest(change.desk, ready.period.name)
            if newest != ready.after or (seen is not None and seen != ready.revision - 1):
                raise ReleasedMeanwhile(period=ready.period.name)
            must_be_due(ready.period, change.day, early=early)
            release = self._frozen(change, ready)
            kept(change.desk).add_release(release, list(ready.rows), ready.schemes)
            kept(change.desk).settle_pending(ready.period.name)
            event = change.note("release", told_of(release, ready.rows))
            return {"period": release.period, "revision": release.revision, "hash": release.hash,
                    "seq": event.seq}  # fmt: skip

        return self._hall.change(by, work)

    def _frozen(self, change: Change, ready: Prepared) -> Release:
        """Raises NothingToRelease when the newest revision says the same."""
        name, rows = ready.period.name, list(ready.rows)
        was = kept(change.desk).released_rows(name, ready.after.revision) if ready.after else None
        if was is not None and not differences(was, rows):
            raise NothingToRelease(period=name)
        before = ready.after.hash if ready.after else ""
        hash = hash_of(name, ready.revision, rows, before)
        early = change.day <= ready.period.last
        return Release(name, ready.revision, change.at, change.by.actor, ready.seq, early, hash)


def same_as(desk: Desk, release: Release, rows: list[Row]) -> bool:
    return before_hash(desk, release, rows) == release.hash


def before_hash(desk: Desk, release: Release, rows: list[Row]) -> str:
    """What the release's hash would be with these rows."""
    earlier = [each for each in kept(desk).revisions(release.period) if each.revision < release.revision]
    return hash_of(release.period, release.revision, rows, earlier[-1].hash if earlier else "")


def must_be_due(stretch: Period, today: str, *, early: bool) -> None:
    if stretch.first > today:
        raise MonthNotBegun(period=stretch.name)
    if stretch.last >= today and not early:
        raise MonthNotOver(period=stretch.name)


def told_of(release: Release, rows: tuple[Row, ...]) -> Json:
    """What the log holds of it: how many, and the hash that binds them."""
    told: Json = {"period": release.period, "revision": release.revision, "hash": release.hash}
    counts = {f"{by}s": sum(row.by == by for row in rows) for by in SUBJECTS}
    return told | counts | {"facts_until": release.seq, "early": release.early}


def verified(desk: Desk, release: Release, book: SchemeBook) -> bool:
    """Whether the frozen rows still are what was released, and each score what its own facts come to."""
    rows = kept(desk).released_rows(release.period, release.revision)
    if not same_as(desk, release, rows) or not is_in_the_log(desk, release):
        return False
    schemes = {hash: kept(desk).released_scheme(hash) for hash in {row.scheme for row in rows}}
    if any(digest(text) != hash for hash, text in schemes.items()):
        return False
    return all(reproduced(row, book.thawed(schemes[row.scheme])) for row in rows)


def is_in_the_log(desk: Desk, release: Release) -> bool:
    """The log, whose days are signed, holds the hash: who changes rows and hash alike is found out by it."""
    notes = cast(RatingStore, desk).notes_between("release", release.at, release.at, 100)
    return any(note.after["hash"] == release.hash for note in notes)


def reproduced(row: Row, scheme: Scheme) -> bool:
    return agrees(row.plain(), assess(scheme, facts_in(row.facts)).plain())
