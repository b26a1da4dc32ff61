"""Counts by the minute, kept in this process by the `limits` library; here it is said what is too many."""

from __future__ import annotations

import time
from typing import cast

from flask import current_app
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from web.context import here
from web.refusals import TooMany

COUNTERS = "request-counters"
SWEEP_SECONDS = 60.0


class NoTimer:
    """Stands where the library keeps a thread that looks through every count a hundred times a second."""

    def is_alive(self) -> bool:
        return True


class Memory(MemoryStorage):
    """Forgets old counts once a minute, by the way."""

    def __init__(self) -> None:
        super().__init__()
        self.timer.join()
        self.timer = NoTimer()  # type: ignore[assignment]
        self._swept = time.monotonic()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        if time.monotonic() - self._swept > SWEEP_SECONDS:
            self.sweep()
        return super().incr(key, expiry, amount)

    def sweep(self) -> None:
        """A count that is over is forgotten when it is looked at."""
        self._swept = time.monotonic()
        for key in list(self.expirations):
            self.get(key)


class Counters:
    """How often something has happened in the present minute."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(Memory())
        self._items: dict[int, RateLimitItem] = {}

    def too_many(self, most: int, *about: str) -> int:
        """Counts one more; the seconds to wait when that is more than `most` in a minute, else 0."""
        item = self._items.setdefault(most, RateLimitItemPerMinute(most))
        if self._limiter.hit(item, *about):
            return 0
        return max(1, round(self._limiter.get_window_stats(item, *about).reset_time - time.time()))


def few(most: int, *about: str) -> None:
    """Refuse what has happened so often in this minute."""
    seconds = _too_many(most, *about)
    if seconds:
        raise TooMany(seconds=seconds)


def is_few(most: int, *about: str) -> bool:
    """The same without a refusal."""
    return not _too_many(most, *about)


def _too_many(most: int, *about: str) -> int:
    """A hall on a fast clock is pressed faster."""
    clock, counters = here().clock, cast(Counters, current_app.extensions[COUNTERS])
    return counters.too_many(round(most * max(1.0, clock.speed)) if clock.simulated else most, *about)
