"""What people come for: how a hall's visitors share out over its services, so that every window can cope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bench.day_trace import Trace
from queueing.hours import OpeningHours
from queueing.house import House, Service, Window
from settings import holidays_of

OVERHEAD = 0.7
"""Minutes a visit costs a window besides the service: walking there, calling again, the odd no-show."""

LEAST, MOST = 0.85, 1.1
"""How far a department's share may lie from what its windows can do."""

BUSIEST = 0.6
"""The share of the windows' time that services may fill before they are made shorter."""

Stretch = tuple[datetime, datetime]


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time without stretches that touch or overlap."""
    kept: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if kept and opens <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], closes))
        else:
            kept.append((opens, closes))
    return kept


def window_stretches(house: House, day: date) -> dict[str, list[Stretch]]:
    """When each window is open on a day, as aware instants."""
    zone = ZoneInfo(house.hall.timezone)
    hours = OpeningHours(house, holidays_of(house))
    return {
        window.id: merged(
            (opens.replace(tzinfo=zone), closes.replace(tzinfo=zone))
            for opens, closes in hours.stretches(window, day)
        )
        for window in house.windows
    }


def length(stretches: Iterable[Stretch]) -> timedelta:
    """How long the stretches are together."""
    return sum((closes - opens for opens, closes in stretches), timedelta())


def moment_in(stretches: list[Stretch], share: float) -> datetime:
    """The instant at a share (0 to 1) of the open time."""
    left = length(stretches) * share
    for opens, closes in stretches:
        if left < closes - opens:
            return opens + left
        left -= closes - opens
    return stretches[-1][1]


def taken_by(window: Window, house: House) -> list[Service]:
    """The services that are the window's own."""
    return [s for s in house.services if s.id in window.serves or s.department in window.departments]


def minutes_for(house: House, open_at: Mapping[str, list[Stretch]]) -> dict[str, float]:
    """Window minutes for each service: a window's open time in equal parts over its own services."""
    minutes: dict[str, float] = dict.fromkeys((service.id for service in house.services), 0.0)
    for window in house.windows:
        own = taken_by(window, house)
        for service in own:
            minutes[service.id] += length(open_at[window.id]).total_seconds() / 60 / len(own)
    return minutes


@dataclass(frozen=True)
class Demand:
    """The services' shares of the visitors; `rank` is the recorded queue a department follows."""

    weights: Mapping[str, float]
    rank: Mapping[str, int]


def ranks(house: House, minutes: Mapping[str, float]) -> dict[str, int]:
    """Departments by the window time they have, most first."""
    total: dict[str, float] = defaultdict(float)
    for service in house.services:
        total[service.department] += minutes[service.id]
    by_time = sorted(house.departments, key=lambda department: -total[department.id])
    return {department.id: rank for rank, department in enumerate(by_time)}


def demand(house: House, minutes: Mapping[str, float], trace: Trace) -> Demand:
    """Visitors go where window time is, more or less as the recorded queues; common services count double."""
    rank = ranks(house, minutes)
    weights: dict[str, float] = {}
    for department in house.departments:
        services = [s for s in house.services if s.department == department.id]
        popularity = min(max(trace.popularity(rank[department.id]), LEAST), MOST)
        weights |= shared(services, minutes, popularity)
    return Demand(weights, rank)


def shared(services: list[Service], minutes: Mapping[str, float], popularity: float) -> dict[str, float]:
    """One department's weights: its window time, common services twice, over a visit's length."""
    wish = {s.id: minutes[s.id] * (2.0 if s.common else 1.0) for s in services}
    total = sum(wish.values())
    scale = popularity * sum(minutes[s.id] for s in services) / total if total else 0.0
    return {s.id: wish[s.id] * scale / (s.minutes + OVERHEAD) for s in services}


def pace(house: House, wanted: Demand, visitors: int, minutes: Mapping[str, float]) -> float:
    """What to multiply service times by so that the windows cope with so many; at most 1."""
    total = sum(wanted.weights.values())
    share = {s.id: wanted.weights[s.id] / total for s in house.services}
    serving = visitors * sum(share[s.id] * s.minutes for s in house.services)
    room = sum(minutes.values()) * BUSIEST - visitors * OVERHEAD
    return min(1.0, max(room / serving, 0.05)) if serving else 1.0
