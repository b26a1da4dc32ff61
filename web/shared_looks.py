"""What many screens see alike, drawn once: a thousand that come back at once ask for the same picture."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from queueing.clock import Instant, shifted

KEPT_SECONDS = 1.0
"""Of real time: waits change as time passes, and the lines are drawn anew as often."""

T = TypeVar("T")


class SharedLooks:
    """Good as long as nothing has happened in the hall, and for a moment at most."""

    def __init__(self, speed: float) -> None:
        """`speed`: the hall's seconds in a real one."""
        self._minutes = KEPT_SECONDS * speed / 60.0
        self._kept: tuple[int, Instant, Instant, dict[Hashable, Any]] = (-1, "", "", {})

    def seen(self, what: Hashable, seq: int, at: Instant, draw: Callable[[], T]) -> T:
        """As drawn at that seq, by this call or an earlier one. Nobody may change it."""
        drawn = self._at(seq, at)
        if what not in drawn:
            drawn[what] = draw()
        found: T = drawn[what]
        return found

    def _at(self, seq: int, at: Instant) -> dict[Hashable, Any]:
        """What was drawn of this moment; what is still being drawn of an older one isn't put among it."""
        known, since, until, drawn = self._kept
        if seq != known or not since <= at <= until:
            drawn = {}
            self._kept = seq, at, shifted(at, minutes=self._minutes), drawn
        return drawn
