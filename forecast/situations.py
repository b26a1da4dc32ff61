"""A hall at one moment, as far as it can be known: what a forecast starts from.

Times are minutes of the day on the hall's wall clock, lengths minutes. `forecast.telling` makes one of what a
hall tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Waiting:
    """A ticket that waits."""

    ticket: str
    service: str
    ticket_class: str
    joined: float
    line_at: float
    tie: int = 0
    not_before: float = 0.0
    """Nobody calls it earlier: it asked for more time."""
    window: str = ""
    """The only window that may call it; empty: any that serves it."""
    skipped: int = 0
    """How many who stand behind it in its own line were called before it."""


@dataclass(frozen=True)
class Running:
    """A ticket that a window has called and isn't done with."""

    window: str
    clerk: str
    service: str
    ticket_class: str
    called: float
    started: float | None = None


@dataclass(frozen=True)
class Opening:
    """A stretch in which a window calls: running now, or planned to come.

    One whose planned end has passed is there only if the window goes on. `takes` is the reluctance for each
    service, in minutes.
    """

    window: str
    clerk: str
    takes: Mapping[str, float]
    opens: float
    closes: float
    after_break: bool = False
    """It follows a short rest, not the night or a long midday."""
    to_break: bool = False
    """A short rest follows."""


@dataclass(frozen=True)
class Away:
    """A window that should be calling and isn't."""

    since: float
    late: bool
    """It hasn't called anybody since the opening began."""
    until: float | None = None
    """When it said it would be back."""


@dataclass(frozen=True)
class Booked:
    """An appointment that hasn't checked in yet."""

    service: str
    slot: float
    ticket_class: str = "appointment"


@dataclass(frozen=True)
class TurnFigures:
    """A class's part in the claim: minutes, and minutes for each minute waited."""

    head_start: float = 0.0
    rate: float = 1.0


CLASSES: Mapping[str, TurnFigures] = {
    "walk_in": TurnFigures(0.0, 1.0),
    "priority": TurnFigures(0.0, 3.0),
    "appointment": TurnFigures(0.0, 3.0),
}
"""What is assumed of a hall whose configuration isn't at hand."""


@dataclass(frozen=True)
class Situation:
    """Everything that is known at `now`."""

    day: str
    now: float
    waiting: tuple[Waiting, ...] = ()
    running: tuple[Running, ...] = ()
    openings: tuple[Opening, ...] = ()
    """Those of one window apart from each other; any order."""
    away: Mapping[str, Away] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    """Windows that should be open, are free, and haven't called yet since their opening began: it can't be
    told whether anybody is there. A hall that knows its windows leaves this empty."""
    booked: tuple[Booked, ...] | None = None
    """None: not known, so that those to come are drawn from what was learned."""
    classes: Mapping[str, TurnFigures] = field(default_factory=lambda: dict(CLASSES))
