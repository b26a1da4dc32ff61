"""Derives `arrivals.csv` from the recorded queues: tickets per five minutes, queue by queue.

python -m bench.traces.derive warsaw_hall_days.csv.gz > bench/traces/arrivals.csv
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

OPENS, CLOSES, STEP = 480, 1080, 5
"""The offices' Monday, in minutes of the day: 8:00 to 18:00."""

DAYS = (
    ("UD_Bielany", "2020-01-13"),
    ("UD_Praga_Poludnie", "2020-01-13"),
    ("UD_Targowek", "2020-01-13"),
)

Row = Mapping[str, str]
Queues = dict[str, list[int]]


def spread(tickets: int, after: int, until: int) -> Iterator[float]:
    """Moments for tickets of which only the two snapshots around them are known: evenly between."""
    gap = max(until - after, 0)
    return (after + gap * (place + 0.5) / tickets for place in range(tickets))


def slot(moment: float) -> int:
    """The column of a moment; who stood at the door before the opening comes in the first one."""
    last = (CLOSES - OPENS) // STEP - 1
    return min(max(int(moment - OPENS) // STEP, 0), last)


def arrivals_by_queue(rows: Iterable[Row]) -> Queues:
    """Tickets per slot for each queue of one office-day; rows come in the order of time."""
    queues: Queues = defaultdict(lambda: [0] * ((CLOSES - OPENS) // STEP))
    seen: dict[str, int] = {}
    for row in rows:
        minute = int(row["minute"])
        for moment in spread(int(row["issued"]), seen.get(row["queue_id"], OPENS), minute):
            queues[row["queue_id"]][slot(moment)] += 1
        seen[row["queue_id"]] = minute
    return queues


def ranked(queues: Queues) -> list[list[int]]:
    """The queues' arrivals, busiest first; queues without any are left out."""
    return sorted((slots for slots in queues.values() if any(slots)), key=sum, reverse=True)


def table(rows: Iterable[Row]) -> Iterator[list[str]]:
    """The lines of `arrivals.csv`, heading first."""
    days: dict[tuple[str, str], list[Row]] = {day: [] for day in DAYS}
    for row in rows:
        if (day := (row["office"], row["date"])) in days:
            days[day].append(row)
    yield ["office", "date", "rank", *(str(minute) for minute in range(OPENS, CLOSES, STEP))]
    for (office, date), kept in days.items():
        for rank, slots in enumerate(ranked(arrivals_by_queue(kept)), start=1):
            yield [office, date, str(rank), *map(str, slots)]


def derive(source: Path, out: TextIO) -> None:
    """Writes the whole table from the packed source."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as packed:
        csv.writer(out, lineterminator="\n").writerows(table(csv.DictReader(packed)))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source", type=Path, help="the packed CSV with a row per queue and snapshot")
    derive(parser.parse_args().source, sys.stdout)


if __name__ == "__main__":
    main()
