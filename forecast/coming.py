"""Who is still to come: arrivals per half hour by class and service, and how long before or after its slot
an appointment joins. Learned from days that are over, and while there are none from today so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.logs import Visit
from forecast.scenes import Floats

HALF, HALVES = 30.0, 48
FADES = 0.1
"""How much of what is expected is the last day."""

KEPT = 400


@dataclass
class ClassArrivals:
    """One class: expected arrivals in each half hour, the services' shares, the places in line."""

    halves: Floats
    of_service: dict[str, float]
    leads: list[float]
    """line_at - joined of the last ones."""


class Coming:
    """Arrivals so far."""

    def __init__(self) -> None:
        self.classes: dict[str, ClassArrivals] = {}
        self.days = 0
        self._today: dict[str, Floats] = {}

    def hear(self, visit: Visit) -> None:
        """Somebody has joined."""
        known = self.classes.setdefault(visit.ticket_class, ClassArrivals(np.zeros(HALVES), {}, []))
        known.of_service[visit.service] = known.of_service.get(visit.service, 0.0) + 1
        known.leads.append(visit.line_at - visit.joined)
        del known.leads[:-KEPT]
        today = self._today.setdefault(visit.ticket_class, np.zeros(HALVES))
        today[min(HALVES - 1, max(0, int(visit.joined // HALF)))] += 1

    def end_day(self) -> None:
        self.days += 1
        for name, known in self.classes.items():
            weight = max(FADES, 1 / self.days)
            known.halves += weight * (self._today.get(name, np.zeros(HALVES)) - known.halves)
        self._today = {}

    def expected(self, name: str, now: float) -> Floats:
        """Arrivals of a class in each half hour; on the first day the pace of today so far."""
        if self.days:
            return self.classes[name].halves
        today = self._today.get(name, np.zeros(HALVES))
        first = int(np.flatnonzero(today)[0]) if today.any() else 0
        hours = max(1.0, now / HALF - first)
        return np.full(HALVES, today.sum() / hours)

    def classes_seen(self) -> Iterable[str]:
        return list(self.classes)


def drawn_times(
    expected: Floats, start: float, end: float, shape: tuple[int, int], rng: np.random.Generator
) -> Floats:
    """Times between start and end, as the half hours' expectations have it."""
    edges = np.clip(np.arange(HALVES + 1) * HALF, start, end)
    mass = expected * np.diff(edges) / HALF
    summed = np.concatenate([[0.0], np.cumsum(mass)])
    return np.asarray(np.interp(rng.random(shape) * summed[-1], summed, edges))


def expected_between(expected: Floats, start: float, end: float) -> float:
    """How many come between start and end."""
    edges = np.clip(np.arange(HALVES + 1) * HALF, start, end)
    return float((expected * np.diff(edges)).sum() / HALF)


def shares_of(known: ClassArrivals) -> tuple[Sequence[str], Floats]:
    """The services of a class and what part of it each is."""
    counts = np.array(list(known.of_service.values()))
    return list(known.of_service), counts / counts.sum()
