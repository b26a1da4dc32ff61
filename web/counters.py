"""Counts by the minute: in this process, or by the `limits` library for all; and what is too many."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import cast

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from web.asked import app_here
from web.context import here
from web.refusals import TooMany

COUNTERS = "request-counters"
MINUTE = 60.0
PATIENCE = 0.5
"""Seconds that a count in Redis may take."""


class Minutes:
    """How often something has happened in the minute that began when it first did, in this process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._begun: dict[tuple[Hashable, ...], tuple[float, Iterator[int]]] = {}
        self._swept = time.monotonic()

    def __len__(self) -> int:
        return len(self._begun)

    def once_more(self, what: tuple[Hashable, ...]) -> tuple[int, float]:
        """How often by now, and the seconds until its minute is over."""
        now = time.monotonic()
        minute = self._begun.get(what)
        if minute is None or minute[0] <= now:
            minute = self._begin(what, now)
        return next(minute[1]), minute[0] - now

    def sweep(self, now: float) -> None:
        """What is over is forgotten."""
        self._swept = now
        for what, (ends, _) in list(self._begun.items()):
            if ends <= now:
                del self._begun[what]

    def _begin(self, what: tuple[Hashable, ...], now: float) -> tuple[float, Iterator[int]]:
        """A new minute, or the one that somebody else has begun meanwhile."""
        with self._guard:
            if now - self._swept > MINUTE:
                self.sweep(now)
            minute = self._begun.get(what)
            if minute is None or minute[0] <= now:
                minute = self._begun[what] = (now + MINUTE, count(1))
            return minute


class Counters:
    """How often something has happened in the present minute: here, or in all processes together."""

    def __init__(self, queue: str = "", hall: str = "") -> None:
        self._minutes = Minutes()
        self._together = FixedWindowRateLimiter(shared(queue, hall)) if queue else None
        self._items: dict[int, RateLimitItem] = {}

    def too_many(self, most: int, *about: str) -> int:
        """Counts one more; the seconds to wait when that is more than `most` in a minute, else 0."""
        times, left = self._minutes.once_more((most, *about))
        return max(1, round(left)) if times > most else 0

    def too_many_together(self, most: int, *about: str) -> int:
        """The same for all processes; for this one alone while Redis is away."""
        if self._together is not None:
            with suppress(StorageError):
                return self._counted(self._together, most, about)
        return self.too_many(most, *about)

    def _counted(self, limiter: FixedWindowRateLimiter, most: int, about: Sequence[str]) -> int:
        item = self._items.setdefault(most, RateLimitItemPerMinute(most))
        if limiter.hit(item, *about):
            return 0
        return max(1, round(limiter.get_window_stats(item, *about).reset_time - time.time()))


def shared(queue: str, hall: str) -> Storage:
    """Counts in Redis; whoever waits for them doesn't wait long."""
    from limits.storage import RedisStorage

    return RedisStorage(
        queue, wrap_exceptions=True, key_prefix=f"hall:{hall}",
        socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE,
    )  # fmt: skip


def few(most: int, *about: str) -> None:
    """Refuse what has happened so often in this minute."""
    _refuse(_counters().too_many(_in_a_minute(most), *about))


def few_together(most: int, *about: str) -> None:
    """Refuse what has happened so often in all processes of the hall: what somebody might guess."""
    _refuse(_counters().too_many_together(_in_a_minute(most), *about))


def _refuse(seconds: int) -> None:
    if seconds:
        raise TooMany(seconds=seconds)


def is_few(most: int, *about: str) -> bool:
    """The same without a refusal."""
    return not _counters().too_many(_in_a_minute(most), *about)


def _counters() -> Counters:
    return cast(Counters, app_here().extensions[COUNTERS])


def _in_a_minute(most: int) -> int:
    """A hall on a fast clock is pressed faster."""
    clock = here().clock
    return round(most * max(1.0, clock.speed)) if clock.simulated else most
