"""When windows are there: late openings, closures that nobody planned, and work past the planned end.

Inferred from a day's calls and plan: a window that is free and calls nobody although somebody waits whom it
serves isn't there. Whatever can't be told that way (nobody waited) isn't counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from forecast.logs import Stretch, Visit
from forecast.scenes import NEVER, Floats

LATE, SILENT, REST = 1.5, 4.0, 30.0
"""Minutes: later is a late opening; a longer silence is an absence; a shorter gap in the plan is a rest."""

PRIOR_LATE, PRIOR_LATE_WEIGHT = 0.10, 10.0
PRIOR_CLOSED_AN_HOUR, PRIOR_CLOSED_HOURS = 0.02, 50.0
PRIOR_LEAVES = {False: 0.1, True: 0.97}
"""Whoever is inside at noon or in the evening is mostly served; a short rest begins on time."""
PRIOR_OVER = 150.0


@dataclass
class Lengths:
    """Lengths seen, with a few assumed ones in front."""

    assumed: tuple[float, ...]
    seen: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sorted: Floats | None = None

    def add(self, minutes: float) -> None:
        self.seen.append(minutes)
        self._sorted = None

    def beyond(self, minutes: float) -> tuple[Floats, float]:
        """All lengths above so many minutes, and their share."""
        if self._sorted is None:
            self._sorted = np.sort(np.array([*self.assumed, *self.seen]))
        first = int(np.searchsorted(self._sorted, minutes, side="right"))
        return self._sorted[first:], 1 - first / len(self._sorted)

    def left(self, minutes: float, shape: int | tuple[int, int], rng: np.random.Generator) -> Floats:
        """Draws how much longer it takes, so many minutes after it began."""
        pool, _ = self.beyond(minutes)
        drawn = rng.exponential(8.0, shape)
        if len(pool):
            known = pool[rng.integers(0, len(pool), shape)] - minutes
            drawn = np.where(rng.random(shape) < len(pool) / (len(pool) + 1.0), known, drawn)
        return np.asarray(drawn)


@dataclass
class Share:
    """How often something happens, drawn towards an assumed share."""

    assumed: float
    weight: float
    happened: float = 0.0
    out_of: float = 0.0

    def add(self, happened: bool) -> None:
        self.happened += happened
        self.out_of += 1

    @property
    def value(self) -> float:
        return (self.assumed * self.weight + self.happened) / (self.weight + self.out_of)


def late_lengths() -> Lengths:
    return Lengths((2.0, 3.0, 4.0, 6.0, 9.0, 14.0))


@dataclass
class Presence:
    """Openings (False: of a morning or afternoon, True: after a short rest), closures, ends."""

    late: dict[bool, Share] = field(
        default_factory=lambda: {rest: Share(PRIOR_LATE, PRIOR_LATE_WEIGHT) for rest in (False, True)}
    )
    lateness: dict[bool, Lengths] = field(
        default_factory=lambda: {rest: late_lengths() for rest in (False, True)}
    )
    closures: float = 0.0
    hours: float = 0.0
    closed: Lengths = field(default_factory=lambda: Lengths((10.0, 15.0, 20.0, 25.0, 30.0)))
    leaves: dict[bool, Share] = field(
        default_factory=lambda: {rest: Share(prior, 3.0) for rest, prior in PRIOR_LEAVES.items()}
    )
    over: float = 0.0
    gave_up: float = 0.0

    @property
    def closures_an_hour(self) -> float:
        """Unplanned ones, for each hour that a window should be open."""
        known = PRIOR_CLOSED_AN_HOUR * PRIOR_CLOSED_HOURS + self.closures
        return known / (PRIOR_CLOSED_HOURS + self.hours)

    @property
    def minutes_over(self) -> float:
        """How long a window that stays past its end goes on while people wait, on average."""
        return (PRIOR_OVER + self.over) / (1 + self.gave_up)

    def learn(self, visits: Sequence[Visit], plan: Iterable[Stretch], absent_minutes: float) -> None:
        """Takes in one day that is over."""
        day = PastDay(visits, absent_minutes)
        by_window: dict[str, list[Stretch]] = {}
        for stretch in plan:
            by_window.setdefault(stretch.window, []).append(stretch)
        for window, stretches in by_window.items():
            stretches.sort(key=lambda stretch: stretch.opens)
            for before, stretch, after in neighbours(stretches):
                self._learn(day, day.calls.get(window, NO_CALLS), before, stretch, after)

    def _learn(
        self, day: PastDay, calls: Calls, before: Stretch | None, stretch: Stretch, after: Stretch | None
    ) -> None:
        services = frozenset(stretch.services)
        mine = calls.between(stretch.opens, stretch.closes)
        self._opening(day, calls, before, stretch, services)
        self._closures(day, mine, stretch, services)
        self._end(day, calls, stretch, after, services)

    def _opening(
        self, day: PastDay, calls: Calls, before: Stretch | None, stretch: Stretch, services: frozenset[str]
    ) -> None:
        rest = before is not None and stretch.opens - before.closes < REST
        begins = max(stretch.opens, calls.busy_at(stretch.opens))
        first = min(calls.next_after(begins), stretch.closes)
        since = day.somebody_waits(services, begins, first)
        late = since is not None and first - since > LATE
        if late or first < stretch.closes:
            self.late[rest].add(late)
        if late:
            self.lateness[rest].add(first - begins)

    def _closures(self, day: PastDay, mine: Calls, stretch: Stretch, services: frozenset[str]) -> None:
        if len(mine.called):
            self.hours += (stretch.closes - stretch.opens) / 60
        nexts = [*mine.called[1:], stretch.closes]
        for free, following in zip(mine.free, nexts, strict=False):
            if following - free > SILENT:
                since = day.somebody_waits(services, free, following)
                if since is not None and following - since > SILENT:
                    self.closures += 1
                    self.closed.add(following - (free if since - free < 5 else since - 1.0))
                else:
                    self.hours -= (following - free) / 60

    def _end(
        self, day: PastDay, calls: Calls, stretch: Stretch, after: Stretch | None, services: frozenset[str]
    ) -> None:
        until = min(after.opens if after else NEVER, stretch.closes + 180)
        rest = after is not None and after.opens - stretch.closes < REST
        begins = max(stretch.closes, calls.busy_at(stretch.closes))
        over = calls.between(begins, until)
        last = over.free[-1] if len(over.called) else begins
        if last >= until and not len(over.called):
            return  # busy all the time with what was begun before
        alone = day.somebody_waits(services, last, until)
        waited = alone is not None and alone - last < 1.0
        if len(over.called) or waited:
            self.leaves[rest].add(not len(over.called))
        if len(over.called):
            self.over += last - stretch.closes
            self.gave_up += waited


@dataclass
class Calls:
    """One window's calls of a day, in order, and when it was free after each."""

    called: Floats
    free: Floats

    def between(self, start: float, end: float) -> Calls:
        a, b = np.searchsorted(self.called, [start, end])
        return Calls(self.called[a:b], self.free[a:b])

    def busy_at(self, at: float) -> float:
        """Until when it is busy with what it called before; 0 if it isn't."""
        before = int(np.searchsorted(self.called, at)) - 1
        return float(self.free[before]) if before >= 0 else 0.0

    def next_after(self, at: float) -> float:
        following = int(np.searchsorted(self.called, at))
        return float(self.called[following]) if following < len(self.called) else NEVER


NO_CALLS = Calls(np.zeros(0), np.zeros(0))


class PastDay:
    """A day's visits as arrays: who waited when, and each window's calls."""

    def __init__(self, visits: Sequence[Visit], absent_minutes: float) -> None:
        self.calls = calls_of(visits, absent_minutes)
        waited: dict[str, list[tuple[float, float]]] = {}
        for visit in visits:
            since = max(visit.joined, visit.line_at)
            if visit.called is not None and visit.called - since > 1.0:
                waited.setdefault(visit.service, []).append((since, visit.called))
        self._waited = {name: np.array(each) for name, each in waited.items()}
        self._of: dict[frozenset[str], Floats] = {}

    def _waits(self, services: frozenset[str]) -> Floats:
        if services not in self._of:
            wanted = [self._waited[name] for name in sorted(services or self._waited) if name in self._waited]
            self._of[services] = np.concatenate(wanted) if wanted else np.zeros((0, 2))
        return self._of[services]

    def somebody_waits(self, services: frozenset[str], start: float, end: float) -> float | None:
        """Since when, between start and end, somebody waits for it for over a minute; None: nobody."""
        waits = self._waits(services)
        since, until = np.maximum(waits[:, 0], start), np.minimum(waits[:, 1], end)
        long = since[until - since > 1.0]
        return float(long.min()) if len(long) else None

    def waited_at(self, services: frozenset[str], at: float) -> bool:
        """Whether somebody waits then whom the window serves."""
        waits = self._waits(services)
        return bool(((waits[:, 0] <= at) & (waits[:, 1] > at)).any())


def calls_of(visits: Iterable[Visit], absent_minutes: float) -> dict[str, Calls]:
    """Each window's calls; whoever didn't come kept it for so many minutes at most."""
    by_window: dict[str, list[tuple[float, float]]] = {}
    for visit in visits:
        if visit.called is not None and visit.window:
            free = visit.finished if visit.finished is not None else visit.called + absent_minutes
            by_window.setdefault(visit.window, []).append((visit.called, max(free, visit.called)))
    return {window: in_order(each) for window, each in by_window.items()}


def in_order(each: list[tuple[float, float]]) -> Calls:
    called, free = np.array(sorted(each)).T
    return Calls(called, np.minimum(free, np.append(called[1:], NEVER)))


def neighbours(stretches: list[Stretch]) -> Iterable[tuple[Stretch | None, Stretch, Stretch | None]]:
    """Each with the one before and the one after."""
    before: list[Stretch | None] = [None, *stretches[:-1]]
    after: list[Stretch | None] = [*stretches[1:], None]
    return zip(before, stretches, after, strict=True)


def takes_of(stretch: Stretch, services: Iterable[str]) -> Mapping[str, float]:
    """What it serves, without reluctance; no services named: all."""
    return dict.fromkeys(stretch.services or services, 0.0)
