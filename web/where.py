"""Where somebody will be called to: which windows, in which part of the building."""

from __future__ import annotations

from dataclasses import dataclass

from queueing.house import Area, House, Text, Window
from queueing.plan import Plan
from queueing.records import Ticket

FEW = 4
"""More windows than these are not worth naming; their part of the building is."""


@dataclass(frozen=True)
class Where:
    """The service by its name; the areas and how one gets there; the windows when they are few."""

    service: Text
    areas: tuple[Text, ...]
    ways: tuple[Text, ...]
    windows: tuple[str, ...]


def where_to_go(plan: Plan, ticket: Ticket) -> Where:
    """The windows that take the ticket's service, or the one it was sent to."""
    return where_of(plan, ticket.service, ticket.direct_window)


def where_of(plan: Plan, service: str, window: str | None = None) -> Where:
    """The windows that take a service, or the one that is named."""
    wanted = (window,) if window else plan.windows_of[service]
    windows = [plan.window(window) for window in wanted]
    named = tuple(window.id for window in windows) if len(windows) <= FEW else ()
    areas = _areas(plan.house, windows)
    ways = tuple(area.where for area in areas if area.where is not None)
    return Where(plan.service(service).name, tuple(area.name for area in areas), ways, named)


def _areas(house: House, windows: list[Window]) -> list[Area]:
    inside = {window.area for window in windows}
    return [area for area in house.areas if area.id in inside]


def windows_by_area(house: House) -> list[tuple[Area, list[str]]]:
    """Every area with its windows, so that a call can say where its window is."""
    return [(area, [w.id for w in house.windows if w.area == area.id]) for area in house.areas]
