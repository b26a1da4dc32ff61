"""What is known of a line at a snapshot: its day so far, its office now, and what other days were like.

The wait of the last one called (LES) and of the next one to be called (HOL) are Ibrahim and Whitt 2009,
"Real-time delay estimation based on delay history".
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan, log1p, nan

from forecast.snapshots_history import History, Past, bin_of, plain_minutes

Row = Mapping[str, float]
"""The numbers of one snapshot by the columns' names; unknown ones are NaN."""

GIVEN = ("t", "waiting", "counters", "calls30", "span30", "calls60", "span60", "cur", "les", "since_call")
RATES = ("rate30", "rate60", "by_rate30", "by_rate60", "per_window", "naive", "plain", "usual_rate")
TODAY = (
    "day_rate", "head_age", "last_age", "arrivals30", "arrivals60", "growth", "windows_today",
    "minutes_today", "calls_today", "most_waiting", "last_wait", "ratios", "outcomes",
)  # fmt: skip
OFFICE = ("office_waiting", "office_lines", "office_rate", "office_windows", "office_les", "office_ratios")
PAST = (
    "queue", "queue_now", "office_past", "office_past_now", "wait", "wait_now", "windows", "windows_now",
    "people", "people_now", "each", "each_now",
)  # fmt: skip
FEATURES = (*GIVEN, *RATES, *TODAY, *OFFICE, *PAST)

FRESH_MINUTES = 12.0
"""A line whose last snapshot is older says nothing of the office now."""
LAST_RATIOS, OFFICE_RATIOS = 6, 40


@dataclass
class Line:
    """One queue's day so far: its snapshots, and the outcomes that are known by now."""

    times: list[float] = field(default_factory=list)
    issued: list[float] = field(default_factory=list)
    """The highest number in line so far, at each time."""
    rows: list[Row] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    """Log of outcome over plain estimate."""
    last_wait: float = nan
    most: float = 0.0
    """The most people who waited at once today."""

    def see(self, row: Row) -> None:
        last = row["cur"] + row["waiting"]
        self.times.append(row["t"])
        self.issued.append(max(last, self.issued[-1]) if self.issued else last)
        self.rows.append(row)
        self.most = max(self.most, row["waiting"])

    def figures(self, row: Row) -> list[float]:
        """As named in TODAY."""
        outcomes = [self.last_wait, _shrunk(self.ratios[-LAST_RATIOS:], 1), float(len(self.ratios))]
        if not self.rows:
            return [*[nan] * (len(TODAY) - len(outcomes)), *outcomes]
        first, now = self.rows[0], row["t"]
        minutes, calls = now - first["t"], row["cur"] - first["cur"]
        windows = [each["counters"] for each in self.rows[-24:]]
        ages = [self._age(row["cur"] + 1, now), self._age(row["cur"] + row["waiting"], now)]
        arrivals = [self._arrivals(row, 30), self._arrivals(row, 60)]
        of_day = [sum(windows) / len(windows), minutes, calls, self.most]
        return [calls / max(minutes, 1.0), *ages, *arrivals, self._growth(row), *of_day, *outcomes]

    def _age(self, number: float, now: float) -> float:
        """Minutes since this number was first seen in line."""
        at = bisect_left(self.issued, number)
        return now - self.times[at] if at < len(self.times) else 0.0

    def _arrivals(self, row: Row, minutes: float) -> float:
        """People a minute who joined within the last minutes."""
        then = self.rows[min(bisect_left(self.times, row["t"] - minutes), len(self.rows) - 1)]
        span = row["t"] - then["t"]
        joined = row["cur"] + row["waiting"] - then["cur"] - then["waiting"]
        return joined / span if span > 0 else nan

    def _growth(self, row: Row) -> float:
        """How many more wait than about a quarter of an hour ago."""
        at = bisect_left(self.times, row["t"] - 12.0 + 1e-9) - 1
        known = at >= 0 and row["t"] - self.times[at] <= 30.0
        return row["waiting"] - self.rows[at]["waiting"] if known else nan


@dataclass
class Office:
    """The other lines of an office at this moment."""

    latest: dict[str, Row] = field(default_factory=dict)
    ratios: list[float] = field(default_factory=list)

    def figures(self, queue: str, row: Row) -> list[float]:
        """As named in OFFICE."""
        since = row["t"] - FRESH_MINUTES
        others = [each for name, each in self.latest.items() if name != queue and each["t"] >= since]
        told = [each["les"] for each in others if not isnan(each["les"])]
        sums = [
            sum(each["waiting"] for each in others),
            float(len(others)),
            sum(_per_minute(each, 60) for each in others),
            sum(each["counters"] for each in others),
        ]
        return [*sums, sum(told) / len(told) if told else nan, _shrunk(self.ratios[-OFFICE_RATIOS:], 4)]


@dataclass
class Day:
    """One day as it goes on: rows are looked at in the order of time, outcomes heard when they are known."""

    history: History
    pasts: dict[str, Past] = field(default_factory=dict)
    """What other days say, by queue and time of day; the same all day."""
    lines: dict[str, Line] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    coming: list[tuple[float, int, str, str, float, float]] = field(default_factory=list)
    """Outcomes by the minute at which they are known: of which office and queue, plain estimate, wait."""

    def look(self, office: str, queue: str, row: Row) -> tuple[float, list[float]]:
        """The plain estimate in minutes and the features; the row's own outcome isn't looked at."""
        self._hear(row["t"])
        line, around = self.lines.setdefault(queue, Line()), self.offices.setdefault(office, Office())
        past = self._past(office, queue, row["t"])
        plain = plain_minutes(row["waiting"], row["calls60"], row["span60"], past.rate)
        given = [row[name] for name in GIVEN]
        rates = [*_rates(row), log1p(plain), past.rate]
        told = [*given, *rates, *line.figures(row), *around.figures(queue, row), *past.figures]
        line.see(row)
        around.latest[queue] = row
        return plain, told

    def expect(self, office: str, queue: str, row: Row, plain: float) -> None:
        """The outcome will be heard at its minute, not before."""
        if not isnan(row["wait"]):
            known = (row["t"] + row["wait"], len(self.coming), office, queue, plain, row["wait"])
            heapq.heappush(self.coming, known)

    def _past(self, office: str, queue: str, minute: float) -> Past:
        name = f"{queue}@{bin_of(minute)}"
        if name not in self.pasts:
            self.pasts[name] = self.history.past(office, queue, minute)
        return self.pasts[name]

    def _hear(self, now: float) -> None:
        while self.coming and self.coming[0][0] <= now:
            _, _, office, queue, plain, wait = heapq.heappop(self.coming)
            ratio = log1p(wait) - log1p(plain)
            self.lines[queue].ratios.append(ratio)
            self.lines[queue].last_wait = wait
            self.offices[office].ratios.append(ratio)


def _rates(row: Row) -> list[float]:
    """As named in RATES, without the last two."""
    short, long = _per_minute(row, 30), _per_minute(row, 60)
    waiting, windows = row["waiting"], max(row["counters"], 1.0)
    people = [waiting / max(short, 0.01), waiting / max(long, 0.01), waiting / windows]
    return [short, long, *people, waiting * row["published_min"] / windows]


def _per_minute(row: Row, minutes: int) -> float:
    return min(row[f"calls{minutes}"], 200.0) / max(row[f"span{minutes}"], 5.0)


def _shrunk(ratios: list[float], least: int) -> float:
    return sum(ratios) / (len(ratios) + least)
