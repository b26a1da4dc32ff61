"""What was told of waits and what came of it, and past visits to learn from, as rows of one hall."""

from __future__ import annotations

from queueing.outlook import Kept
from queueing.records import PastVisit, UnderWay
from queueing.walking import LONGEST, Walk
from storage.db import Db
from storage.tickets import AT_WINDOWS

TABLES = [
    """CREATE TABLE told_waits (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, day TEXT NOT NULL, service TEXT NOT NULL,
        first_at TEXT NOT NULL, last_at TEXT NOT NULL, PRIMARY KEY (hall, ticket))""",
    "CREATE INDEX told_waits_by_day ON told_waits (hall, day)",
]
"""As they were until the range became the ticket's own."""

WITH_THE_TICKET = [
    "ALTER TABLE tickets ADD COLUMN told_low INTEGER",
    "ALTER TABLE tickets ADD COLUMN told_high INTEGER",
    """UPDATE tickets SET
        told_low = CAST(round((julianday(w.first_at) - julianday(joined_at)) * 1440) AS INTEGER),
        told_high = CAST(round((julianday(w.last_at) - julianday(joined_at)) * 1440) AS INTEGER)
        FROM told_waits AS w WHERE w.hall = tickets.hall AND w.ticket = tickets.key
        AND w.service = tickets.service""",
    "DROP TABLE told_waits",
]
WAITED = "round((julianday(called_at) - julianday(joined_at)) * 86400.0, 3)"
"""In seconds, to the millisecond as instants are kept."""

VISIT = ", ".join(f't."{name}"' for name in PastVisit._fields)
"""The columns of tickets; those of a day are found by the index of its numbers."""

UNDER_WAY = ", ".join(f'"{name}"' for name in UnderWay._fields)


class WaitDesk:
    """Reads them."""

    db: Db
    hall: str

    def kept_waits(self, since_day: str) -> Kept:
        row = self.db.one(
            f"""SELECT count(*) AS told, coalesce(sum(CASE
                WHEN {WAITED} BETWEEN 60 * told_low AND 60 * told_high THEN 1 ELSE 0 END), 0) AS held
                FROM tickets WHERE hall = :hall AND day >= :day AND told_high IS NOT NULL
                AND called_at IS NOT NULL AND reinstated = 0 AND postponed = 0 AND direct_window IS NULL""",
            hall=self.hall, day=since_day,
        )  # fmt: skip
        return Kept(int(row["told"]), int(row["held"])) if row else Kept()

    def walks(self, since_day: str) -> list[Walk]:
        rows = self.db.rows(
            """SELECT "window", ticket_class, count(*), sum(took) FROM (
                SELECT "window", ticket_class, (julianday(started_at) - julianday(called_at)) * 1440.0 AS took
                FROM tickets WHERE hall = :hall AND state = 'finished' AND day >= :day) AS walks
                WHERE took BETWEEN 0 AND :longest GROUP BY "window", ticket_class""",
            hall=self.hall, day=since_day, longest=LONGEST,
        )  # fmt: skip
        return [Walk(*row) for row in rows]

    def days_before(self, day: str, limit: int) -> list[str]:
        """The last days on which anybody came, newest first."""
        sql = """SELECT DISTINCT day FROM numbers WHERE hall = :hall AND day < :day
            ORDER BY day DESC LIMIT :limit"""
        return [row["day"] for row in self.db.all(sql, hall=self.hall, day=day, limit=limit)]

    def under_way(self) -> list[UnderWay]:
        sql = f"SELECT {UNDER_WAY} FROM tickets WHERE hall = :hall AND {AT_WINDOWS}"
        return [UnderWay(*row) for row in self.db.rows(sql, hall=self.hall)]

    def past_visits(self, day: str, after_seq: int = 0) -> list[PastVisit]:
        sql = f"""SELECT {VISIT} FROM tickets t WHERE t.hall = :hall AND t.day = :day
            AND t.seq > :seq AND t.state IN ('finished', 'no_show', 'abandoned')"""
        return [PastVisit(*row) for row in self.db.rows(sql, hall=self.hall, day=day, seq=after_seq)]
