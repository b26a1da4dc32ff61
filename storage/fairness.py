"""What the hall's fairness is counted from: a day's events of tickets, and how long its visits waited."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from queueing.clock import Instant
from queueing.fairness import Step
from scoring.fairness import Waited
from scoring.figure_store import Stretch
from storage.figures import OF_DAYS, PROMISE, SENT_ON, WAIT, WAITED_ONCE, times
from storage.log import LogDesk

MOVES_NOBODY = ("recall", "serve", "finish", "hold", "resume", "confirm_class", "rate")
"""Events that leave everybody where they were in the lines, or out of them."""

SHOWN = (
    *("number", "service", "ticket_class", "state"),
    *("joined_at", "line_at", "tie", "direct_window", "not_before"),
)
TRUE = (1, "true")
"""What a JSON document's true is to SQLite, and to PostgreSQL."""

STEPS = f"""SELECT seq, at, action, ticket, "window", before ->> '$.state', after ->> '$.chosen',
    after ->> '$.postponed', {", ".join(f"shown ->> '$.{name}'" for name in SHOWN)}
    FROM events WHERE hall = :hall AND seq >= :first AND seq < :last AND ticket IS NOT NULL
    AND action NOT IN ({", ".join(f"'{action}'" for action in MOVES_NOBODY)})
    AND shown ->> '$.joined_at' >= :since ORDER BY seq"""
"""Without the ends of an earlier day's tickets, which the next day's first press brings."""

WAITS_BY_CLASS = f"""WITH {SENT_ON} SELECT service, ticket_class, count(*), {times("called_at IS NOT NULL")},
    {times(f"{WAITED_ONCE} AND {PROMISE} IS NOT NULL")}, {times(f"{WAITED_ONCE} AND {WAIT} <= {PROMISE}")},
    max(CASE WHEN {WAITED_ONCE} THEN {WAIT} END)
    FROM tickets WHERE {OF_DAYS} GROUP BY service, ticket_class ORDER BY service, ticket_class"""


class FairnessDesk(LogDesk):
    """Reads one hall's turns."""

    def steps_between(self, since: Instant, until: Instant) -> list[Step]:
        """Of tickets, in order: all events that moved somebody in a line, into it or out of it."""
        first, last = self._first_at_or_after(since), self._first_at_or_after(until)
        rows = self.db.rows(STEPS, hall=self.hall, first=first, last=last, since=since)
        return [step_of(row) for row in rows]

    def waited_by_class(self, stretch: Stretch, promised: Mapping[str, float]) -> Iterator[Waited]:
        rows = self.db.rows(
            WAITS_BY_CLASS, hall=self.hall, promises=json.dumps(dict(promised)), **vars(stretch)
        )
        return (Waited(*row) for row in rows)


def step_of(row: tuple[Any, ...]) -> Step:
    seq, at, action, ticket, window, was, chosen, postponed, *shown = row
    told = dict(zip(SHOWN, shown, strict=True))
    told["tie"] = int(told["tie"])
    return Step(seq, at, action, ticket, window, was, chosen in TRUE, postponed is not None, told)
