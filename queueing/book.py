"""Everybody who waits, line by line: counting who stands before somebody needs no look at each of them.

Whoever keeps a book adds and removes tickets as they move; a look makes one of all at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from math import inf
from typing import Protocol

from queueing.clock import Instant
from queueing.records import Ticket, Waiting

Row = tuple[Instant, int, Waiting]


class Seen(Protocol):
    """Who knows some of those who wait, just as they stand now; replaced as a whole, never changed."""

    def knows(self, ticket: Waiting) -> bool: ...


class Book:
    """The lines of a hall, each in the order of `line_at` and `tie`.

    Apart stand those of whom `line_at` alone doesn't say who may call them when: tickets that belong to a
    window, and tickets whose holders asked for more time. They are few, and looked at one by one.
    """

    def __init__(self, waiting: Iterable[Waiting] = ()) -> None:
        self._rows: dict[str, dict[str, list[Row]]] = {}
        self._apart: dict[str, dict[str, Waiting]] = {}
        self._count: Counter[str] = Counter()
        self._unknown: tuple[Seen, Book] | None = None
        for ticket in waiting:
            self.add(ticket)

    def add(self, ticket: Waiting) -> None:
        """A ticket that begins to wait."""
        self._count[ticket.service] += 1
        if is_apart(ticket):
            self._apart.setdefault(ticket.service, {})[ticket.key] = ticket
        else:
            insort(self._row(ticket), (ticket.line_at, ticket.tie, ticket))
        if self._unknown and not self._unknown[0].knows(ticket):
            self._unknown[1].add(ticket)

    def remove(self, ticket: Waiting) -> None:
        """The same ticket, as it was added, waits no longer."""
        if not self._take_out(ticket):
            return
        self._count[ticket.service] -= 1
        if not self._count[ticket.service]:
            del self._count[ticket.service]
        if self._unknown:
            self._unknown[1].remove(ticket)

    @property
    def services(self) -> Collection[str]:
        """The services for which anybody waits."""
        return self._count.keys()

    def waiting(self, service: str) -> int:
        """How many wait for exactly this service."""
        return self._count[service]

    def until(self, service: str, ticket_class: str, latest: Instant) -> int:
        """How many of a line have a `line_at` up to that; those who stand apart aren't counted."""
        row = self._rows.get(service, {}).get(ticket_class)
        return bisect_right(row, (latest, inf)) if row else 0

    def classes(self, service: str) -> Collection[str]:
        """The classes in which anybody waits for the service, or did."""
        return self._rows.get(service, {}).keys()

    def apart(self, service: str) -> Collection[Waiting]:
        """Those of the service who stand apart."""
        return self._apart.get(service, {}).values()

    def of(self, service: str) -> Iterator[Waiting]:
        """Everybody who waits for the service, one line after the other."""
        for row in self._rows.get(service, {}).values():
            yield from (ticket for _, _, ticket in row)
        yield from self.apart(service)

    def unknown_to(self, seen: Seen) -> Book:
        """A book of those alone whom that one doesn't know; kept up as long as it is asked for the same."""
        if self._unknown is None or self._unknown[0] is not seen:
            everybody = (ticket for service in self.services for ticket in self.of(service))
            self._unknown = seen, Book(ticket for ticket in everybody if not seen.knows(ticket))
        return self._unknown[1]

    def _row(self, ticket: Waiting) -> list[Row]:
        return self._rows.setdefault(ticket.service, {}).setdefault(ticket.ticket_class, [])

    def _take_out(self, ticket: Waiting) -> bool:
        """Whether it was there."""
        if is_apart(ticket):
            return self._apart.get(ticket.service, {}).pop(ticket.key, None) is not None
        row = self._row(ticket)
        at = bisect_left(row, (ticket.line_at, ticket.tie))
        while at < len(row) and row[at][:2] == (ticket.line_at, ticket.tie):
            if row[at][2].key == ticket.key:
                del row[at]
                return True
            at += 1
        return False


def is_apart(ticket: Waiting) -> bool:
    return ticket.direct_window is not None or ticket.not_before is not None


def as_waiting(ticket: Ticket) -> Waiting:
    """The ticket as its line sees it."""
    return Waiting(
        ticket.key, ticket.service, ticket.ticket_class, ticket.line_at, ticket.tie, ticket.direct_window,
        ticket.not_before,
    )  # fmt: skip
