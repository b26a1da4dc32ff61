"""How people come to a hall: recorded arrivals, and moments drawn from them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

ARRIVALS = Path(__file__).parent / "traces" / "arrivals.csv"


@dataclass(frozen=True)
class Queue:
    """One queue's tickets, in equal slots from opening to closing."""

    slots: tuple[int, ...]

    @cached_property
    def tickets(self) -> int:
        return sum(self.slots)

    @cached_property
    def _up_to(self) -> tuple[int, ...]:
        return tuple(accumulate(self.slots))

    def moment(self, rng: Random) -> float:
        """When somebody comes, as a share of the open day: 0 is the opening, 1 the closing."""
        slot = rng.choices(range(len(self.slots)), cum_weights=self._up_to)[0]
        return (slot + rng.random()) / len(self.slots)


@dataclass(frozen=True)
class Trace:
    """One recorded day of one office; queues stand busiest first."""

    office: str
    date: str
    queues: tuple[Queue, ...]

    def queue(self, rank: int) -> Queue:
        """The queue of that rank; with more ranks than queues it starts again."""
        return self.queues[rank % len(self.queues)]

    def popularity(self, rank: int) -> float:
        """How many come to the queue of that rank, as a multiple of the mean."""
        mean = sum(queue.tickets for queue in self.queues) / len(self.queues)
        return self.queue(rank).tickets / mean


def read_traces(lines: Iterable[str]) -> list[Trace]:
    """The office-days of a table as `arrivals.csv`, in its order."""
    rows = csv.reader(lines)
    next(rows)
    days: dict[tuple[str, str], list[Queue]] = defaultdict(list)
    for office, date, _rank, *slots in rows:
        days[office, date].append(Queue(tuple(map(int, slots))))
    return [Trace(office, date, tuple(queues)) for (office, date), queues in days.items()]


def trace_for(seed: int, path: Path = ARRIVALS) -> Trace:
    """The recorded day that a seed plays."""
    traces = read_traces(path.read_text(encoding="utf-8").splitlines())
    return traces[(seed - 1) % len(traces)]
