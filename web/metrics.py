"""What the server counts of itself, for Prometheus; docs/metrics.md tells each one.

Every label takes few values, all of them from the hall's file or the code; nothing here is about a person.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import Lock
from typing import Any, cast
from weakref import WeakValueDictionary

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from queueing.clock import minutes_between
from queueing.errors import HallError
from queueing.records import Event
from web.context import Built

MILLISECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
WAITS = tuple(60 * minutes for minutes in (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180))
SIZES = (1, 2, 4, 8, 16, 32, 64)
MOST_UNSENT = 10_000
"""Commits that are remembered until they were pushed; when more are under way, the oldest aren't measured."""

PRESSES = Counter("hall_presses", "Presses and what came of them", ["hall", "action", "outcome"])
PRESS_SECONDS = Histogram("hall_press_seconds", "Press in to answer out", ["hall"], buckets=MILLISECONDS)
COMMIT_SECONDS = Histogram("hall_commit_seconds", "One group of changes kept", ["hall"], buckets=MILLISECONDS)
COMMIT_CHANGES = Histogram("hall_commit_changes", "Changes in one group", ["hall"], buckets=SIZES)
PUSH_SECONDS = Histogram("hall_push_seconds", "Commit to told to all screens", ["hall"], buckets=MILLISECONDS)
WAITED = Histogram("hall_waited_seconds", "Joined to first called", ["hall", "service"], buckets=WAITS)
JOINS = Counter("hall_joins", "Screens that took a whole picture", ["hall", "screen"])
CATCH_UPS = Counter("hall_catch_ups", "Screens that asked for what they missed", ["hall", "outcome"])
DROPPED = Counter("hall_dropped_screens", "Screens hung up on", ["hall", "reason"])

WAITING = Gauge("hall_waiting_tickets", "Tickets that wait", ["hall", "service"])
SCREENS = Gauge("hall_screens", "Screens that are connected here", ["hall", "screen"])
FORECAST_AGE = Gauge("hall_forecast_age_seconds", "Hall time since the forecast's picture", ["hall"])
TROUBLE = Gauge("hall_trouble", "1 while something keeps the hall from its work", ["hall", "trouble"])
UNDER_WAY = Gauge("hall_requests_under_way", "Requests that are being answered, the scrape included")
LAST_EVENT = Gauge("hall_last_event", "Seq of the last event in the log", ["hall"])
AT_SCRAPE = (WAITING, SCREENS, FORECAST_AGE, TROUBLE, LAST_EVENT)
"""Worked out when they are asked for."""

KIND = CONTENT_TYPE_LATEST
PRESSES_KEPT = 2048
ONE_BY_ONE = Lock()
HALLS: WeakValueDictionary[str, Built] = WeakValueDictionary()
"""All halls that this process serves."""


def measure(built: Built) -> None:
    """From now on the hall's commits, pushes and waits are measured."""
    name = built.house.hall.id
    HALLS[name] = built
    delays, store = Delays(name), cast(Any, built.store)  # whichever keeps the hall
    store.watched = Commits(name).watched
    built.hearing.append(delays.sent)
    built.starting.append(lambda: delays.listen(store))


@lru_cache(maxsize=PRESSES_KEPT)
def _counted(hall: str, action: str, outcome: str) -> tuple[Counter, Histogram]:
    """Where presses of a kind are counted: looked up once."""
    return PRESSES.labels(hall, action, outcome), PRESS_SECONDS.labels(hall)


def press(hall: str, action: str, outcome: str, seconds: float) -> None:
    """One more, and how long it took."""
    presses, took = _counted(hall, action, outcome)
    presses.inc()
    took.observe(seconds)


class Commits:
    """How long groups of changes take and how many share one."""

    def __init__(self, hall: str) -> None:
        self._seconds, self._changes = COMMIT_SECONDS.labels(hall), COMMIT_CHANGES.labels(hall)

    @contextmanager
    def watched(self, group: Sized) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._seconds.observe(time.perf_counter() - began)
            self._changes.observe(len(group))  # who came while it waited for the hall was taken along


class Delays:
    """From the commit here until screens have been told; and how long those waited who were called."""

    def __init__(self, hall: str) -> None:
        self._hall, self._seconds = hall, PUSH_SECONDS.labels(hall)
        self._unsent: deque[tuple[int, float]] = deque(maxlen=MOST_UNSENT)

    def listen(self, store: Any) -> None:
        """Hears of commits before whoever tells the screens does."""
        tell = store.on_commit

        def heard(events: Sequence[Event]) -> None:
            self.committed(events)
            tell(events)

        store.on_commit = heard

    def committed(self, events: Sequence[Event]) -> None:
        """By this process; what others commit, they count."""
        self._unsent.append((events[-1].seq, time.perf_counter()))
        for event in events:
            if event.action == "call" and event.shown.get("calls") == 1:
                waited = minutes_between(event.shown["joined_at"], event.at)
                WAITED.labels(self._hall, event.shown["service"]).observe(60 * waited)

    def sent(self, events: Sequence[Event]) -> None:
        now = time.perf_counter()
        while self._unsent and self._unsent[0][0] <= events[-1].seq:
            self._seconds.observe(now - self._unsent.popleft()[1])


def told() -> bytes:
    """All that was counted, in Prometheus's own form; one asker after the other."""
    with ONE_BY_ONE:
        look()
        return generate_latest()


def look() -> None:
    """Brings what is worked out at a scrape up to date; what is gone meanwhile is told no more."""
    for gauge in AT_SCRAPE:
        gauge.clear()
    for name, built in list(HALLS.items()):
        look_at(name, built)


def look_at(name: str, built: Built) -> None:
    with suppress(HallError):  # told as the hall's trouble
        look_into(name, built)
    for screen in list(built.push.screens.values()):
        SCREENS.labels(name, screen.kind).inc()
    stands = built.hall.outlook.stands
    if stands:
        FORECAST_AGE.labels(name).set(60 * max(0.0, minutes_between(stands[0].at, built.hall.now())))
    for trouble in [built.store.trouble, *(ask() for ask in built.troubles)]:
        if trouble:
            TROUBLE.labels(name, trouble.partition(" ")[0]).set(1)
    for shut in built.city.shut if built.city else ():
        TROUBLE.labels(shut.id, "shut").set(1)


def look_into(name: str, built: Built) -> None:
    """What has to be read; nobody waits for a database that is known to be away."""
    if built.store.trouble:
        return
    for line in built.push.lines.now():
        WAITING.labels(name, line["service"]).set(line["waiting"])
    LAST_EVENT.labels(name).set(built.store.look(lambda desk: desk.seq()))
