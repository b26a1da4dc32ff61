"""Scores of windows and clerks: computed from a period's facts every time, never added up."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from queueing.hall import Hall
from queueing.house import Text
from queueing.records import Json
from queueing.store import Desk
from queueing.views import spoken
from scoring.caps import within
from scoring.errors import UnknownPeriod
from scoring.levels import LEVELS, NEGATIVE, POINTS
from scoring.measures import verdict_on
from scoring.scheme import ZERO, Scheme, Verdict
from scoring.store import By, RatingStore
from scoring.told_levels import levels_told

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_days(period: str) -> tuple[str, str]:
    """The first and last day of a month such as 2026-10; raises UnknownPeriod."""
    match = MONTH.fullmatch(period)
    if not match or match[1] == "0000":
        raise UnknownPeriod(period=period)
    last = calendar.monthrange(int(match[1]), int(match[2]))[1]
    return f"{period}-01", f"{period}-{last:02d}"


def share_positive(counts: Mapping[str, int]) -> float | None:
    """好评率: the share of ratings that aren't negative; None without ratings."""
    n = sum(counts.values())
    return (n - sum(counts.get(level, 0) for level in NEGATIVE)) / n if n else None


def mean_level(counts: Mapping[str, int]) -> float | None:
    """Between 1 (worst) and 5 (best); None without ratings."""
    n = sum(counts.values())
    return sum(POINTS[level] * counts.get(level, 0) for level in LEVELS) / n if n else None


def verdict_of(scheme: Scheme, counts: Mapping[str, int]) -> Verdict | None:
    """The best verdict that is reached; None while there are too few ratings, or without a rule."""
    if scheme.rating is None:
        return None
    return verdict_on(scheme.rating, {level: Decimal(counts.get(level, 0)) for level in LEVELS})


def score_row(scheme: Scheme, counts: Mapping[str, int], finished: int) -> Json:
    """One line of the score table: figures, verdict, adjustment, score between floor and ceiling."""
    n, verdict = sum(counts.values()), verdict_of(scheme, counts)
    adjustment = verdict.points if verdict else ZERO
    return {
        "n": n,
        "finished": finished,
        "response_rate": n / finished if finished else None,
        "positive": share_positive(counts),
        "mean_level": mean_level(counts),
        "levels": {level: counts.get(level, 0) for level in LEVELS},
        "verdict": verdict.code if verdict else None,
        "verdict_name": spoken(verdict.name) if verdict else None,
        "adjustment": float(adjustment),
        "score": float(within(scheme.base + adjustment, scheme.floor, scheme.ceiling)),
    }


def whole_batches(levels: Sequence[str], batch: int) -> dict[str, int]:
    """Counts of the released ratings: whole batches only, so that no single one can be told apart.

    One that was set aside doesn't count, and keeps its place, so that no other moves into another batch.
    """
    released = levels[: len(levels) // batch * batch]
    return {level: released.count(level) for level in set(released) - {""}}


class Scores:
    """The score table of one hall under one scheme."""

    def __init__(self, hall: Hall, scheme: Scheme) -> None:
        self._hall, self.scheme = hall, scheme

    def table(self, desk: Desk, period: str, by: By = "window") -> Json:
        """Every window or clerk with its figures for a month."""
        first, last = month_days(period)
        store = cast(RatingStore, desk)
        counts, finished = store.level_counts(by, first, last), store.finished_counts(by, first, last)
        rows = [
            {by: key, "name": spoken(name)}
            | score_row(self.scheme, counts.get(key, {}), finished.get(key, 0))
            for key, name in self._names(by)
        ]
        return {"period": period, "by": by, "scheme": spoken(self.scheme.name), "rows": rows}

    def own(self, desk: Desk, clerk: str, period: str) -> Json:
        """What a clerk sees of the own ratings: whole batches, never a single one."""
        month_days(period)
        counts = whole_batches(levels_told(desk, clerk, period), self._hall.house.rating.clerk_batch)
        n = sum(counts.values())
        row = {"n": n, "positive": share_positive(counts), "mean_level": mean_level(counts)}
        return {"period": period, "batch": self._hall.house.rating.clerk_batch} | row

    def _names(self, by: By) -> list[tuple[str, Text]]:
        if by == "window":
            return [(window.id, window.name) for window in self._hall.house.windows]
        return [(person.id, person.name) for person in self._hall.house.staff if person.role == "clerk"]
