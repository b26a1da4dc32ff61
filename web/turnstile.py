"""Whoever only looks goes through one at a time, so that whoever presses never waits behind a crowd."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any


class Turnstile:
    """Opens for one after the other, in the order in which they came; between two it is the others' turn.

    Where one loop serves all, a thousand pages that are asked for at once would otherwise be made in one go.
    """

    def __init__(self, give_way: Callable[[], Any]) -> None:
        """`give_way` lets everybody go on whose request has arrived, and comes back after them."""
        self._give_way, self._guard = give_way, threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._busy = False

    def pass_through(self) -> None:
        """Back when it is one's turn."""
        mine = self._came()
        try:
            if mine is None:
                self._give_way()
            else:
                mine.acquire()
        except BaseException:
            if not self._gave_up(mine):
                self._next()
            raise
        self._next()

    def _came(self) -> threading.Lock | None:
        """What whoever is before opens; none: nobody is."""
        with self._guard:
            if not self._busy:
                self._busy = True
                return None
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
            return mine

    def _gave_up(self, mine: threading.Lock | None) -> bool:
        """Whether one that was ended still waited: then it isn't the one to let the next through."""
        with self._guard:
            if mine is None or mine not in self._waiting:
                return False
            self._waiting.remove(mine)
            return True

    def _next(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False
