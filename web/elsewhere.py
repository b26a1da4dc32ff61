"""Shut halls of a city in its other processes: which, why, and which were asked to be opened once more.

Each process says it once a second with its word (`web.agreeing`), so it holds while Redis is away, too.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from queueing.records import Json

LONGEST_REASON = 500
"""Letters of a reason that the others are told."""


@dataclass
class Elsewhere:
    """What this process tells the others of a city, and what it has heard from them."""

    words: Sequence[Json] = ()
    _asked: dict[str, str] = field(default_factory=dict)
    _heard: set[str] = field(default_factory=set)

    def ask(self, hall: str) -> None:
        """Every process tries that hall once more; the mark tells this asking from the one before."""
        self._asked[hall] = secrets.token_hex(8)

    def word(self, shut: Iterable[tuple[str, str, str]]) -> Json:
        """The shut halls of this process, each with its code and reason, and what was asked here."""
        told = {hall: {"what": what, "why": why[:LONGEST_REASON]} for hall, what, why in shut}
        return {"shut": told, "asked": dict(self._asked)}

    def hear(self, words: Sequence[Json]) -> list[str]:
        """The halls that somebody asked for elsewhere since; a word that was missed once is heard later."""
        self.words = [word for word in words if "shut" in word]
        fresh = {mark: hall for word in self.words for hall, mark in word["asked"].items()}
        fresh = {mark: hall for mark, hall in fresh.items() if mark not in self._heard}
        self._heard.update(fresh)
        return sorted(set(fresh.values()))

    def reasons(self, hall: str) -> Iterator[Json]:
        """Code and reason of each other process in which the hall is shut."""
        return (word["shut"][hall] for word in self.words if hall in word["shut"])
