"""What would change, or what a revision did change: which facts, and which scores."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from queueing.records import Json
from scoring.freezing import agrees
from scoring.released import Row
from scoring.store import By

How = Literal["added", "withdrawn", "changed", "gone"]
RATED = "rated"
TOLD = ("id", "day", "kind", "item", "times", "points", "window", "clerk")


@dataclass(frozen=True)
class ChangedFact:
    """A fact that came, went, was withdrawn, or isn't what it was."""

    how: How
    fact: Json

    @property
    def plain(self) -> Json:
        return {"how": self.how} | {name: self.fact.get(name) for name in TOLD}


@dataclass(frozen=True)
class Difference:
    """One window's or clerk's month: what it was, what it is, and the facts that made it so."""

    by: By
    subject: str
    name: Json
    was: Json | None
    now: Json | None
    facts: tuple[ChangedFact, ...]
    ratings: Decimal
    """How many ratings more and less there are."""

    def plain(self, batch: int) -> Json:
        """`few_ratings`: so few that whoever is told of the change knows how single people rated."""
        scores = {"was": score_in(self.was), "now": score_in(self.now)}
        told: Json = {"by": self.by, "subject": self.subject, "name": self.name} | scores
        few = 0 < self.ratings < batch
        return told | {"facts": [each.plain for each in self.facts], "few_ratings": few}


def score_in(result: Json | None) -> float | None:
    return result["score"] if result else None


def differences(before: Sequence[Row], after: Sequence[Row]) -> list[Difference]:
    """Every row that isn't the same, windows first."""
    was, now = ({row.key: row for row in rows} for rows in (before, after))
    keys = sorted(was.keys() | now.keys(), key=lambda key: (key[0] != "window", key[1]))
    pairs = [(was.get(key), now.get(key)) for key in keys]
    return [difference(old, new) for old, new in pairs if not same(old, new)]


def same(old: Row | None, new: Row | None) -> bool:
    if old is None or new is None or (old.facts, old.scheme) != (new.facts, new.scheme):
        return False
    return old.result == new.result or agrees(old.plain(), new.plain())


def difference(old: Row | None, new: Row | None) -> Difference:
    row = new or old
    assert row is not None
    was, now = by_id(old), by_id(new)
    facts = tuple(changed_facts(was, now))
    results = [each.plain() if each else None for each in (old, new)]
    return Difference(row.by, row.subject, row.spoken, results[0], results[1], facts, ratings_in(was, now))


def by_id(row: Row | None) -> dict[str, Json]:
    return {fact["id"]: fact for fact in json.loads(row.facts)} if row else {}


def changed_facts(was: Mapping[str, Json], now: Mapping[str, Json]) -> list[ChangedFact]:
    """In the order of their days."""
    found = [ChangedFact("gone", was[id]) for id in was.keys() - now.keys()]
    found += [ChangedFact("added", now[id]) for id in now.keys() - was.keys()]
    for id in was.keys() & now.keys():
        if was[id] != now[id]:
            withdrawn = "withdrawn" in now[id] and "withdrawn" not in was[id]
            found.append(ChangedFact("withdrawn" if withdrawn else "changed", now[id]))
    return sorted(found, key=lambda each: (each.fact["day"], each.fact["id"]))


def ratings_in(was: Mapping[str, Json], now: Mapping[str, Json]) -> Decimal:
    """Ratings that came and ratings that went, together."""
    return sum(
        (abs(times(now.get(id)) - times(was.get(id))) for id in was.keys() | now.keys()), start=Decimal(0)
    )


def times(fact: Json | None) -> Decimal:
    """Of a rating that counts."""
    if fact is None or fact["kind"] != RATED or "withdrawn" in fact:
        return Decimal(0)
    return Decimal(fact.get("times", 1))
