"""A day that may be played: its scene with the names behind the arrays, as drawn or as it was.

A *course* holds more people than come: those of `mark` below 1 do, the others only when a change brings more.
So a day with a change and without it share every draw (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.logs import Stretch
from forecast.playing import play
from forecast.rolls import Line
from forecast.scenes import NEVER, Floats, Scene

ANY_WINDOW = ""


@dataclass(frozen=True)
class Names:
    """What the indices of a scene mean."""

    lines: tuple[Line, ...]
    windows: tuple[str, ...]

    @property
    def services(self) -> list[str]:
        return sorted({service for service, _, _ in self.lines})

    @property
    def classes(self) -> list[str]:
        return sorted({ticket_class for _, ticket_class, _ in self.lines})

    def line(self, service: str, ticket_class: str) -> int:
        return self.lines.index((service, ticket_class, ANY_WINDOW))

    def lines_of(self, service: str) -> list[int]:
        """All of a service's lines but those of one window; no service: of all."""
        return [
            i for i, (own, _, window) in enumerate(self.lines)
            if window == ANY_WINDOW and (own == service or not service)
        ]  # fmt: skip


@dataclass(frozen=True)
class Waited:
    """Somebody who had been called before the plays begin."""

    service: str
    ticket_class: str
    joined: float
    minutes: float


@dataclass(frozen=True)
class Course:
    """One day in P plays."""

    day: str
    scene: Scene
    names: Names
    mark: Floats  # (P, N)
    clerks: tuple[str, ...]  # (K)
    planned: Floats  # (K) when the stretch was to begin
    plan: tuple[Stretch, ...]
    pace: Floats  # (P, 1) the logarithm of how slow everything is today
    seed: int
    before: tuple[Waited, ...] = ()

    @property
    def plays(self) -> int:
        return int(self.mark.shape[0])

    def come(self) -> Floats:
        """(P, N) when they come; NEVER: not on this day as it is."""
        return np.where(self.mark < 1, self.scene.tickets.appears, NEVER)

    def called(self) -> Floats:
        """(P, N) when they are called; NEVER: they don't come, or aren't called."""
        tickets = self.scene.tickets._replace(appears=self.come())
        return play(self.scene._replace(tickets=tickets)).called_at
