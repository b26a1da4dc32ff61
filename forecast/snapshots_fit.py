"""Makes the prior that halls begin with: python -m forecast.snapshots_fit --snapshots FILE.csv.gz

--before 2020-01-08, or --days with a list, keeps the other days out: `app.py backtest --snapshots … --prior
FILE.npz` then shows how good the prior is on days that it hasn't seen.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from forecast.boosting import Binning, Growth, Numbers, binning, boosted
from forecast.snapshots import Looked, days_of, look, replay, sums_of
from forecast.snapshots_file import Snapshots, WrongSnapshots, read_snapshots
from forecast.snapshots_history import History, plain_minutes, together
from forecast.snapshots_prior import SHIPPED, Forest, Part, Prior, save
from forecast.snapshots_widening import MISS_HIGH, MISS_LOW, Widening

MIDDLE = Growth(rounds=300, rate=0.07, leaves=31, least=20)
LOW = Growth(rounds=120, rate=0.1, leaves=15, quantile=MISS_LOW)
WHOLE = (MIDDLE, LOW, replace(LOW, quantile=1.0 - MISS_HIGH))
HALF = tuple(replace(growth, rounds=80, rate=0.12) for growth in WHOLE)
"""A half only shows how good the prior is on days that it knows; it may be smaller."""

FEWEST_DAYS = 4
Days = dict[str, list[int]]
NOTHING: Numbers = np.empty((0, 0))


def fitted(snapshots: Snapshots) -> Prior:
    """A prior from all days; its halves know every other day each."""
    days = dict(days_of(snapshots))
    even = dict(list(days.items())[::2])
    odd = {day: rows for day, rows in days.items() if day not in even}
    edges = binning(_table(snapshots, days)[0])
    halves = tuple(_part(snapshots, half, edges, HALF) for half in (even, odd))
    made = Prior(edges, _part(snapshots, days, edges, WHOLE), halves)
    return replace(made, widening=_widening(snapshots, made))


def _part(snapshots: Snapshots, days: Days, edges: Binning, growths: tuple[Growth, ...]) -> Part:
    table, ratio, history = _table(snapshots, days)
    bins = edges.bins(table)
    trees = (boosted(bins, ratio, growth) for growth in growths)
    return Part(frozenset(days), Forest(*trees), history)


def _table(snapshots: Snapshots, days: Days) -> tuple[Numbers, Numbers, History]:
    """Features and log ratios of known rows, each day with the history of the others; the history of all."""
    first = {day: sums_of(snapshots, Looked(rows, np.ones(len(rows)), NOTHING)) for day, rows in days.items()}
    whole = together(first.values())
    second = {}
    for day, rows in days.items():
        plain = _plain(snapshots, rows, _without(whole, first[day]))
        second[day] = sums_of(snapshots, Looked(rows, plain, NOTHING))
    whole = together(second.values())
    looked = [look(snapshots, rows, _without(whole, second[day])) for day, rows in days.items()]
    wait = np.concatenate([snapshots["wait"][each.rows] for each in looked])
    ratio = np.log1p(wait) - np.log1p(np.concatenate([each.plain for each in looked]))
    known = ~np.isnan(wait)
    return np.concatenate([each.features for each in looked])[known], ratio[known], whole


def _without(whole: History, own: History) -> History:
    made = together([whole])
    made.add(own, -1.0)
    return made


def _plain(snapshots: Snapshots, rows: list[int], rates: History) -> Numbers:
    """The plain estimates of a day by the rates of other days, minutes."""
    usual = [rates.rate(snapshots.keys[at]) for at in rows]
    columns = (snapshots[name][rows].tolist() for name in ("waiting", "calls60", "span60"))
    return np.array([plain_minutes(*row) for row in zip(*columns, usual, strict=True)])


def _widening(snapshots: Snapshots, prior: Prior) -> Widening:
    """Where an interval's ends stand after each half has told the other half's days."""
    widening = Widening()
    replay(snapshots, prior, widening)
    return widening


def main() -> None:
    asked = argparse.ArgumentParser(description="Makes the prior that halls begin with.")
    asked.add_argument("--snapshots", type=Path, required=True)
    asked.add_argument("--out", type=Path, default=SHIPPED)
    asked.add_argument("--days", default="", help="only these: 2019-12-30,2019-12-31")
    asked.add_argument("--before", default="9999", help="only days before this one")
    options = asked.parse_args()
    try:
        snapshots = read_snapshots(options.snapshots)
    except WrongSnapshots as error:
        raise SystemExit(str(error)) from None
    wanted = set(options.days.split(",") if options.days else snapshots.date)
    rows = [at for at, day in enumerate(snapshots.date) if day in wanted and day < options.before]
    if len({snapshots.date[at] for at in rows}) < FEWEST_DAYS:
        raise SystemExit(f"A prior needs {FEWEST_DAYS} days at least, half of them for each half.")
    save(fitted(snapshots.of(rows)), options.out)


if __name__ == "__main__":
    main()
