"""Visits whose times can hardly be right, as the database finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.figure_store import Odd, Stretch
from storage.db import Db

LEFT = 'day, number, "window", clerk, service, joined_at, finished_at'
ENDED = """hall = :hall AND day >= :first AND day <= :last AND state = 'finished' AND outcome <> 'unclosed'
    AND "window" IS NOT NULL"""
TOOK = "round((julianday(finished_at) - julianday(started_at)) * 86400.0, 3) - held_seconds"
AFTER = "round((julianday(finished_at) - julianday(at)) * 86400.0, 3)"

CLOSE = f"""WITH ends AS (SELECT key AS ended, day AS on_day, "window" AS place, julianday(finished_at) AS at
        FROM tickets WHERE {ENDED}),
    gaps AS (SELECT ended, round((at - lag(at) OVER line) * 86400.0, 3) AS since,
        round((lead(at) OVER line - at) * 86400.0, 3) AS until
        FROM ends WINDOW line AS (PARTITION BY on_day, place ORDER BY at)),
    near AS MATERIALIZED (SELECT * FROM gaps WHERE since <= :seconds OR until <= :seconds)
    SELECT {LEFT}, since FROM near JOIN tickets ON hall = :hall AND key = ended
    ORDER BY day, "window", finished_at, number"""
UNDER = f"SELECT {LEFT}, {TOOK} FROM tickets WHERE {ENDED} AND {TOOK} < :seconds ORDER BY finished_at"
OVER = f"SELECT {LEFT}, {TOOK} FROM tickets WHERE {ENDED} AND {TOOK} >= :seconds ORDER BY finished_at"
UNSEEN = f"""WITH seats AS (SELECT "window" AS place, at, after ->> '$.state' AS sign,
        lead(at) OVER (PARTITION BY "window" ORDER BY seq) AS until FROM events WHERE hall = :hall
        AND ticket IS NULL AND "window" IS NOT NULL AND at >= :since AND at <= :until
        AND action IN ('sit', 'leave', 'pause', 'open')),
    away AS MATERIALIZED (SELECT * FROM seats WHERE sign <> 'open')
    SELECT {LEFT}, {AFTER} FROM away CROSS JOIN tickets INDEXED BY finished_at_windows
    ON "window" = place AND finished_at > at AND finished_at <= coalesce(until, '9999')
    WHERE {ENDED} AND {AFTER} >= :seconds ORDER BY finished_at"""


class OddDesk:
    """Reads what findings rest on."""

    db: Db
    hall: str

    def close_finishes(self, stretch: Stretch, seconds: float) -> list[Odd]:
        return [Odd(*row) for row in self._each(CLOSE, stretch, seconds=seconds)]

    def services_under(self, stretch: Stretch, seconds: float) -> list[Odd]:
        return [Odd(*row) for row in self._each(UNDER, stretch, seconds=seconds)]

    def services_over(self, stretch: Stretch, seconds: float) -> list[Odd]:
        return [Odd(*row) for row in self._each(OVER, stretch, seconds=seconds)]

    def finishes_without_anybody(self, stretch: Stretch, seconds: float) -> list[Odd]:
        return [Odd(*row) for row in self._each(UNSEEN, stretch, seconds=seconds)]

    def _each(self, sql: str, stretch: Stretch, **more: Any) -> Iterator[tuple[Any, ...]]:
        """Row after row, so that a long answer is never whole in memory."""
        return self.db.each(sql, hall=self.hall, **vars(stretch), **more)
