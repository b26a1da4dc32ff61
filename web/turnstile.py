"""Whoever only looks goes through few at a time, so that whoever presses never waits behind a crowd."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

AT_ONCE = 4
"""Looks between two turns of the others: some milliseconds, and a crowd still gets on beside many presses."""


def shut() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False)
class Place:
    """Of one that waits; the last of those that are let through together lets the next ones through."""

    gate: threading.Lock = field(default_factory=shut)
    is_through: bool = False
    is_last: bool = False


class Turnstile:
    """Opens for a few after the others, in the order in which they came; in between it is the others' turn.

    Where one loop serves all, a thousand pages that are asked for at once would otherwise be made in one go.
    """

    def __init__(self, give_way: Callable[[], Any]) -> None:
        """`give_way` lets everybody go on whose request has arrived, and comes back after them."""
        self._give_way, self._guard = give_way, threading.Lock()
        self._waiting: deque[Place] = deque()
        self._busy = False

    def pass_through(self) -> None:
        """Back when it is one's turn."""
        mine = self._came()
        try:
            if mine is None:
                self._give_way()
            else:
                mine.gate.acquire()
        finally:
            if self._lets_others_through(mine):
                self._next()

    def _came(self) -> Place | None:
        """Where one waits; none: nobody is before."""
        with self._guard:
            if not self._busy:
                self._busy = True
                return None
            self._waiting.append(mine := Place())
            return mine

    def _lets_others_through(self, mine: Place | None) -> bool:
        """Not who was ended while it still waited: it only leaves."""
        with self._guard:
            if mine is None or mine.is_last:
                return True
            if not mine.is_through:
                self._waiting.remove(mine)
            return False

    def _next(self) -> None:
        with self._guard:
            together = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            self._busy = bool(together)
            for place in together:
                place.is_through, place.is_last = True, place is together[-1]
                place.gate.release()
