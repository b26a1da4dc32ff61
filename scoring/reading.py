"""Ratings well read: how sure a share is, what few ratings are worth, where it goes, against those alike.

Everything here is a function of counts; nothing is added up from one question to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from queueing.house import House
from scoring.intervals import Interval, difference, wilson
from scoring.levels import NEGATIVE
from scoring.shrinking import common, sample_of
from scoring.trends import Change, Point, Step, changes, points_of

Levels = Mapping[str, int]
Days = Mapping[str, Levels]
"""Per business day: how many ratings of each level."""
Work = frozenset[str]
"""The departments whose services somebody takes: those with the same do the same work."""
Against = Literal["above", "below", "alike"]
FIGURES = 6
"""Behind the point; means that differ less are the same."""


@dataclass(frozen=True)
class Place:
    """A mean that few ratings can't carry far, and where it stands among those of the same work."""

    shrunken: float
    strength: float
    place: int | None
    placed: int


@dataclass(frozen=True)
class Reading:
    """What a stretch of time says of one window or clerk; what can't be said yet is None."""

    n: int
    positive: int
    mean: float | None
    interval: Interval | None
    alike: int
    """How many others do the same work."""
    place: Place | None
    against: Against | None
    apart: Interval | None
    """The share's difference from that of all the others together."""
    trend: tuple[Point, ...]
    changes: tuple[Change, ...]


def work_of_windows(house: House) -> dict[str, Work]:
    """By the departments of the services that are a window's own; what it helps out with doesn't count."""
    department = {service.id: service.department for service in house.services}
    return {
        window.id: frozenset(window.departments) | {department[service] for service in window.serves}
        for window in house.windows
    }


def work_of_clerks(house: House) -> dict[str, Work]:
    """By the windows that are a clerk's own; whoever has none may sit anywhere and is like nobody."""
    windows = work_of_windows(house)
    return {
        person.id: frozenset[str]().union(*(windows.get(window, ()) for window in person.windows))
        for person in house.staff
        if person.role == "clerk"
    }


def alike(works: Mapping[str, Work]) -> list[list[str]]:
    """Who does the same work, together; those without any stand alone."""
    groups: dict[object, list[str]] = {}
    for who, work in works.items():
        groups.setdefault(work or who, []).append(who)
    return list(groups.values())


def summed(days: Iterable[Levels]) -> Counter[str]:
    total = Counter[str]()
    for counts in days:
        total.update(counts)
    return total


def positive_of(counts: Levels) -> int:
    return sum(counts.values()) - sum(counts.get(level, 0) for level in NEGATIVE)


def read(
    works: Mapping[str, Work], now: Mapping[str, Levels], days: Mapping[str, Days], step: Step, fewest: int
) -> dict[str, Reading]:
    """Everybody's reading: `now` counts the period's ratings, `days` those of the trend's stretch."""
    found: dict[str, Reading] = {}
    for group in alike(works):
        counts = {who: now.get(who, {}) for who in group}
        places, whole = placed(counts, fewest), summed(counts.values())
        for who in group:
            others = whole - Counter(counts[who])
            trend = points_of(days.get(who, {}), step)
            found[who] = one(counts[who], others, len(group) - 1, places.get(who), trend, fewest)
    return found


def one(
    counts: Levels, others: Levels, alike: int, place: Place | None, trend: Sequence[Point], fewest: int
) -> Reading:
    n, positive, sample = sum(counts.values()), positive_of(counts), sample_of(counts)
    apart = difference(positive, n, positive_of(others), sum(others.values()))
    enough = n >= fewest and sum(others.values()) >= fewest
    return Reading(
        n, positive, sample.mean if sample else None, wilson(positive, n), alike, place,
        against(apart) if apart and enough else None, apart if enough else None,
        tuple(trend), tuple(changes(trend)),
    )  # fmt: skip


def against(apart: Interval) -> Against:
    """Clearly above or below the others only where chance hardly explains it."""
    if apart[0] > 0:
        return "above"
    return "below" if apart[1] < 0 else "alike"


def placed(counts: Mapping[str, Levels], fewest: int) -> dict[str, Place]:
    """The shrunken means of one group; those with enough ratings have places, equal ones the same.

    Few ratings get no place: 3 of them stand nowhere, let alone before 300.
    """
    samples = {who: sample for who, levels in counts.items() if (sample := sample_of(levels))}
    shared = common(list(samples.values()))
    if shared is None:
        return {}
    drawn = {who: round(shared.drawn(sample), FIGURES) for who, sample in samples.items()}
    judged = [drawn[who] for who, sample in samples.items() if sample.n >= fewest]
    return {
        who: Place(drawn[who], shared.strength, place_of(drawn[who], judged, sample.n >= fewest), len(judged))
        for who, sample in samples.items()
    }


def place_of(mean: float, judged: Sequence[float], counts: bool) -> int | None:
    return 1 + sum(other > mean for other in judged) if counts else None
