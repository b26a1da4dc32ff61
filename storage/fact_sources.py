"""The rows of the queue that facts come from, summed by the database where single ones don't matter."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.fact_store import FinishedSum, RatedOne, RatedSum
from storage.db import Db
from storage.tickets import listed


class FactSourceDesk:
    """Reads them for all windows and clerks of some days at once."""

    db: Db
    hall: str

    def rated_sums(self, first_day: str, last_day: str, levels: Sequence[str]) -> list[RatedSum]:
        marks, wanted = listed(levels, "level")
        rows = self.db.rows(
            f"""SELECT day, "window", clerk, level, count(*) FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND level IN ({marks})
                GROUP BY day, "window", clerk, level""",
            hall=self.hall, first=first_day, last=last_day, **wanted,
        )  # fmt: skip
        return [RatedSum(*row) for row in rows]

    def rated_ones(self, first_day: str, last_day: str, levels: Sequence[str]) -> list[RatedOne]:
        marks, wanted = listed(levels, "level")
        rows = self.db.rows(
            f"""SELECT day, "window", clerk, level, ticket, at FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND level IN ({marks}) ORDER BY day, seq""",
            hall=self.hall, first=first_day, last=last_day, **wanted,
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
