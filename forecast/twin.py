"""The digital twin: a day played with changes and without, on the same draws, and what that comes to.

told = whatif(course, changes, history)
told["saving"]["mean"], told["without"]["by_class"]["walk_in"]["mean"], … in minutes: docs/whatif.md
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from forecast.changes import Change, clock
from forecast.changing import changed
from forecast.courses import Course
from forecast.history import History
from forecast.scenes import NEVER, Floats

LOW, HIGH = 10, 90
"""The band holds eight plays of ten."""
HALF = 30
PARTS = ("by_class", "by_service")
SAME_PEOPLE = 0.05
"""By such a part the people of a group may differ and still be the same: who isn't called any more."""
Told = dict[str, Any]


def whatif(course: Course, changes: Sequence[Change], history: History) -> Told:
    """Waits of all who aren't called yet when the plays begin: with, without, and what is saved."""
    other = changed(course, changes, history)
    one, two = Played(course), Played(other)
    told: Told = {
        "day": course.day,
        "at": clock(course.scene.now) if course.scene.now else None,
        "plays": course.plays,
        "without": one.told(),
        "with": two.told(),
        "saving": {
            **saved(one.means(), two.means()),
            "by_class": savings(one, two, one.classes()),
            "by_service": savings(one, two, one.services()),
        },
    }
    told["moved"] = {part: moved(told["without"][part], told["with"][part]) for part in PARTS}
    told["no_effect"] = bool(changes) and same(one.waits, two.waits)
    if course.before:
        told["whole_day"] = whole_day(course, one, two)
    return told


def moved(one: Told, two: Told) -> list[str]:
    """The groups in which clearly other people are counted with the changes: their waits compare others."""
    people = {name: [side.get(name, {"n": 0.0})["n"] for side in (one, two)] for name in {**one, **two}}
    return [name for name, n in people.items() if abs(n[0] - n[1]) > max(1.0, SAME_PEOPLE * max(n))]


def same(one: Floats, two: Floats) -> bool:
    """Whether nobody waits otherwise in any play."""
    return one.shape == two.shape and np.array_equal(one, two, equal_nan=True)


class Played:
    """The waits of one course."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.come = course.come()
        self.waits = waits_of(self.come, course.called())
        self.line = course.scene.tickets.line

    def means(self, columns: Floats | None = None) -> Floats:
        """(P) the mean wait of each play; nan where nobody came."""
        return mean_of(self.waits if columns is None else self.waits[:, columns])

    def classes(self) -> dict[str, Any]:
        return self._groups(1)

    def services(self) -> dict[str, Any]:
        return self._groups(0)

    def _groups(self, part: int) -> dict[str, Any]:
        of = np.array([line[part] for line in self.course.names.lines])[self.line]
        return self._there({str(name): of == name for name in np.unique(of)})

    def _there(self, groups: dict[str, Any]) -> dict[str, Any]:
        return {name: own for name, own in groups.items() if not np.isnan(self.waits[:, own]).all()}

    def told(self) -> Told:
        return {
            **figures(self.waits),
            "not_called": round(float(((self.come < NEVER) & np.isnan(self.waits)).sum(axis=1).mean()), 1),
            "by_class": {name: figures(self.waits[:, own]) for name, own in self.classes().items()},
            "by_service": {name: figures(self.waits[:, own]) for name, own in self.services().items()},
            "by_half_hour": self.halves(),
        }

    def halves(self) -> dict[str, Told]:
        """By the half hour in which they joined."""
        half = np.floor(self.come / HALF) * HALF
        found = {}
        for begin in np.unique(half[~np.isnan(self.waits)]):
            own = np.where(half == begin, self.waits, np.nan)
            found[clock(float(begin))] = figures(own)
        return found


def waits_of(come: Floats, called: Floats) -> Floats:
    """(P, N) minutes from joining to the call; nan: didn't come, or wasn't called."""
    with np.errstate(invalid="ignore"):
        return np.where((come < NEVER) & (called < NEVER), called - come, np.nan)


def mean_of(waits: Floats) -> Floats:
    """(P) without a warning where a play has nobody."""
    count = (~np.isnan(waits)).sum(axis=1)
    return np.where(count > 0, np.nansum(waits, axis=1) / np.maximum(count, 1), np.nan)


def figures(waits: Floats) -> Told:
    """Mean wait with its band over the plays, and how single waits spread."""
    means, single = mean_of(waits), waits[~np.isnan(waits)]
    if not len(single):
        return {"mean": None, "low": None, "high": None, "p50": None, "p90": None, "n": 0.0}
    p50, p90 = np.percentile(single, [50, 90])
    return {**band(means), "p50": rounded(p50), "p90": rounded(p90), "n": round(len(single) / len(waits), 1)}


def band(values: Floats) -> Told:
    """The mean of all plays, and between what eight of ten lie."""
    known = values[~np.isnan(values)]
    if not len(known):
        return {"mean": None, "low": None, "high": None}
    low, high = np.percentile(known, [LOW, HIGH])
    return {"mean": rounded(known.mean()), "low": rounded(low), "high": rounded(high)}


def saved(one: Floats, two: Floats) -> Told:
    return band(one - two)


def savings(one: Played, two: Played, groups: Iterable[str]) -> dict[str, Told]:
    """By class or service, as far as both have any."""
    first = {**one.classes(), **one.services()}
    second = {**two.classes(), **two.services()}
    both = [name for name in groups if name in first and name in second]
    return {name: saved(one.means(first[name]), two.means(second[name])) for name in both}


def whole_day(course: Course, one: Played, two: Played) -> Told:
    """With those who had been called before: their waits stay what they were."""
    known = np.array([each.minutes for each in course.before])

    def day(played: Played) -> Floats:
        count = (~np.isnan(played.waits)).sum(axis=1) + len(known)
        return np.asarray((np.nansum(played.waits, axis=1) + known.sum()) / count)

    without, with_ = day(one), day(two)
    return {"without": band(without), "with": band(with_), "saving": saved(without, with_)}


def rounded(value: float) -> float:
    return round(float(value), 2)
