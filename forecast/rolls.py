"""The columns of a scene's tickets: those who wait, those to come, and phantoms that price a newcomer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from forecast.coming import drawn_times, expected_between, shares_of
from forecast.learning import Learned
from forecast.scenes import NEVER, Floats, Tickets
from forecast.situations import Booked, Situation, TurnFigures, Waiting

Line = tuple[str, str, str]
"""Service, class, and the one window that may call, or empty."""

MORE_THAN_EXPECTED = 2.0
"""Columns for each arrival that is expected; in a play, each of them comes with the inverse of it."""


@dataclass
class Lines:
    """The lines that somebody stands in, by index."""

    index: dict[Line, int] = field(default_factory=dict)

    def of(self, service: str, ticket_class: str, window: str = "") -> int:
        return self.index.setdefault((service, ticket_class, window), len(self.index))


@dataclass(frozen=True)
class Columns:
    """Some tickets side by side: shared facts (N), drawn ones (P, N)."""

    service: list[str]
    ticket_class: list[str]
    line: list[int]
    appears: Floats
    line_at: Floats
    phantom: bool = False


class Rolls:
    """Collects the tickets of a scene."""

    def __init__(self, situation: Situation, learned: Learned, plays: int, rng: np.random.Generator) -> None:
        self.situation, self.learned, self.plays, self.rng = situation, learned, plays, rng
        self.lines = Lines()

    def waiting(self) -> Columns:
        """Those who wait, in the order of the situation."""
        there, now = self.situation.waiting, self.situation.now
        appears = np.array([max(each.not_before, now) for each in there])
        line_at = np.array([each.line_at for each in there])
        return Columns(
            [each.service for each in there], [each.ticket_class for each in there],
            [self.lines.of(each.service, each.ticket_class, each.window) for each in there],
            self.wide(appears), self.wide(line_at),
        )  # fmt: skip

    def newcomers(self, wanted: Sequence[tuple[str, str]]) -> Columns:
        """One phantom for each service and class that is asked for."""
        now = self.wide(np.full(len(wanted), self.situation.now))
        lines = [self.lines.of(service, ticket_class) for service, ticket_class in wanted]
        return Columns(
            [service for service, _ in wanted], [of_class for _, of_class in wanted], lines, now, now, True
        )

    def wide(self, row: Floats) -> Floats:
        return np.asarray(np.broadcast_to(row, (self.plays, len(row))))

    def booked(self, booked: Sequence[Booked]) -> Columns:
        """Appointments that are known: each comes as those before it did, or not at all."""
        slot = np.array([each.slot for each in booked])
        shape = (self.plays, len(booked))
        appears = np.maximum(slot - self._leads("appointment", shape), self.situation.now)
        appears = np.where(self.rng.random(shape) < self.learned.kept.value, appears, NEVER)
        return Columns(
            [each.service for each in booked], [each.ticket_class for each in booked],
            [self.lines.of(each.service, each.ticket_class) for each in booked],
            appears, np.maximum(slot, np.where(appears < NEVER, appears - 10, slot)),
        )  # fmt: skip

    def _leads(self, ticket_class: str, shape: tuple[int, int]) -> Floats:
        """line_at - joined, as seen."""
        known = self.learned.coming.classes.get(ticket_class)
        leads = np.array(known.leads if known else [0.0])
        return np.asarray(leads[self.rng.integers(0, len(leads), shape)])

    def coming(self, ticket_class: str, until: float) -> Columns:
        """Arrivals of a class that nobody knows of yet."""
        coming, now = self.learned.coming, self.situation.now
        expected = coming.expected(ticket_class, now)
        mean = expected_between(expected, now, until)
        shape = (self.plays, ceil(MORE_THAN_EXPECTED * mean))
        names, shares = shares_of(coming.classes[ticket_class])
        services = [names[i] for i in self.rng.choice(len(names), shape[1], p=shares)]
        joins = drawn_times(expected, now, until, shape, self.rng)
        come = self.rng.random(shape) < mean / max(1, shape[1])
        return Columns(
            services, [ticket_class] * shape[1], [self.lines.of(name, ticket_class) for name in services],
            np.where(come, joins, NEVER), joins + self._leads(ticket_class, shape),
        )  # fmt: skip

    def tickets(self, parts: Sequence[Columns], watch: Collection[str] | None) -> Tickets:
        """All columns as the engine reads them."""
        line = np.array([each for part in parts for each in part.line], dtype=np.int64)
        shape = (self.plays, len(line))
        phantom = np.array([part.phantom for part in parts for _ in part.line], dtype=bool)
        return Tickets(
            line, np.arange(shape[1]), phantom, phantom | self._watched(shape[1], watch),
            np.concatenate([part.appears for part in parts], axis=1),
            np.concatenate([part.line_at for part in parts], axis=1),
            self._work(parts, shape), self._walk(parts),
            self.rng.random(shape) < self.learned.absent.value, np.full(shape, NEVER),
        )  # fmt: skip

    def _watched(self, n: int, watch: Collection[str] | None) -> Floats:
        watched = np.zeros(n, dtype=bool)
        for i, each in enumerate(self.situation.waiting):
            watched[i] = watch is None or each.ticket in watch
        return watched

    def _work(self, parts: Sequence[Columns], shape: tuple[int, int]) -> Floats:
        """Minutes of service, without today's factor and the clerk's."""
        names = {name for part in parts for name in part.service}
        known = {name: self.learned.durations.service(name) for name in names}
        level = np.array([known[name][0] for part in parts for name in part.service])
        sigma = np.array([known[name][1] for part in parts for name in part.service])
        return np.asarray(np.exp(level + sigma * self.rng.standard_normal(shape)))

    def _walk(self, parts: Sequence[Columns]) -> Floats:
        walks = np.array([self.learned.walk(name) for part in parts for name in part.ticket_class])
        return self.wide(walks)


def in_order(waiting: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """By ties: the column's number is the tie of the scene."""
    return tuple(sorted(waiting, key=lambda each: each.tie))


def overtaking(classes: dict[str, TurnFigures]) -> list[str]:
    """The classes of whom somebody who comes later may be called earlier than somebody else."""
    starts, rates = (min(getattr(each, name) for each in classes.values()) for name in ("head_start", "rate"))
    return [name for name, each in classes.items() if each.head_start > starts or each.rate > rates]
