"""The rows of the queue that facts come from, summed by the database where single ones don't matter."""

from __future__ import annotations

import json
from collections.abc import Sequence

from queueing.clock import Instant
from scoring.fact_store import FinishedSum, LongWait, RatedOne, RatedSum, SeatStep
from storage.db import Db
from storage.ratings import COUNTS
from storage.tickets import listed
from storage.watching import SEATS

INDEXES = [
    """CREATE INDEX finished_sums ON tickets (hall, day, "window", clerk)
        WHERE state = 'finished' AND outcome <> 'unclosed'""",
]
WAITED = "(julianday(called_at) - julianday(joined_at)) * 1440"
SENT_ON = """EXISTS (SELECT 1 FROM events WHERE events.hall = tickets.hall AND events.ticket = tickets.key
    AND events.ticket IS NOT NULL AND events.action = 'transfer')"""


class FactSourceDesk:
    """Reads them for all windows and clerks of some days at once."""

    db: Db
    hall: str

    def rated_sums(self, first_day: str, last_day: str, levels: Sequence[str]) -> list[RatedSum]:
        marks, wanted = listed(levels, "level")
        rows = self.db.rows(
            f"""SELECT day, "window", clerk, level, count(*) FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND level IN ({marks}) AND {COUNTS}
                GROUP BY day, "window", clerk, level""",
            hall=self.hall, first=first_day, last=last_day, **wanted,
        )  # fmt: skip
        return [RatedSum(*row) for row in rows]

    def rated_ones(self, first_day: str, last_day: str, levels: Sequence[str]) -> list[RatedOne]:
        marks, wanted = listed(levels, "level")
        rows = self.db.rows(
            f"""SELECT day, "window", clerk, level, ticket, at FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND (level IN ({marks}) OR NOT {COUNTS})
                ORDER BY day, seq""",
            hall=self.hall, first=first_day, last=last_day, **wanted,
        )  # fmt: skip
        return [RatedOne(*row) for row in rows]

    def rated_again(self, first_day: str, last_day: str) -> list[RatedOne]:
        rows = self.db.rows(
            """SELECT ratings.day, ratings."window", ratings.clerk, second_ratings.level, ratings.ticket,
                second_ratings.at FROM second_ratings
                JOIN remedies ON remedies.hall = second_ratings.hall AND remedies.id = second_ratings.remedy
                JOIN ratings ON ratings.hall = remedies.hall AND ratings.ticket = remedies.ticket
                WHERE second_ratings.hall = :hall AND ratings.day >= :first AND ratings.day <= :last
                ORDER BY second_ratings.seq""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return [RatedOne(*row) for row in rows]

    def finished_sums(self, first_day: str, last_day: str) -> list[FinishedSum]:
        rows = self.db.rows(
            """SELECT day, "window", clerk, count(*) FROM tickets WHERE hall = :hall AND state = 'finished'
                AND outcome <> 'unclosed' AND "window" IS NOT NULL AND day >= :first AND day <= :last
                GROUP BY day, "window", clerk""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return [FinishedSum(*row) for row in rows]

    def long_waits(self, first_day: str, last_day: str, least: float) -> list[LongWait]:
        rows = self.db.rows(
            f"""SELECT day, "window", service, key, {WAITED} FROM tickets WHERE hall = :hall
                AND day >= :first AND day <= :last AND "window" IS NOT NULL AND called_at IS NOT NULL
                AND reinstated = 0 AND postponed = 0 AND origin NOT IN ('offline', 'paper')
                AND {WAITED} > :least AND NOT {SENT_ON}
                ORDER BY day, called_at, key""",
            hall=self.hall, first=first_day, last=last_day, least=least,
        )  # fmt: skip
        return [LongWait(*row) for row in rows]

    def seat_steps(self, first: Instant, last: Instant) -> list[SeatStep]:
        rows = self.db.rows(
            f"""SELECT "window", at, after FROM events WHERE hall = :hall AND ticket IS NULL AND at >= :first
                AND at <= :last AND "window" IS NOT NULL AND action IN ({SEATS}) ORDER BY seq""",
            hall=self.hall, first=first, last=last,
        )  # fmt: skip
        after = json.loads(f"[{','.join(row[2] for row in rows)}]")
        return [SeatStep(row[0], row[1], facts) for row, facts in zip(rows, after, strict=True)]

    def first_ticket(self, day: str, since: Instant, before: Instant) -> Instant | None:
        row = self.db.one(
            """SELECT min(joined_at) AS at FROM tickets WHERE hall = :hall AND day = :day
                AND joined_at >= :since AND joined_at < :before""",
            hall=self.hall, day=day, since=since, before=before,
        )  # fmt: skip
        return row["at"] if row else None
