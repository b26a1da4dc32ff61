"""How long people walk from where they wait to a window: as configured, then as the hall's own calls show.

Learned from called to started, per area and class, drawn towards the configured minutes while few are known.
An area and class for which the hall's file says nothing has no allowance. The allowance does two things: a
ticket isn't a no-show sooner, and its holder is told to get ready that much before the expected call. It
doesn't let a window call ahead: a window holds one ticket at a time, and who is called early would stand
there while another is served.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from queueing.errors import HallError
from queueing.house import House

WEIGHT = 20
"""The configured minutes count as much as this many walks."""

LONGEST = 10.0
"""Minutes: whoever took longer was fetched or hadn't heard."""


class StillWalking(HallError):
    code = "still_walking"
    sentence = "Ticket {number} may still be on the way: the walk takes a while, {seconds} seconds are left."


class Walk(NamedTuple):
    """How many of a class came to a window, and their minutes together."""

    window: str
    ticket_class: str
    times: int
    minutes: float


class Walks:
    """The allowances of one house; replaced as a whole when the hall has learned."""

    def __init__(self, house: House) -> None:
        self._areas = {area.id: area.walk_minutes for area in house.areas}
        self._area_of = {window.id: window.area for window in house.windows}
        self._extra = {name: rule.walk_minutes for name, rule in house.classes.items()}
        self._learned: Mapping[tuple[str, str], tuple[int, float]] = {}

    def learn(self, walks: Iterable[Walk]) -> None:
        """What the past days showed, all of it."""
        sums: dict[tuple[str, str], tuple[int, float]] = {}
        for walk in walks:
            line = self._area_of.get(walk.window, ""), walk.ticket_class
            count, minutes = sums.get(line, (0, 0.0))
            sums[line] = (count + walk.times, minutes + walk.minutes)
        self._learned = sums

    def minutes(self, window: str, ticket_class: str) -> float:
        """The allowance of that class at that window; 0: none."""
        area = self._area_of.get(window, "")
        configured = self._areas.get(area, 0.0) + self._extra.get(ticket_class, 0.0)
        if configured <= 0:
            return 0.0
        count, minutes = self._learned.get((area, ticket_class), (0, 0.0))
        return (WEIGHT * configured + minutes) / (WEIGHT + count)

    def farthest(self, windows: Iterable[str], ticket_class: str) -> float:
        """The allowance of somebody who may be called to any of these."""
        return max((self.minutes(window, ticket_class) for window in windows), default=0.0)
