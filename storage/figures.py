"""A period's visits counted and measured: the database adds up and sorts, beside Python's lock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from scoring.figure_store import Counted, DayCounts, Doer, Measured, Stretch, Tally, Visit
from storage.db import Db
from storage.oddities import OddDesk
from storage.ratings import COUNTS

INDEXES = ["CREATE INDEX transfers_in_order ON events (hall, at) WHERE action = 'transfer'"]

DOER = 'service, "window", clerk'
OF_DAYS = "hall = :hall AND day >= :first AND day <= :last"
FINISHED = "(state = 'finished' AND outcome <> 'unclosed')"

SENT_ON = """sent_on AS MATERIALIZED (SELECT event.ticket, event."window", event.before FROM events AS event
    WHERE event.hall = :hall AND event.action = 'transfer' AND event.at >= :since AND event.at <= :until
    AND coalesce((SELECT next.action FROM events AS next WHERE next.hall = event.hall
        AND next.ticket = event.ticket AND next.ticket IS NOT NULL AND next.seq > event.seq
        ORDER BY next.seq LIMIT 1), '') <> 'undo')"""
"""Transfers that weren't taken back: an undo comes before anything else happens to the ticket."""


def seconds(earlier: str, later: str) -> str:
    """Seconds between two stored instants, in SQL."""
    return f"round((julianday({later}) - julianday({earlier})) * 86400.0, 3)"


def times(true: str) -> str:
    """How many rows that is true of, in SQL."""
    return f"count(*) FILTER (WHERE {true})"


WAIT = seconds("joined_at", "called_at")
SERVICE = f"({seconds('started_at', 'finished_at')} - held_seconds)"
WAITED_ONCE = """(called_at IS NOT NULL AND reinstated = 0 AND postponed = 0
    AND key NOT IN (SELECT ticket FROM sent_on))"""
SERVED = f"({FINISHED} AND started_at IS NOT NULL)"
PROMISE = "CAST(:promises ->> service AS DOUBLE PRECISION)"

TALLIES = f"""WITH {SENT_ON} SELECT {DOER}, count(*) AS received, {times(FINISHED)} AS finished,
    {times(f"{FINISHED} AND outcome = 'done'")} AS done, {times("state = 'no_show'")} AS no_shows,
    {times("state = 'abandoned'")} AS abandoned,
    {times("state = 'finished' AND outcome = 'unclosed'")} AS unclosed,
    {times(f"{PROMISE} IS NOT NULL AND {WAITED_ONCE}")} AS promised,
    {times(f"{PROMISE} IS NOT NULL AND {WAITED_ONCE} AND {WAIT} <= {PROMISE}")} AS kept
    FROM tickets WHERE {OF_DAYS} GROUP BY {DOER}"""
LENGTHS = f"""WITH {SENT_ON} SELECT {DOER}, CASE WHEN {WAITED_ONCE} THEN {WAIT} END,
    CASE WHEN {SERVED} THEN {SERVICE} END FROM tickets WHERE {OF_DAYS}"""
TRANSFERS = f"""WITH {SENT_ON} SELECT coalesce(before ->> '$.service', service) AS service,
    sent_on."window", before ->> '$.clerk' AS clerk, count(*)
    FROM sent_on JOIN tickets ON hall = :hall AND key = ticket
    WHERE day >= :first AND day <= :last GROUP BY 1, 2, 3"""
RATED = f"""SELECT {DOER}, CASE WHEN {COUNTS} THEN level ELSE 'set_aside' END AS said, count(*)
    FROM ratings WHERE {OF_DAYS} GROUP BY {DOER}, said"""
SAID = """SELECT kind, "window", clerk, sum(CAST(times AS DOUBLE PRECISION)) FROM facts
    WHERE hall = :hall AND day >= :first AND day <= :last
    AND kind IN ('complaint', 'complaint_discipline', 'case_overdue')
    AND NOT EXISTS (SELECT 1 FROM fact_withdrawals AS gone
        WHERE gone.hall = facts.hall AND gone.fact = facts.id)
    GROUP BY 1, 2, 3"""
BY_DAY = f"""SELECT day, count(*) AS received, {times(FINISHED)} AS finished,
    {times("state = 'no_show'")} AS no_shows, {times("state = 'abandoned'")} AS abandoned
    FROM tickets WHERE {OF_DAYS} GROUP BY day ORDER BY day"""
VISITS = f"""WITH {SENT_ON} SELECT day, number, service, ticket_class, "window", clerk, state, outcome,
    joined_at, called_at, started_at, finished_at, held_seconds, calls, reinstated, postponed,
    coalesce(times, 0) FROM tickets
    LEFT JOIN (SELECT ticket, count(*) AS times FROM sent_on GROUP BY ticket) ON ticket = key
    WHERE {OF_DAYS} ORDER BY day, joined_at, number"""


class FigureDesk(OddDesk):
    """Reads what reports are made of."""

    db: Db
    hall: str

    def tallies(self, stretch: Stretch, promised: Mapping[str, float]) -> list[Tally]:
        rows = self._each(TALLIES, stretch, promises=json.dumps(dict(promised)))
        return [Tally(Doer(*row[:3]), *row[3:]) for row in rows]

    def lengths(self, stretch: Stretch) -> Iterator[Measured]:
        return self._each(LENGTHS, stretch)

    def transfers_made(self, stretch: Stretch) -> list[Counted]:
        return [(Doer(*row[:3]), row[3]) for row in self._each(TRANSFERS, stretch)]

    def rated_levels(self, stretch: Stretch) -> list[tuple[Doer, str, int]]:
        return [(Doer(*row[:3]), row[3], row[4]) for row in self._each(RATED, stretch)]

    def said_of(self, stretch: Stretch) -> list[tuple[str, str | None, str | None, int]]:
        return [(kind, window, clerk, round(n)) for kind, window, clerk, n in self._each(SAID, stretch)]

    def by_day(self, stretch: Stretch) -> list[DayCounts]:
        return [DayCounts(*row) for row in self._each(BY_DAY, stretch)]

    def first_day_with_visits(self, since: str) -> str | None:
        row = self.db.one(
            "SELECT min(day) AS day FROM tickets WHERE hall = :hall AND day >= :since",
            hall=self.hall,
            since=since,
        )
        return row["day"] if row else None

    def visits_of(self, stretch: Stretch) -> Iterator[Visit]:
        return map(Visit._make, self._each(VISITS, stretch))
