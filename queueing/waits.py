"""How long a wait will be, plainly: the work ahead that falls to the windows of one's service.

The estimate is (minutes of service of everybody ahead who can be served by the same windows, each
shared out over all windows that serve it, and half of each running service) / (windows of the
service that are staffed and open).
Source of the rule: people ahead who can be served by the same windows over planned windows, a
queue-length predictor for skilled pools (Ibrahim and Whitt 2009). The range around it is fixed, not
learned: 0.6 to 1.5 times the estimate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from queueing.clock import Instant
from queueing.house import TicketClass
from queueing.plan import Plan
from queueing.records import Ticket, WindowState
from queueing.turns import Head, claim_of, in_turn

LOW, HIGH = 0.6, 1.5
PRIOR_WEIGHT = 5
"""A configured service time counts as much as this many finished services."""


@dataclass(frozen=True)
class Place:
    """How many stand before one, and the range of the wait in minutes; None: not known yet."""

    ahead: int
    low: int | None
    high: int | None


def learned_minutes(prior: float, count: int, total: float) -> float:
    """The mean service time, shrunk towards the configured one while few are known."""
    return (PRIOR_WEIGHT * prior + total) / (PRIOR_WEIGHT + count)


def rounded(minutes: float) -> tuple[int, int]:
    """The range told for an estimate, in whole minutes."""
    return floor(LOW * minutes), ceil(HIGH * minutes)


class Line:
    """Everybody who waits, as one picture from which places and waits are told."""

    def __init__(
        self,
        plan: Plan,
        waiting: Sequence[Ticket],
        at_windows: Sequence[Ticket],
        windows: Mapping[str, WindowState],
        minutes: Callable[[str], float],
        at: Instant,
    ) -> None:
        self._plan, self._minutes, self._at = plan, minutes, at
        self._open = {w for w, state in windows.items() if state.state == "open"}
        self._running = {ticket.window: ticket for ticket in at_windows}
        self._by_service: dict[str, list[Ticket]] = {}
        for ticket in waiting:
            self._by_service.setdefault(ticket.service, []).append(ticket)

    def waiting(self, service: str) -> int:
        """How many wait for exactly this service."""
        return len(self._by_service.get(service, ()))

    def newcomer(self, service: str, ticket_class: str = "walk_in") -> Place:
        """The place of somebody who would take a number now."""
        mine = self._plan.ticket_class(ticket_class).head_start
        claims = ((head, claim_of(head, self._classes, self._at)) for head in self._pool(service))
        ahead = [head.ticket for head, value in claims if value is not None and value >= mine]
        return self._place(service, ahead)

    def places(self, service: str) -> dict[str, Place]:
        """The place of each ticket that waits for the service, by ticket key."""
        ordered = [head.ticket for head in in_turn(self._pool(service), self._classes, self._at)]
        return {
            ticket.key: self._place(service, ordered[:index])
            for index, ticket in enumerate(ordered)
            if ticket.service == service
        }

    @property
    def _classes(self) -> Mapping[str, TicketClass]:
        return self._plan.house.classes

    def _pool(self, service: str) -> list[Head]:
        """Everybody whom one of the service's windows may call, with those windows' least reluctance."""
        windows = self._plan.windows_of[service]
        least: dict[str, float] = {}
        for taken in (self._plan.reluctances[w] for w in windows):
            for other in taken.keys() & self._by_service.keys():
                least[other] = min(taken[other], least.get(other, taken[other]))
        heads = [Head(t, reluctance) for s, reluctance in least.items() for t in self._by_service[s]]
        return [h for h in heads if h.ticket.direct_window is None or h.ticket.direct_window in windows]

    def _place(self, service: str, ahead: Sequence[Ticket]) -> Place:
        windows = [w for w in self._plan.windows_of[service] if w in self._open]
        if not windows:
            return Place(len(ahead), None, None)
        if not ahead and any(w not in self._running for w in windows):
            return Place(0, 0, 0)
        work = sum(self._share(ticket, windows) for ticket in ahead) + self._left(windows)
        return Place(len(ahead), *rounded(work / len(windows)))

    def _share(self, ticket: Ticket, windows: Sequence[str]) -> float:
        """The minutes of a ticket's service that will fall to these windows."""
        takers = [w for w in self._plan.windows_of[ticket.service] if w in self._open]
        here = sum(1 for w in takers if w in windows)
        return self._minutes(ticket.service) * (here / len(takers) if takers else 1.0)

    def _left(self, windows: Sequence[str]) -> float:
        """The minutes that running services still take: half of each, on average."""
        running = (self._running[w] for w in windows if w in self._running)
        return sum(self._minutes(ticket.service) / 2 for ticket in running)
