"""How long a wait will be: what the forecast said of it, else plainly the work ahead of one's windows.

Whoever the forecast has priced (`queueing.outlook`) is told that; who came since, its price for a newcomer
and the work of those who came between. While there is no forecast, the plain estimate is (minutes of
service of everybody ahead who can be served by the same windows, each shared out over all windows that
serve it, and half of each running service) / (windows of the service that are staffed and open).
Source of the rule: people ahead who can be served by the same windows over planned windows, a
queue-length predictor for skilled pools (Ibrahim and Whitt 2009). The range around it is fixed, not
learned: 0.6 to 1.5 times the estimate. Either is told in the steps of `queueing.told`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

from queueing.book import Book
from queueing.clock import Instant, shifted
from queueing.house import TicketClass
from queueing.outlook import Outlook, Span
from queueing.plan import Plan
from queueing.postponing import minutes_left
from queueing.records import Waiting, WindowState
from queueing.told import UNKNOWN, in_steps
from queueing.turns import Head, in_turn, minutes_to_match

LOW, HIGH = 0.6, 1.5
PRIOR_WEIGHT = 5
"""A configured service time counts as much as this many finished services."""


@dataclass(frozen=True)
class Place:
    """How many stand before one, and the wait as it is told, in minutes; None: not known yet.

    `span` is what it was rounded from; `played`: the forecast said so.
    """

    ahead: int
    low: int | None
    high: int | None
    span: Span | None = None
    played: bool = False


def place_of(ahead: int, span: Span | None, *, played: bool = False) -> Place:
    """The place with that wait, rounded as it is told."""
    low, high = in_steps(span.low, span.high) if span else UNKNOWN
    return Place(ahead, low, high, span, played)


def learned_minutes(prior: float, count: int, total: float) -> float:
    """The mean service time, shrunk towards the configured one while few are known."""
    return (PRIOR_WEIGHT * prior + total) / (PRIOR_WEIGHT + count)


def plain(minutes: float) -> Span:
    """The fixed range around a plain estimate."""
    return Span(LOW * minutes, minutes, HIGH * minutes)


@dataclass
class Ahead:
    """Who stands before one: how many of each service, and one by one those who are away."""

    counts: Counter[str] = field(default_factory=Counter)
    away: list[Waiting] = field(default_factory=list)

    def add(self, ticket: Waiting, at: Instant) -> None:
        if minutes_left(ticket.not_before, at):
            self.away.append(ticket)
        else:
            self.counts[ticket.service] += 1

    def all(self) -> Counter[str]:
        return self.counts + Counter(ticket.service for ticket in self.away)


class Line:
    """Everybody who waits, as one picture from which places and waits are told.

    `running` names the service at each busy window; `minutes` the expected service time.
    """

    def __init__(
        self,
        plan: Plan,
        book: Book,
        running: Mapping[str, str],
        windows: Mapping[str, WindowState],
        minutes: Callable[[str], float],
        at: Instant,
        outlook: Outlook | None = None,
    ) -> None:
        self._plan, self._minutes, self._at, self._running = plan, minutes, at, running
        self._outlook = outlook if outlook and outlook.is_fresh(at) else None
        self._open = plan.opened(windows)
        self._book = book
        self._newcomers: dict[tuple[str, str], Place] = {}
        self._places: dict[str, dict[str, dict[str, Place]]] = {}
        self._matching: dict[tuple[str, float], Instant] = {}

    def waiting(self, service: str) -> int:
        """How many wait for exactly this service."""
        return self._book.waiting(service)

    def newcomer(self, service: str, ticket_class: str = "walk_in") -> Place:
        """The place of somebody who would take a number now."""
        line = self._plan.alike[service], ticket_class
        if line not in self._newcomers:
            claim = self._plan.ticket_class(ticket_class).head_start
            found = self._place(service, self._before(self._book, service, claim))
            self._newcomers[line] = self._as_played(*line, self._unknown(service, claim), found)
        return self._newcomers[line]

    def places(self, service: str) -> dict[str, Place]:
        """The place of each ticket that waits for the service, by ticket key."""
        alike = self._plan.alike[service]
        if alike not in self._places:
            self._places[alike] = self._places_of(alike)
        return self._places[alike].get(service, {})

    def _places_of(self, alike: str) -> dict[str, dict[str, Place]]:
        """Of all services that the same windows take as readily: they stand in one order."""
        told: dict[str, dict[str, Place]] = {}
        ahead, unknown = Ahead(), Counter[str]()
        for head in in_turn(self._heads(alike), self._classes, self._at):
            ticket = head.ticket
            if self._plan.alike[ticket.service] == alike:
                told.setdefault(ticket.service, {})[ticket.key] = self._own(ticket, ahead, unknown)
            ahead.add(ticket, self._at)
            if self._outlook and not self._outlook.knows(ticket):
                unknown[ticket.service] += 1
        return told

    @property
    def _classes(self) -> Mapping[str, TicketClass]:
        return self._plan.classes

    def _before(self, book: Book, service: str, claim: float) -> Ahead:
        """Those in the book whose claim on one of the service's windows is at least that large now."""
        found, least = Ahead(), self._plan.least_reluctance(service)
        for other in least.keys() & book.services:
            count = sum(
                book.until(other, name, self._latest(name, claim, least[other]))
                for name in book.classes(other)
            )
            if count:
                found.counts[other] = count
            for ticket in book.apart(other):
                latest = self._latest(ticket.ticket_class, claim, least[other])
                if ticket.line_at <= latest and self._callable(ticket, service):
                    found.add(ticket, self._at)
        return found

    def _unknown(self, service: str, claim: float) -> Counter[str]:
        """How many of those the forecast didn't know of, by service."""
        seen = self._outlook.seen if self._outlook else None
        return self._before(self._book.unknown_to(seen), service, claim).all() if seen else Counter()

    def _latest(self, ticket_class: str, claim: float, reluctance: float) -> Instant:
        """The latest `line_at` that gives a ticket of the class that claim by now; empty: none does."""
        asked = ticket_class, claim + reluctance
        if asked not in self._matching:
            minutes = minutes_to_match(self._classes[ticket_class], claim, reluctance)
            earlier = shifted(self._at, minutes=-minutes) if minutes else self._at
            self._matching[asked] = "" if minutes is None else earlier
        return self._matching[asked]

    def _callable(self, ticket: Waiting, service: str) -> bool:
        """Whether a window of the service may call the ticket at all."""
        return ticket.direct_window is None or ticket.direct_window in self._plan.windows_of[service]

    def _heads(self, service: str) -> list[Head[Waiting]]:
        least = self._plan.least_reluctance(service)
        return [
            Head(ticket, least[other])
            for other in least.keys() & self._book.services
            for ticket in self._book.of(other)
            if self._callable(ticket, service)
        ]

    def _own(self, ticket: Waiting, ahead: Ahead, unknown: Counter[str]) -> Place:
        """The same for somebody who may be away: nobody is called before the time that was asked for."""
        place = self._priced(ticket, ahead, unknown)
        left = minutes_left(ticket.not_before, self._at)
        if place.span is None or not left:
            return place
        low, likely, high = (max(left, end) for end in (place.span.low, place.span.likely, place.span.high))
        return place_of(place.ahead, Span(low, likely, high), played=place.played)

    def _priced(self, ticket: Waiting, ahead: Ahead, unknown: Counter[str]) -> Place:
        """As the forecast said, if it knew this ticket as it stands; else as for somebody new."""
        found = self._place(ticket.service, ahead)
        if self._outlook is None or self._at_once(found):
            return found
        if self._outlook.knows(ticket):
            return place_of(found.ahead, self._outlook.ticket(ticket, self._at), played=True)
        if ticket.direct_window:
            return found
        return self._as_played(ticket.service, ticket.ticket_class, unknown, found)

    def _as_played(
        self, service: str, ticket_class: str, unknown: Mapping[str, int], found: Place
    ) -> Place:
        """The forecast's word for somebody new, later by the work of those whom it didn't know of."""
        if self._outlook is None or self._at_once(found):
            return found
        span = self._outlook.newcomer(service, ticket_class, self._at)
        if span is None:
            never = self._outlook.says_never(service, ticket_class, self._at)
            return place_of(found.ahead, None, played=True) if never else found
        return place_of(found.ahead, span.moved(self._taking(unknown, service)), played=True)

    def _at_once(self, found: Place) -> bool:
        """Nobody before one and a free window: no play of the hall knows better."""
        return found.ahead == 0 and found.high == 0

    def _taking(self, counts: Mapping[str, int], service: str) -> float:
        """By how many minutes these tickets hold up the service's windows."""
        windows = self._open.of(service)
        return self._work(counts, service) / len(windows) if windows else 0.0

    def _place(self, service: str, before: Ahead) -> Place:
        windows = self._open.of(service)
        counts = self._counting(before, service)
        ahead = sum(counts.values())
        if not windows:
            return place_of(ahead, None)
        if not ahead and any(w not in self._running for w in windows):
            return place_of(0, Span(0.0, 0.0, 0.0))
        return place_of(ahead, plain((self._work(counts, service) + self._left(windows)) / len(windows)))

    def _counting(self, before: Ahead, service: str) -> Counter[str]:
        """Without those who are away for longer than those who are there will take."""
        if not before.away:
            return before.counts
        until = self._taking(before.counts, service)
        back = (t.service for t in before.away if minutes_left(t.not_before, self._at) <= until)
        return before.counts + Counter(back)

    def _work(self, counts: Mapping[str, int], service: str) -> float:
        """The minutes of these tickets' services that will fall to this one's windows."""
        share = self._open.share
        return fsum(n * self._minutes(other) * share(other, service) for other, n in counts.items())

    def _left(self, windows: Sequence[str]) -> float:
        """The minutes that running services still take: half of each, on average."""
        return sum(self._minutes(self._running[w]) / 2 for w in windows if w in self._running)
