"""How long the disk takes to keep a change, measured all the time: it may be slow now and quick tomorrow."""

from __future__ import annotations

from collections.abc import Callable

from queueing.clock import Stopwatch

QUICK_SECONDS = 0.001
"""The event loop may be held up for so long."""

WEIGHT, MOST_SECONDS = 0.1, 0.05
"""Of the newest commit in the running mean, and how long one counts at the most."""


class Syncs:
    """The running mean of one writer's commits; a disk counts as slow until it has shown otherwise."""

    def __init__(self) -> None:
        self._mean = MOST_SECONDS

    @property
    def are_quick(self) -> bool:
        return self._mean < QUICK_SECONDS

    def timed(self, commit: Callable[[], None]) -> None:
        """Runs a commit, and remembers how long it took."""
        watch = Stopwatch()
        commit()
        self.took(watch.seconds())

    def took(self, seconds: float) -> None:
        self._mean += WEIGHT * (min(seconds, MOST_SECONDS) - self._mean)
