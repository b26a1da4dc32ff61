"""What looks coached: worked out from a period's facts, shown with its evidence, never deducted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Literal

from queueing.clock import Instant, minutes_between
from queueing.house import RatingRules
from queueing.records import Json
from scoring.levels import LEVELS

Kind = Literal["at_once", "run_of_best", "while_away", "same_timing", "hardly_served", "from_terminal"]
BEST = LEVELS[0]
SAME_SECONDS = 0.1
"""Delays that lie this close together were hardly made by different people."""


@dataclass(frozen=True)
class RatedVisit:
    """One rating with what is known of its visit."""

    ticket: str
    number: str
    window: str
    clerk: str | None
    day: str
    level: str
    channel: str
    at: Instant
    started_at: Instant | None
    finished_at: Instant
    held_seconds: float = 0.0
    came_from: str = ""

    @cached_property
    def delay(self) -> float:
        """Seconds from the end of the service to the rating."""
        return 60.0 * minutes_between(self.finished_at, self.at)

    @cached_property
    def served(self) -> float | None:
        """Seconds of service, without those on hold."""
        if self.started_at is None:
            return None
        return 60.0 * minutes_between(self.started_at, self.finished_at) - self.held_seconds


@dataclass(frozen=True)
class SeatChange:
    """From then on the window was open, paused, or had nobody."""

    window: str
    at: Instant
    state: str


@dataclass(frozen=True)
class Flag:
    """Something conspicuous at one window under one clerk, with the ratings that it is about."""

    kind: Kind
    window: str
    clerk: str | None
    ratings: tuple[RatedVisit, ...]
    more: Json = field(default_factory=dict)


def flags(facts: Iterable[RatedVisit], seats: Iterable[SeatChange], rules: RatingRules) -> list[Flag]:
    """Every flag of the period, those with most ratings first; a rule set to 0 is off."""
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.ticket))
    state_at = Seats(seats).state_at
    found = [
        *_each("at_once", ordered, lambda fact: at_once(fact, rules)),
        *_each("hardly_served", ordered, lambda fact: hardly_served(fact, rules)),
        *_each("from_terminal", ordered, lambda fact: fact.came_from == "terminal"),
        *_each("while_away", ordered, lambda fact: by_pad(fact) and state_at(fact.window, fact.at) != "open"),
        *runs_of_best(ordered, rules.flag_run_of_best),
        *same_timing(ordered, rules.flag_same_timing),
    ]
    return sorted(found, key=lambda flag: (-len(flag.ratings), flag.window, flag.kind))


class Seats:
    """How each window stood at any moment; before its first change nobody sat there."""

    def __init__(self, changes: Iterable[SeatChange]) -> None:
        self._windows: dict[str, tuple[list[Instant], list[str]]] = {}
        for change in sorted(changes, key=lambda change: change.at):
            times, states = self._windows.setdefault(change.window, ([], []))
            times.append(change.at)
            states.append(change.state)

    def state_at(self, window: str, at: Instant) -> str:
        times, states = self._windows.get(window, ([], []))
        place = bisect_right(times, at)
        return states[place - 1] if place else "closed"


def by_pad(fact: RatedVisit) -> bool:
    return fact.channel == "pad"


def at_once(fact: RatedVisit, rules: RatingRules) -> bool:
    """Nobody reads five faces and chooses so soon after the clerk pressed Finish."""
    return by_pad(fact) and fact.delay < rules.flag_at_once_seconds


def hardly_served(fact: RatedVisit, rules: RatingRules) -> bool:
    """The best level for a service that hardly took place."""
    return fact.level == BEST and fact.served is not None and fact.served < rules.flag_short_service_seconds


def runs_of_best(facts: Sequence[RatedVisit], least: int) -> Iterator[Flag]:
    """Unbroken runs of the best level at the pads; beside each, how often others give the best."""
    pads = [fact for fact in facts if by_pad(fact)]
    if least <= 0:
        return
    for place, own in grouped(pads):
        others = [fact for fact in pads if whose(fact) != place]
        for best, run in groupby(own, key=lambda fact: fact.level == BEST):
            ratings = tuple(run)
            if best and len(ratings) >= least:
                yield Flag("run_of_best", *place, ratings, {"best_elsewhere": share_of_best(others)})


def share_of_best(facts: Sequence[RatedVisit]) -> float | None:
    return sum(fact.level == BEST for fact in facts) / len(facts) if facts else None


def same_timing(facts: Sequence[RatedVisit], least: int) -> Iterator[Flag]:
    """Many ratings of one day that came the same time after the finish, as a hand in a habit gives them."""
    if least <= 0:
        return
    for place, own in grouped([fact for fact in facts if by_pad(fact)]):
        for _, day in groupby(own, key=lambda fact: fact.day):
            ratings = largest_cluster(sorted(day, key=lambda fact: fact.delay))
            if len(ratings) >= least:
                seconds = round(ratings[0].delay, 1)
                yield Flag("same_timing", *place, tuple(sorted(ratings, key=when)), {"seconds": seconds})


def largest_cluster(by_delay: Sequence[RatedVisit]) -> Sequence[RatedVisit]:
    """The most ratings whose delays lie within SAME_SECONDS of each other."""
    delays = [fact.delay for fact in by_delay]
    ends = [bisect_right(delays, delay + SAME_SECONDS) for delay in delays]
    best = max(range(len(delays)), key=lambda at: ends[at] - at, default=0)
    return by_delay[best : ends[best]] if delays else []


Place = tuple[str, str | None]


def whose(fact: RatedVisit) -> Place:
    return fact.window, fact.clerk


def when(fact: RatedVisit) -> Instant:
    return fact.at


def grouped(facts: Sequence[RatedVisit]) -> Iterator[tuple[Place, list[RatedVisit]]]:
    """The ratings of each clerk at each window, in their order."""
    places: dict[Place, list[RatedVisit]] = {}
    for fact in facts:
        places.setdefault(whose(fact), []).append(fact)
    yield from places.items()


def _each(kind: Kind, facts: Sequence[RatedVisit], odd: Callable[[RatedVisit], bool]) -> Iterator[Flag]:
    """The ratings that are odd one by one, together for each clerk at each window."""
    for place, found in grouped([fact for fact in facts if odd(fact)]):
        yield Flag(kind, *place, tuple(found))
