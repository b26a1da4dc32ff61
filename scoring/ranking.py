"""Places by score, with the scheme's own rule for ties; who may take part; who is named.

Everything here reads assessments as JSON (`Assessment.plain()`), so that frozen ones rank like fresh ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from queueing.records import Json
from scoring.reading import FIGURES
from scoring.scheme import Scheme
from scoring.scheme_rules import Stretch
from scoring.shrinking import Sample, common

Merit = tuple[float, ...]
"""The score and whatever decides among equals: more is better."""

Shares = Mapping[str, float]
"""The cautious share positive of everybody who is ranked."""

DECIDES: dict[str, Callable[[Json], float]] = {
    "fewer_deductions": lambda told: -told["deducted"],
    "more_bonus": lambda told: told["bonus"],
    "more_ratings": lambda told: told["ratings"]["n"],
}


@dataclass(frozen=True)
class Place:
    """Somebody's place: 1 is the best; who shares one with others is as good in all that decides."""

    subject: str
    place: int
    score: float
    shared: bool


def merit(scheme: Scheme, told: Json, share: float) -> Merit:
    deciding = (share if rule == "share_positive" else DECIDES[rule](told) for rule in scheme.ranking.ties)
    return (told["score"], *deciding)


def cautious_shares(assessments: Mapping[str, Json]) -> Shares:
    """Each share positive drawn towards that of all, the more the fewer ratings it rests on.

    Who has none stands where all together stand: better than a bad share, not as good as a good one.
    """
    samples = {who: sample for who, told in assessments.items() if (sample := sample_of(told))}
    shared = common(list(samples.values()))
    if shared is None:
        return dict.fromkeys(assessments, 0.0)
    return {
        who: round(shared.drawn(samples[who]) if who in samples else shared.mean, FIGURES)
        for who in assessments
    }


def sample_of(told: Json) -> Sample | None:
    """Ratings as ones and noughts; None without any."""
    n, share = told["ratings"]["n"], told["ratings"]["positive"]
    return Sample(n, share, n * share * (1 - share)) if n else None


def ranked(scheme: Scheme, assessments: Mapping[str, Json]) -> list[Place]:
    """The best first; after two that share the second place comes the fourth. Without a score, no place."""
    placed = {who: told for who, told in assessments.items() if told["score"] is not None}
    shares = cautious_shares(placed)
    worth = {who: merit(scheme, told, shares[who]) for who, told in placed.items()}
    ordered = sorted(worth, key=lambda who: (worth[who], who), reverse=True)
    places: list[Place] = []
    for _, group in groupby(ordered, key=lambda who: worth[who]):
        equals, place = sorted(group), len(places) + 1
        places += [Place(who, place, assessments[who]["score"], len(equals) > 1) for who in equals]
    return places


def how_many(scheme: Scheme, kind: Stretch) -> int:
    """How many are named for a month, quarter or year; whoever shares the last place is named with them."""
    return {"month": scheme.winners.month, "quarter": scheme.winners.quarter, "year": scheme.winners.year}[
        kind
    ]


def least_months(scheme: Scheme, kind: Stretch) -> int:
    """Months of continuous work without which nobody takes part."""
    needed = scheme.taking_part
    return {"month": needed.month, "quarter": needed.quarter, "year": needed.year}[kind]


def barred_from(told: Json, kind: Stretch, period: str) -> list[Json]:
    """The bars that keep from the awards of just this month, quarter or year."""
    return [bar for bar in told["barred"] if bar["bars"] == kind and period in bar["periods"]]


def may_take_part(
    scheme: Scheme, told: Json, kind: Stretch, period: str, months_of_service: int | None = None
) -> bool:
    """Whether somebody may be named; months of service that nobody knows don't exclude."""
    long_enough = months_of_service is None or months_of_service >= least_months(scheme, kind)
    passing = told["passes"] is not False or not scheme.winners.only_passing
    return told["score"] is not None and long_enough and passing and not barred_from(told, kind, period)


def winners(
    scheme: Scheme,
    assessments: Mapping[str, Json],
    kind: Stretch,
    period: str,
    months_of_service: Mapping[str, int] | None = None,
) -> list[Place]:
    """The first so many of those who may take part, in their order; places are counted among them."""
    months = months_of_service or {}
    taking_part = {
        who: told
        for who, told in assessments.items()
        if may_take_part(scheme, told, kind, period, months.get(who))
    }
    return [each for each in ranked(scheme, taking_part) if each.place <= how_many(scheme, kind)]
