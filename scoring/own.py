"""What a clerk may see of assessments: the own lines and those of windows sat at, never single ratings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from queueing.clock import Instant
from queueing.records import Json
from scoring.assessment import number
from scoring.facts import Fact
from scoring.store import By

RATED = "rated"
SPOKEN_OF: frozenset[str] = frozenset({"inspector", "import"})
"""Whose notes a clerk reads: what a citizen said may tell who it was."""

OF_ALL_RATINGS = "rating"
"""The part of the line that the share of good ratings makes; it names no facts."""

COUNTED = ("times", "points_each", "asked", "cut", "note")
"""Of a line; the note may name the share."""


@dataclass(frozen=True)
class Standing:
    """Where the clerk stands to a window or to the own assessment: whose facts may be shown and appealed."""

    by: By
    subject: str
    clerk: str
    days: Collection[str] = ()
    """On which the clerk sat there."""

    def concerns(self, fact: Fact) -> bool:
        if self.by == "clerk":
            return self.subject == self.clerk
        return fact.clerk == self.clerk or (fact.clerk is None and fact.day in self.days)


@dataclass(frozen=True)
class Answers:
    """What became of appeals, and until when there may be one, by fact."""

    states: Mapping[str, str] = field(default_factory=dict)
    until: Mapping[str, Instant] = field(default_factory=dict)


def in_batches(facts: Iterable[Fact], counts: Mapping[str, int], day: str) -> list[Fact]:
    """The facts with the released whole batches in the place of every rating."""
    others = [fact for fact in facts if fact.kind != RATED]
    sums = [
        Fact(f"batches:{level}", day, "rated", level, times=Decimal(n)) for level, n in sorted(counts.items())
    ]
    return others + sums


def without_ratings(facts: Iterable[Fact]) -> list[Fact]:
    """Batches of a window cut against batches of a clerk would tell single ratings apart."""
    return [fact for fact in facts if fact.kind != RATED]


def own_view(result: Json, facts: Iterable[Fact], standing: Standing, answers: Answers) -> Json:
    """An assessment for a clerk's eyes; facts of ratings, and of other clerks, are counted, not shown."""
    known = {fact.id: fact for fact in facts}
    lines = [
        without_count(line, known) | shown_facts(line["facts"], known, standing, answers)
        for line in result["lines"]
    ]
    barred = [bar | shown_facts(bar["facts"], known, standing, answers) for bar in result["barred"]]
    hidden = {"lines": lines, "barred": barred, "ratings": None}
    return {"by": standing.by, "subject": standing.subject} | result | hidden


def without_count(line: Json, known: Mapping[str, Fact]) -> Json:
    """Of a line that rests on single ratings the points alone: how many and which share would tell them."""
    behind = known if line["part"] == OF_ALL_RATINGS else line["facts"]
    rests = any(id in known and known[id].kind == RATED for id in behind)
    return line | (dict.fromkeys(COUNTED) | {"cut_by": []}) if rests else line


def shown_facts(ids: Iterable[str], known: Mapping[str, Fact], standing: Standing, answers: Answers) -> Json:
    """`others`: facts that counted here and are not this clerk's to see one by one."""
    found = [known[id] for id in ids if id in known and known[id].kind != RATED]
    mine = [fact for fact in found if standing.concerns(fact)]
    told = [fact_view(fact, answers) for fact in mine]
    return {"facts": told, "others": len(found) - len(mine)}


def fact_view(fact: Fact, answers: Answers) -> Json:
    """Without who entered it and which ticket it was."""
    numbers = {name: number(getattr(fact, name)) for name in ("times", "value", "points")}
    return {
        "fact": fact.id,
        "day": fact.day,
        "kind": fact.kind,
        "item": fact.item,
        **numbers,
        "note": fact.note if fact.origin in SPOKEN_OF else "",
        "window": fact.window,
        "evidence": list(fact.evidence) if fact.origin in SPOKEN_OF else [],
        "appeal": answers.states.get(fact.id),
        "appeal_until": answers.until.get(fact.id),
    }


def with_words(facts: Iterable[Fact], live: Mapping[str, Fact]) -> list[Fact]:
    """Frozen facts with the notes, photos and reasons that still lie beside them."""
    return [worded(fact, live[fact.id]) if fact.id in live else fact for fact in facts]


def worded(fact: Fact, live: Fact) -> Fact:
    reason = live.withdrawn if fact.withdrawn else None
    return replace(fact, note=live.note, evidence=live.evidence, withdrawn=reason)
