"""Signals go out once: where several processes serve the hall, from the one that leads."""

from __future__ import annotations

from collections.abc import Callable

from web.context import Built

LOOK_SECONDS = 1.0
"""How often a process looks whether it leads now."""


class Ours:
    """Whether this process sends now; `begin` is called each time that it comes to."""

    def __init__(self, built: Built, begin: Callable[[], None]) -> None:
        self._built, self._begin, self._was = built, begin, False

    def now(self) -> bool:
        leads = self._built.together.leads
        if leads and not self._was:
            self._begin()
        self._was = leads
        return leads
