"""Who speaks in an area when several processes serve the hall: one keeps the area, and its machine speaks.

Each process says once a second how well its best machine there could speak; the area goes to the best, and
stays where it is among equals. The leading process keeps what nobody speaks in, so that its log is written
once. Who keeps an area is held in the database; a process that can't reach it keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from queueing.records import Json
from web.context import Built
from web.speaking import LEASE_SECONDS, Speaker

Rank = list[int]
WATCHES: Rank = [-1, 0]
"""Of the process that leads, where none of its machines asks."""


def held_as(area: str) -> str:
    """The name under which an area is kept."""
    return f"speaks {area}"


class UpTo:
    """The calls up to that event, by their names."""

    def __init__(self, seq: int) -> None:
        self._seq = seq

    def __contains__(self, call: object) -> bool:
        return int(str(call)) <= self._seq


class Sharing:
    """Which areas this process keeps, and how the others' stand."""

    def __init__(self, built: Built, areas: Iterable[str]) -> None:
        self._built = built
        self._asked: dict[str, dict[str, tuple[Rank, float]]] = {area: {} for area in areas}
        self._elsewhere: dict[str, Json] = {}
        self.kept: set[str] = set()
        """As it was when it was last agreed on."""

    def keeps(self, area: str) -> bool:
        return self._built.together.holds(held_as(area))

    # -- the machines here ------------------------------------------------------------------------

    def asked(self, area: str, speaker: Speaker, now: float) -> None:
        """A machine here would speak."""
        able, meant = speaker.rank
        self._asked[area][speaker.socket] = ([able, int(meant)], now + LEASE_SECONDS)

    def left(self, socket: str) -> None:
        for asked in self._asked.values():
            asked.pop(socket, None)

    def ranks(self, now: float) -> dict[str, Rank]:
        """How well each area could be spoken in from here; areas with nobody are left out."""
        found = {area: self._rank(area, now) for area in self._asked}
        return {area: rank for area, rank in found.items() if rank is not None}

    def _rank(self, area: str, now: float) -> Rank | None:
        asked = self._asked[area]
        for socket in [socket for socket, (_, until) in asked.items() if until <= now]:
            del asked[socket]
        best = max((rank for rank, _ in asked.values()), default=None)
        return WATCHES if best is None and self._built.together.leads else best

    # -- among the processes ----------------------------------------------------------------------

    def wanted(self, ranks: Mapping[str, Rank], playing: Iterable[str]) -> dict[str, bool]:
        """Which areas to keep: nobody is cut off, and nobody better is kept waiting."""
        busy = {area for area in playing if self.keeps(area)}
        return {held_as(area): area in busy or self._is_best(area, ranks.get(area)) for area in self._asked}

    def _is_best(self, area: str, own: Rank | None) -> bool:
        ranks = (word.get("ranks", {}).get(area) for word in self._built.together.others)
        others = [rank for rank in ranks if rank is not None]
        return own is not None and own >= max(others, default=own)

    def moves(self) -> tuple[set[str], set[str]]:
        """The areas that this process keeps since they were last moved, and those that it keeps no longer."""
        now = {area for area in self._asked if self.keeps(area)}
        return now - self.kept, self.kept - now

    def moved(self) -> tuple[set[str], set[str]]:
        """The same, from now on as it is."""
        come, gone = self.moves()
        self.kept = (self.kept | come) - gone
        return come, gone

    # -- how areas stand that others keep -----------------------------------------------------------

    def hear(self, states: Iterable[Json]) -> None:
        """As their keepers say."""
        self._elsewhere |= {state["area"]: state for state in states if state["area"] in self._asked}

    def hear_all(self) -> None:
        """The same from what processes agreed on, should a message have been lost."""
        for word in self._built.together.others:
            self.hear(word.get("areas", ()))

    def elsewhere(self, area: str) -> Json | None:
        """How the area stands that another process keeps, as far as it was heard."""
        return self._elsewhere.get(area)
