"""Who is likely called next in an area, for the line on its board that says *get ready*.

Only what the forecast knows is told (`queueing.outlook`); without a fresh forecast nobody is named. A ticket
is named when its call is expected within a few minutes, earlier by the walk to its window; at most as many
are as the area's `get_ready` says. The line tells numbers alone, never a class or a time.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from queueing.clock import Instant
from queueing.house import House
from queueing.postponing import minutes_left
from queueing.records import Waiting
from queueing.store import Desk

if TYPE_CHECKING:
    from queueing.hall import Hall

SOON_MINUTES = 5.0


def told_in(house: House, area: str | None) -> int:
    """How many numbers the area's board names, or the whole hall's; 0: it has no such line."""
    return max((each.get_ready for each in house.areas if area in (None, each.id)), default=0)


def soon(hall: Hall, desk: Desk, at: Instant, area: str | None) -> list[str]:
    """The numbers, in the order of their expected calls."""
    most = told_in(hall.house, area)
    if not most or not hall.outlook.is_fresh(at):
        return []
    windows = _open_windows(hall, desk, area)
    found = sorted(
        (minutes, ticket.tie, ticket.key)
        for ticket in desk.waiting()
        if (minutes := _minutes(hall, ticket, at, windows)) is not None and minutes <= SOON_MINUTES
    )
    return [desk.ticket(key).number for _, _, key in found[:most]]


def _open_windows(hall: Hall, desk: Desk, area: str | None) -> set[str]:
    """Open ones of the areas that have the line."""
    states = desk.windows()
    ready = {each.id for each in hall.house.areas if each.get_ready and area in (None, each.id)}
    return {
        window.id
        for window in hall.house.windows
        if window.area in ready and window.id in states and states[window.id].state == "open"
    }


def _minutes(hall: Hall, ticket: Waiting, at: Instant, windows: Collection[str]) -> float | None:
    """Until the ticket should set out for one of these windows; None: not there, not today, or not known."""
    takes = [ticket.direct_window] if ticket.direct_window else hall.plan.windows_of[ticket.service]
    ours = [window for window in takes if window in windows]
    span = hall.outlook.ticket(ticket, at) if ours else None
    if span is None or minutes_left(ticket.not_before, at):
        return None
    return span.likely - hall.plan.walks.farthest(ours, ticket.ticket_class)
