"""What is expected of the hall's waits: the forecast's last answer, asked by everything that tells a wait.

Whoever plays the hall forward hands in a `Picture` (web.foreseeing does); `Line` and closing rules ask.
Nobody who asks waits for anything: a picture that has grown old isn't used, and what is told is then the
plain estimate of `queueing.waits`. A told range moves only when there is reason to (`settled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from queueing.clock import Instant, moment
from queueing.records import Waiting

FRESH_MINUTES = 0.75
"""How long a picture holds, in minutes of the hall's clock (more when that one runs fast)."""

TICKET_SLACK, NEWCOMER_SLACK, OF_WIDTH = 4.0, 2.5, 0.35
"""By how many minutes, or parts of its width, the ends of a range may be off before it is told anew."""

MOST_TOLD = 5000
"""Ranges that are remembered while no picture takes those of their tickets out."""

ENOUGH_OUTCOMES = 50
NEWEST = 200


class Span(NamedTuple):
    """A call is expected about `likely`, and with 8 in 10 between `low` and `high`; in minutes."""

    low: float
    likely: float
    high: float

    def moved(self, minutes: float) -> Span:
        return Span(self.low + minutes, self.likely + minutes, self.high + minutes)

    def left(self) -> Span:
        """Nobody is called in the past."""
        return Span(max(0.0, self.low), max(0.0, self.likely), max(0.0, self.high))


Expected = Span | None
"""None: played forward, it isn't called today."""


@dataclass(frozen=True)
class Picture:
    """All prices of one moment, in minutes from it; `seen` says of whom it knew, and how they stood."""

    at: Instant
    seen: Mapping[str, Waiting]
    tickets: Mapping[str, Expected]
    newcomers: Mapping[tuple[str, str], Expected]
    alike: Mapping[str, str] = field(default_factory=dict)
    """Services that wait as another one does, under whose name they are priced."""

    def knows(self, ticket: Waiting) -> bool:
        """Whether it saw the ticket just as it stands now."""
        return self.seen.get(ticket.key) == ticket

    def line(self, service: str, ticket_class: str) -> tuple[str, str]:
        return self.alike.get(service, service), ticket_class


@dataclass(frozen=True)
class Kept:
    """Of so many told ranges with an outcome, how many held."""

    told: int = 0
    held: int = 0

    @property
    def of_ten(self) -> int | None:
        """In tenths, as people say it; all only when it is all. None: too few outcomes to say."""
        if self.told < ENOUGH_OUTCOMES:
            return None
        tenths = round(10 * self.held / self.told)
        return min(tenths, 9) if self.held < self.told else 10


@dataclass
class Outlook:
    """The last picture, with what was told before taken into account; replaced as a whole, never changed."""

    speed: float = 1.0
    kept: Kept = field(default_factory=Kept)
    _picture: Picture | None = None
    _told: dict[str, Span] = field(default_factory=dict)  # on the wall, in minutes since the epoch

    def take(self, picture: Picture) -> None:
        """A new picture; ranges told already stay as they are wherever it agrees with them."""
        base, before, last = wall(picture.at), self._told, self._picture
        tickets = {key: span and span.moved(base) for key, span in picture.tickets.items()}
        told = {key: settled(before.get(key), span, TICKET_SLACK) for key, span in tickets.items() if span}
        shown = last.newcomers if last else {}
        newcomers = {
            line: span and settled(shown.get(line), span, NEWCOMER_SLACK)
            for line, span in picture.newcomers.items()
        }
        self._told = told
        self._picture = Picture(picture.at, picture.seen, picture.tickets, newcomers, picture.alike)

    def drop(self) -> None:
        """Nothing is known any more."""
        self._picture = None

    @property
    def stands(self) -> tuple[Picture, Mapping[str, Span]] | None:
        """The last picture and what is told by it, on the wall; for whoever has to tell it on."""
        return (self._picture, self._told) if self._picture else None

    def adopt(self, picture: Picture, told: Mapping[str, Span]) -> None:
        """A picture as another process tells it; what was promised here since then stays promised."""
        self._told = {**self.promises, **told}
        self._picture = picture

    @property
    def promises(self) -> dict[str, Span]:
        """What was told with numbers that are too new for the picture, on the wall; the newest."""
        known = self._picture.tickets if self._picture else {}
        return {key: self._told[key] for key in list(self._told)[-NEWEST:] if key not in known}

    def hear_promises(self, told: Mapping[str, Span]) -> None:
        """What other processes told with numbers; what is told here already stays."""
        self._told = {**told, **self._told}
        self._forget_old()

    def promise(self, ticket: str, at: Instant, span: Span) -> None:
        """What was told with the number: later pictures start from there."""
        self._told[ticket] = span.moved(wall(at))
        self._forget_old()

    def _forget_old(self) -> None:
        """While no forecast plays nothing else does; the newest half is enough."""
        if len(self._told) > MOST_TOLD:
            self._told = dict(list(self._told.items())[-MOST_TOLD // 2 :])

    def is_fresh(self, at: Instant) -> bool:
        """Whether there is a picture that still holds."""
        return self._picture is not None and self._age(self._picture, at) <= self._holds

    def knows(self, ticket: Waiting) -> bool:
        """Whether the last picture saw the ticket just as it stands now."""
        return self._picture is not None and self._picture.knows(ticket)

    @property
    def seen(self) -> Picture | None:
        """The last picture: whom it knows."""
        return self._picture

    def ticket(self, ticket: Waiting, at: Instant) -> Span | None:
        """The wait left of somebody who waits; None: not expected today, or not known."""
        told = self._told.get(ticket.key)
        if not self.is_fresh(at) or not self.knows(ticket) or told is None:
            return None
        return told.moved(-wall(at)).left() if self._calls(ticket) else None

    def newcomer(self, service: str, ticket_class: str, at: Instant) -> Span | None:
        """The wait of somebody who had taken a number when the picture was made; None as above."""
        if self._picture is None or not self.is_fresh(at):
            return None
        return self._picture.newcomers.get(self._picture.line(service, ticket_class))

    def says_never(self, service: str, ticket_class: str, at: Instant) -> bool:
        """Whether a newcomer isn't expected to be called today at all."""
        if self._picture is None or not self.is_fresh(at):
            return False
        line = self._picture.line(service, ticket_class)
        return line in self._picture.newcomers and self._picture.newcomers[line] is None

    def _calls(self, ticket: Waiting) -> bool:
        return self._picture is not None and self._picture.tickets.get(ticket.key) is not None

    @property
    def _holds(self) -> float:
        return FRESH_MINUTES * max(1.0, self.speed)

    def _age(self, picture: Picture, at: Instant) -> float:
        return wall(at) - wall(picture.at)


def settled(told: Span | None, found: Span, slack: float) -> Span:
    """The range to tell: the old one while the new one lies about where it does."""
    if told is None:
        return found
    give = max(slack, OF_WIDTH * (told.high - told.low))
    near = abs(found.low - told.low) <= give and abs(found.high - told.high) <= give
    return told if near and told.low <= found.likely <= told.high else found


def wall(at: Instant) -> float:
    """Minutes since the epoch."""
    return moment(at).timestamp() / 60.0
