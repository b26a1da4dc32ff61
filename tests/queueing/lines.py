"""Lines, bare, and the judge of a whole day's calls: nobody overtaken beyond what the turn rule promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queueing.clock import Instant, minutes_between
from queueing.house import TicketClass
from queueing.turns import later_at_most

NEAR = 1e-4
"""Minutes; an instant is kept to the millisecond."""


@dataclass(frozen=True)
class Standing:
    """A ticket as the rule sees it."""

    ticket_class: str
    line_at: Instant
    tie: int


@dataclass(frozen=True)
class Waiter(Standing):
    """Somebody who waits for a service; the window's reluctance for it, in minutes."""

    service: str = ""
    reluctance: float = 0.0


def wronged(
    called: Waiter, waiting: Iterable[Waiter], classes: Mapping[str, TicketClass], at: Instant
) -> list[Waiter]:
    """Whom this call overtook against what is promised, among those whom the window could have called."""
    return [me for me in waiting if me != called and broken(called, me, classes, at)]


def broken(x: Waiter, me: Waiter, classes: Mapping[str, TicketClass], at: Instant) -> bool:
    """Whether calling x before me breaks a promise of `queueing.turns`."""
    later, mine, theirs = (
        minutes_between(me.line_at, x.line_at),
        classes[me.ticket_class],
        classes[x.ticket_class],
    )
    alike = (x.ticket_class, x.reluctance) == (me.ticket_class, me.reluctance)
    if alike and (x.service == me.service or mine.rate > 0):
        return (x.line_at, x.tie) > (me.line_at, me.tie)
    if at < x.line_at:
        return me.line_at <= at or me.line_at < x.line_at
    if at < me.line_at:
        return False
    most = later_at_most(mine, theirs, minutes_between(me.line_at, at), me.reluctance - x.reluctance)
    return later > most + NEAR
