"""Waits in halls of which only the lengths of lines are known: a past told again, learning as it goes.

A median and an interval come from boosted trees on what a line shows (boosting.py, snapshots_features.py),
which correct a plain estimate: people over calls a minute. A new hall begins with trees and sums learned
elsewhere (snapshots_prior.py); at night trees for what those got wrong are grown from the days seen, and what
each queue was like is added up. By day the trees stay as they are, while outcomes count at once in the
features of later rows and in the interval's width (snapshots_widening.py).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from math import expm1, isnan, log1p

import numpy as np

from forecast.boosting import Binning, Growth, Numbers, Trees, binning, boosted
from forecast.snapshots_features import FEATURES, Day
from forecast.snapshots_file import Snapshots
from forecast.snapshots_history import History, seen_of, together
from forecast.snapshots_prior import Prior
from forecast.snapshots_widening import Widening

LONGEST = float(np.log1p(720.0))
OWN = Growth(rounds=200, rate=0.05, leaves=15, least=20)
PRIOR_COUNTS = 0.5
"""A row that the prior has learned from counts as half a row of the hall's own."""
AGAIN, AGAIN_ROWS = 1.3, 50_000
"""Trees are grown anew when so many times the outcomes are known as the last time, or so many more."""
MOST_DAYS = 60
"""Trees are grown from the last days alone; sums of older ones fade by themselves."""
LEAST_ROWS = 1000
ROWS_PER_ROUND = 100.0
"""Few days grow few trees."""


@dataclass(frozen=True)
class Replayed:
    """Minutes told for each row of the file, in its order."""

    estimate: Numbers
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Looked:
    """One day's rows in the order of time."""

    rows: list[int]
    plain: Numbers
    features: Numbers


@dataclass
class Learner:
    """What is known so far: the prior, the days seen, and trees for what the prior got wrong on them."""

    prior: Prior
    seen: History = field(default_factory=History)
    own: Trees = field(default_factory=Trees.none)
    edges: Binning = field(default_factory=Binning)
    tables: deque[Numbers] = field(default_factory=lambda: deque(maxlen=MOST_DAYS))
    wrong: deque[Numbers] = field(default_factory=lambda: deque(maxlen=MOST_DAYS))
    """Features and log ratio of outcome to what the prior says, for the rows of each of the last days."""
    heard: int = 0
    """Outcomes of all days seen."""
    grown_from: int = 0
    """How many had been heard when trees were last grown."""

    def told(self, day: str, looked: Looked) -> tuple[Numbers, Numbers, Numbers]:
        """Median, low and high of each row as log(1 + minutes), the latter two before widening."""
        before = self._before(day, looked)
        more = self._trust * self.own.predict(self.edges.bins(looked.features)) if self.grown_from else 0.0
        middle, low, high = (np.clip(each + more, 0.0, LONGEST) for each in before)
        return middle, np.minimum(low, middle), np.maximum(high, middle)

    @property
    def _trust(self) -> float:
        """How much of what the own trees say counts: few rows beside a prior from many say little."""
        return self.grown_from / (self.grown_from + PRIOR_COUNTS * self.prior.whole.history.rows)

    def _before(self, day: str, looked: Looked) -> tuple[Numbers, ...]:
        """The same from the prior alone."""
        forest = self.prior.part(day).forest
        told = forest.told(self.prior.binning.bins(looked.features))
        return tuple(np.log1p(looked.plain) + each for each in told)

    def history(self, day: str) -> History:
        """What other days say on this one."""
        return together((self.prior.part(day).history, self.seen))

    def learn(self, day: str, snapshots: Snapshots, looked: Looked) -> None:
        """The night after a day; a day that the prior already knows teaches nothing."""
        if day in self.prior.whole.days:
            return
        self.seen.fade()
        self.seen.add(sums_of(snapshots, looked))
        actual = snapshots["wait"][looked.rows]
        known = ~np.isnan(actual)
        self.heard += int(known.sum())
        self.tables.append(looked.features[known])
        self.wrong.append((np.log1p(actual) - self._before(day, looked)[0])[known])
        self._grow()

    def _grow(self) -> None:
        if self.heard < max(LEAST_ROWS, min(AGAIN * self.grown_from, self.grown_from + AGAIN_ROWS)):
            return
        table, self.grown_from = np.concatenate(self.tables), self.heard
        self.edges = binning(table)
        growth = replace(OWN, rounds=min(OWN.rounds, int(len(table) / ROWS_PER_ROUND)))
        self.own = boosted(self.edges.bins(table), np.concatenate(self.wrong), growth)


def replay(snapshots: Snapshots, prior: Prior, widening: Widening | None = None) -> Replayed:
    """What would have been told at each snapshot; rows of equal time count in the order of the file.

    A `widening` that is given goes on learning; else a copy of the prior's does.
    """
    learner, widening = Learner(prior), widening or prior.widening.copy()
    told = Replayed(*(np.full(len(snapshots), np.nan) for _ in range(3)))
    for day, rows in days_of(snapshots):
        looked = look(snapshots, rows, learner.history(day))
        _tell(snapshots, looked, learner.told(day, looked), widening, told)
        learner.learn(day, snapshots, looked)
    return told


def days_of(snapshots: Snapshots) -> list[tuple[str, list[int]]]:
    """Each day with its rows in the order of time."""
    days: dict[str, list[int]] = {day: [] for day in sorted(set(snapshots.date))}
    for at in np.argsort(snapshots["t"], kind="stable"):
        days[snapshots.date[at]].append(int(at))
    return list(days.items())


def look(snapshots: Snapshots, rows: list[int], history: History) -> Looked:
    """The features of a day's rows, each with what was known at its minute."""
    day, names, keys = Day(history), list(snapshots.numbers), snapshots.keys
    plain, features = np.empty(len(rows)), np.empty((len(rows), len(FEATURES)))
    table = np.stack([snapshots[name][rows] for name in names], axis=1).tolist()
    for place, (at, numbers) in enumerate(zip(rows, table, strict=True)):
        row = dict(zip(names, numbers, strict=True))
        plain[place], features[place] = day.look(snapshots.office[at], keys[at], row)
        day.expect(snapshots.office[at], keys[at], row, float(plain[place]))
    return Looked(rows, plain, features)


def sums_of(snapshots: Snapshots, looked: Looked) -> History:
    """What a day adds to the history: every row whose outcome is known."""
    made, keys = History(), snapshots.keys
    for at, plain in zip(looked.rows, looked.plain.tolist(), strict=True):
        row = {name: float(numbers[at]) for name, numbers in snapshots.numbers.items()}
        if not np.isnan(row["wait"]):
            made.learn(snapshots.office[at], keys[at], row["t"], seen_of(row, plain))
    return made


def plain_rules(snapshots: Snapshots) -> dict[str, Numbers]:
    """What others print, minutes; NaN where a number for it is unknown.

    `les`: the wait of the last one called. `naive`: people × the published minutes, read as the service
    time of one person, ÷ windows (at least one). `published`: those minutes, read as the expected wait.
    """
    published, windows = snapshots["published_min"], np.maximum(snapshots["counters"], 1.0)
    naive = snapshots["waiting"] * published / windows
    return {"les": snapshots["les"], "naive": naive, "published": published}


def _tell(
    snapshots: Snapshots, looked: Looked, raw: tuple[Numbers, ...], widening: Widening, told: Replayed
) -> None:
    """Writes a day's estimates and intervals; the interval's ends move with each outcome."""
    minute, wait = snapshots["t"].tolist(), snapshots["wait"].tolist()
    for at, middle, low, high in zip(looked.rows, *(each.tolist() for each in raw), strict=True):
        estimate = expm1(middle)
        ends = widening.ends(minute[at], estimate, low, high)
        if not isnan(wait[at]):
            widening.expect(minute[at], wait[at], estimate, (*ends, log1p(wait[at])))
        told.estimate[at] = estimate
        told.low[at] = min(estimate, max(0.0, expm1(ends[0])))
        told.high[at] = max(estimate, expm1(ends[1]))
    widening.end_day()
