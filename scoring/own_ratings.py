"""Whoever served a visit doesn't read how it was rated, whatever their role."""

from __future__ import annotations

from collections.abc import Iterable

from queueing.records import Json
from scoring.facts import Fact
from scoring.own import RATED
from scoring.reviews import Review
from scoring.store import Rated


def is_own(fact: Fact, reader: str | None) -> bool:
    """Whether the fact is of ratings of the reader's visits; sums of a day may stand for one."""
    return reader is not None and fact.kind == RATED and fact.clerk == reader


def others_facts(facts: Iterable[Fact], reader: str | None) -> list[Fact]:
    return [fact for fact in facts if not is_own(fact, reader)]


def others_ratings(ratings: Iterable[Rated], reader: str | None) -> list[Rated]:
    return [each for each in ratings if reader is None or each.rating.clerk != reader]


def others_reviews(reviews: Iterable[Review], reader: str | None) -> list[Review]:
    return [each for each in reviews if reader is None or each.clerk != reader]


def without_ids(result: Json, facts: Iterable[Fact], reader: str | None) -> Json:
    """An assessment whose lines and bars don't name the facts of the reader's own ratings."""
    own = {fact.id for fact in facts if is_own(fact, reader)}
    told = {
        name: [each | {"facts": [id for id in each["facts"] if id not in own]} for each in result[name]]
        for name in ("lines", "barred")
    }
    return result | told


def others_changes(told: Json, reader: str | None) -> Json:
    """What a revision changes, without single ratings of the reader's own visits."""
    own = (RATED, reader)
    changes = [
        each | {"facts": [fact for fact in each["facts"] if (fact["kind"], fact["clerk"]) != own]}
        for each in told["changes"]
    ]
    return told | {"changes": changes}


def others_flags(told: Json, reader: str | None) -> Json:
    """Flags about the reader are for others to look into."""
    if reader is None:
        return told
    return told | {"flags": [flag for flag in told["flags"] if flag["clerk"] != reader]}
