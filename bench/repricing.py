"""How long it takes to tell everybody's wait anew: 151 windows, 1,000 waiting, on one core.

    python -m bench.repricing [--waiting 1000] [--plays 100] [--days 6] [--times 7]

A made-up district hall; learned from its days before, then a morning with so many people in its lines. Each
time tells all who wait and a newcomer of every service and class; processor time, compiled beforehand.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from forecast.foresee import foresee
from forecast.history import History, history_of
from forecast.logs import read_log, read_plan
from forecast.made_files import write
from forecast.situations import Situation

SEED, TEN = 7, 600.0


def morning(days: int) -> History:
    """The last day at ten, and what the days before have taught."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, "district", SEED, days, 1.2, False)
        visits, plan = read_log(folder / "tickets.csv"), read_plan(folder / "windows.csv")
    return history_of(visits, plan, visits[-1].day, TEN)


def crowded(situation: Situation, waiting: int) -> Situation:
    """The same with exactly so many waiting: its own, and others who joined when they did."""
    many = islice(cycle(situation.waiting), waiting)
    return replace(
        situation, waiting=tuple(replace(each, ticket=f"w{n}", tie=n) for n, each in enumerate(many))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waiting", type=int, default=1000)
    parser.add_argument("--days", type=int, default=6)
    parser.add_argument("--plays", type=int, default=100)
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    history = morning(asked.days)
    situation = crowded(history.situation, asked.waiting)
    services = sorted({service for each in situation.openings for service in each.takes})
    newcomers = [(service, name) for service in services for name in situation.classes]
    windows = len({each.window for each in situation.openings})
    taken = []
    for n in range(asked.times + 1):
        began = time.process_time()
        told = foresee(situation, history.learned, seed=n, plays=asked.plays, newcomers=newcomers)
        taken.append(time.process_time() - began)
    print(f"{windows} windows, {len(history.situation.waiting)} waited, {len(situation.waiting)} are priced")
    print(f"told: {len(told.tickets)} who wait, {len(told.newcomers)} kinds of newcomers")
    print(f"first {taken[0]:.2f} s; then median {median(taken[1:]):.3f} s, most {max(taken[1:]):.3f} s")


if __name__ == "__main__":
    main()
