"""What a hall's lines were like on other days: sums per office, queue and time of day, that can be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log, log1p

import numpy as np
from numpy.typing import NDArray

Sums = NDArray[np.float64]

KNOWN = ("rows", "span", "calls", "ratio", "wait", "windows", "waiting", "each")
"""Per snapshot: 1, minutes observed, calls in them, log of wait over plain estimate, log of 1 + wait,
windows, log of 1 + people waiting, log of the wait per person."""
ROWS, SPAN, CALLS, RATIO, WAIT, WINDOWS, WAITING, EACH = range(len(KNOWN))
BIN_MINUTES = 90.0
DAY_STARTS = 480.0
LAST_BIN = 6
FADING = 0.97
"""How much a day that was seen counts after one more day."""

PLAIN_CALLS, PLAIN_SPAN = 8.0, 60.0
"""What a line is like of which nothing is known: 8 calls an hour."""
QUEUE_SPAN, NOW_SPAN = 300.0, 30.0
"""Minutes that the coarser rate counts for: all lines' in a queue's own, the queue's in the last hour's."""
MOST_CALLS = 200.0
"""In an hour; more is a number that jumped."""


def bin_of(minute: float) -> int:
    """The time of day as one of seven bins of an hour and a half."""
    return int(min(max((minute - DAY_STARTS) // BIN_MINUTES, 0.0), LAST_BIN))


@dataclass(frozen=True)
class Past:
    """What the history says of a line at a time of day; all of it shrunk towards coarser groups."""

    rate: float
    """Calls a minute."""
    figures: tuple[float, ...]
    """Features: ratios of queue and office, in all and at this time; waits, windows, people, minutes each."""


@dataclass
class History:
    """Sums by group: `queue`, `queue@bin`, `office`, `office@bin` and the empty name for all."""

    sums: dict[str, Sums] = field(default_factory=dict)

    def learn(self, office: str, queue: str, minute: float, seen: Sums) -> None:
        """One snapshot whose outcome is known; `seen` are sums as in KNOWN."""
        for group in groups(office, queue, minute):
            if group in self.sums:
                self.sums[group] += seen
            else:
                self.sums[group] = seen.copy()

    def add(self, other: History, times: float = 1.0) -> None:
        """Adds another history, or takes it away with −1."""
        for group, sums in other.sums.items():
            self.sums[group] = self.sums.get(group, 0.0) + times * sums

    def fade(self) -> None:
        """A day later: what was seen counts a little less."""
        for group in self.sums:
            self.sums[group] *= FADING

    @property
    def rows(self) -> float:
        """How many snapshots it has learned from."""
        return float(self._of("")[ROWS])

    def rate(self, queue: str) -> float:
        """Calls a minute of a queue."""
        whole = self._of("")
        usual = (whole[CALLS] + PLAIN_CALLS) / (whole[SPAN] + PLAIN_SPAN)
        own = self._of(queue)
        return float((own[CALLS] + usual * QUEUE_SPAN) / (own[SPAN] + QUEUE_SPAN))

    def past(self, office: str, queue: str, minute: float) -> Past:
        """Everything that other days say of this line at this minute."""
        all_, office_, office_now, own, now = map(self._of, reversed(list(groups(office, queue, minute))))
        figures = [
            float(group[RATIO] / (group[ROWS] + least))
            for group, least in ((own, 20), (now, 10), (office_, 50), (office_now, 30))
        ]
        for what in (WAIT, WINDOWS, WAITING, EACH):
            usual = all_[what] / all_[ROWS] if all_[ROWS] else np.nan
            queue_ = (own[what] + 5 * usual) / (own[ROWS] + 5)
            figures += [float(queue_), float((now[what] + 8 * queue_) / (now[ROWS] + 8))]
        return Past(self.rate(queue), tuple(figures))

    def _of(self, group: str) -> Sums:
        return self.sums.get(group, NONE)


NONE: Sums = np.zeros(len(KNOWN))


def groups(office: str, queue: str, minute: float) -> Iterator[str]:
    """The groups of a snapshot, from the finest to all."""
    at = bin_of(minute)
    yield from (f"{queue}@{at}", queue, f"{office}@{at}", office, "")


def plain_minutes(waiting: float, calls: float, span: float, rate: float) -> float:
    """The plain estimate: people over calls a minute in the last hour, shrunk to the queue's usual `rate`."""
    if not span > 0 or not calls >= 0:  # unknown ones too
        calls, span = 0.0, 0.0
    return waiting / ((min(calls, MOST_CALLS) + rate * NOW_SPAN) / (span + NOW_SPAN))


def seen_of(row: dict[str, float], plain: float) -> Sums:
    """The sums of one snapshot with its outcome, by its numbers and the plain estimate, minutes."""
    calls, span = (row["calls60"], row["span60"]) if row["calls60"] >= 0 and row["span60"] > 0 else (0.0, 0.0)
    waiting, wait = row["waiting"], row["wait"]
    windows = row["counters"] if row["counters"] >= 0 else 1.0
    ratio = log1p(wait) - log1p(plain)
    each = log((wait + 2.0) / (waiting + 0.5))
    known = (1.0, span, min(calls, MOST_CALLS), ratio, log1p(wait), windows, log1p(waiting), each)
    return np.array(known)


def together(histories: Iterable[History]) -> History:
    """All of them in one."""
    made = History()
    for each in histories:
        made.add(each)
    return made
