"""Told ranges that learn from their own misses while the hall runs; what they learned outlives the process.

Somebody new and somebody who has waited a while are told by shares of their own (`forecast.widening`). The
shares are kept in one small file, written anew as a whole; one that can't be read is begun afresh.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from forecast.foresee import Told
from forecast.logs import Visit
from forecast.situations import Situation
from forecast.widening import Group, Range, Shift, Widening, raw_of

RUSH = 30.0
"""Minutes around an opening in which people come at once."""

AGAIN = 10.0
"""A range is learned from when the number is new, and so many minutes later."""

BEYOND = 30.0
"""What no play reaches is told as so long after the last closing."""

KEPT_EVERY = 100
"""Outcomes between two writings of the file."""


@dataclass(frozen=True)
class Asked:
    """A range that was told, to be compared with the call."""

    raw: Range
    said: Range
    groups: Group
    at: float
    renewed: bool


@dataclass
class Adjusting:
    """Ranges as they are told; `over` teaches it."""

    file: Path | None = None
    widenings: tuple[Widening, Widening] = field(default_factory=lambda: (Widening(), Widening()))
    _asked: dict[str, list[Asked]] = field(default_factory=dict)
    _learned: int = 0

    def __post_init__(self) -> None:
        if self.file is not None:
            self.widenings = kept_in(self.file) or self.widenings

    def ticket(self, situation: Situation, key: str, ticket_class: str, told: Told) -> Range | None:
        """What somebody who waits is told; None: most plays don't reach it today."""
        if told.median is None:
            return None
        asked, raw = self._asked.setdefault(key, []), raw_in(situation, told)
        groups, renewed = groups_of(situation, ticket_class), bool(asked)
        said = self.widenings[renewed].told(raw, groups)
        if not asked or (len(asked) == 1 and situation.now - asked[0].at >= AGAIN):
            asked.append(Asked(raw, said, groups, situation.now, renewed))
        return said

    def newcomer(self, situation: Situation, ticket_class: str, told: Told) -> Range | None:
        """What somebody is told who would take a number now."""
        if told.median is None:
            return None
        return self.widenings[0].told(raw_in(situation, told), groups_of(situation, ticket_class))

    def over(self, visits: Iterable[Visit]) -> None:
        """Compares what was told with the calls, and keeps what that taught now and then."""
        for visit in visits:
            for asked in self._asked.pop(visit.ticket, ()):
                if visit.called is not None:
                    self._learn(asked, visit.called - asked.at)
        if self._learned >= KEPT_EVERY and self.file is not None:
            self._learned = 0
            keep(self.widenings, self.file)

    def _learn(self, asked: Asked, actual: float) -> None:
        self.widenings[asked.renewed].learn(asked.raw, asked.groups, actual, asked.said)
        self._learned += 1

    def forget(self) -> None:
        """A new day: whoever still waited yesterday isn't called any more."""
        self._asked.clear()


def raw_in(situation: Situation, told: Told) -> Range:
    ends = max((opening.closes for opening in situation.openings), default=situation.now)
    return raw_of(told, max(BEYOND, ends + BEYOND - situation.now))


def groups_of(situation: Situation, ticket_class: str) -> Group:
    """Its class, its hour, and the rush of those who come while the hall opens."""
    begins = {opening.opens for opening in situation.openings if not opening.after_break}
    rush = any(-RUSH <= situation.now - each < RUSH for each in begins)
    return (ticket_class, f"{int(situation.now // 60)}h", *(["rush"] if rush else []))


def keep(widenings: tuple[Widening, Widening], file: Path) -> None:
    """Replaces the file as a whole."""
    told = [{name: [each.seen, *each.shares] for name, each in one.shifts.items()} for one in widenings]
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(told), "utf-8")
    fresh.replace(file)


def kept_in(file: Path) -> tuple[Widening, Widening] | None:
    """What was kept; None when there is nothing that can be read."""
    try:
        one, other = (widening_of(each) for each in json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return one, other


def widening_of(told: dict[str, list[float]]) -> Widening:
    made = Widening()
    for name, (seen, *shares) in told.items():
        if len(shares) != len(made.shifts[""].shares):
            raise ValueError(name)
        made.shifts[name] = Shift([float(each) for each in shares], int(seen))
    return made
