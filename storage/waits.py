"""What was told of waits and what came of it, and past visits to learn from, as rows of one hall."""

from __future__ import annotations

from queueing.outlook import Kept
from queueing.records import PastVisit, ToldWait, UnderWay
from queueing.walking import LONGEST, Walk
from storage.db import Adding, Db
from storage.tickets import STILL_OPEN

TABLES = [
    """CREATE TABLE told_waits (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, day TEXT NOT NULL, service TEXT NOT NULL,
        first_at TEXT NOT NULL, last_at TEXT NOT NULL, PRIMARY KEY (hall, ticket))""",
    "CREATE INDEX told_waits_by_day ON told_waits (hall, day)",
]
TOLD = Adding("told_waits", ("hall", *ToldWait._fields), "ON CONFLICT (hall, ticket) DO NOTHING")
VISIT = ", ".join(f't."{name}"' for name in PastVisit._fields)
"""The columns of tickets; those of a day are found by the index of its numbers."""

UNDER_WAY = ", ".join(f'"{name}"' for name in UnderWay._fields)


class WaitDesk:
    """Keeps and reads them."""

    db: Db
    hall: str

    def keep_told(self, told: ToldWait) -> None:
        self.db.later(TOLD, (self.hall, *told))

    def kept_waits(self, since_day: str) -> Kept:
        row = self.db.one(
            """SELECT count(*) AS told, coalesce(sum(CASE
                WHEN t.called_at >= w.first_at AND t.called_at <= w.last_at THEN 1 ELSE 0 END), 0) AS held
                FROM told_waits w JOIN tickets t ON t.hall = w.hall AND t.key = w.ticket
                WHERE w.hall = :hall AND w.day >= :day AND t.called_at IS NOT NULL AND t.service = w.service
                AND t.reinstated = 0 AND t.postponed = 0 AND t.direct_window IS NULL""",
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

    def forget_told(self, before_day: str) -> int:
        sql = "DELETE FROM told_waits WHERE hall = :hall AND day < :day"
        return self.db.run(sql, hall=self.hall, day=before_day)

    def days_before(self, day: str, limit: int) -> list[str]:
        """The last days on which anybody came, newest first."""
        sql = """SELECT DISTINCT day FROM numbers WHERE hall = :hall AND day < :day
            ORDER BY day DESC LIMIT :limit"""
        return [row["day"] for row in self.db.all(sql, hall=self.hall, day=day, limit=limit)]

    def under_way(self) -> list[UnderWay]:
        sql = f"""SELECT {UNDER_WAY} FROM tickets WHERE hall = :hall AND {STILL_OPEN}
            AND state IN ('called', 'serving')"""
        return [UnderWay(*row) for row in self.db.rows(sql, hall=self.hall)]

    def past_visits(self, day: str, after_seq: int = 0) -> list[PastVisit]:
        sql = f"""SELECT {VISIT} FROM tickets t WHERE t.hall = :hall AND t.day = :day
            AND t.seq > :seq AND t.state IN ('finished', 'no_show', 'abandoned')"""
        return [PastVisit(*row) for row in self.db.rows(sql, hall=self.hall, day=day, seq=after_seq)]
