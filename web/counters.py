"""Counts by the minute, kept in this process by the `limits` library; here it is said what is too many."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from web.asked import app_here
from web.context import here
from web.refusals import TooMany

COUNTERS = "request-counters"
SWEEP_SECONDS = 60.0
PATIENCE = 0.5
"""Seconds that a count in Redis may take."""


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
        if self.expirations.get(key, 0.0) > time.time() + expiry:
            self.clear(key)  # the machine's clock was set back: it would count on for as long
        return super().incr(key, expiry, amount)

    def sweep(self) -> None:
        """A count that is over is forgotten when it is looked at."""
        self._swept = time.monotonic()
        for key in list(self.expirations):
            self.get(key)


class Counters:
    """How often something has happened in the present minute: here, or in all processes together."""

    def __init__(self, queue: str = "", hall: str = "") -> None:
        self._limiter = FixedWindowRateLimiter(Memory())
        self._together = FixedWindowRateLimiter(shared(queue, hall)) if queue else None
        self._items: dict[int, RateLimitItem] = {}

    def too_many(self, most: int, *about: str) -> int:
        """Counts one more; the seconds to wait when that is more than `most` in a minute, else 0."""
        return self._counted(self._limiter, most, about)

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
