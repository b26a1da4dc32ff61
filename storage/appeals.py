"""Appeals of one hall: none is ever taken away, and only an open one is decided."""

from __future__ import annotations

from dataclasses import asdict, fields

from queueing.clock import Instant
from scoring.appeals import Appeal, AppealDecided, State
from storage.db import Db, Row

APPEAL_TABLES = [
    """CREATE TABLE appeals (
        hall TEXT NOT NULL, id TEXT NOT NULL, period TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        item TEXT NOT NULL, fact TEXT NOT NULL, clerk TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL,
        state TEXT NOT NULL, decided_at TEXT, decided_by TEXT, reason TEXT NOT NULL,
        PRIMARY KEY (hall, id))""",
    "CREATE UNIQUE INDEX one_open_appeal ON appeals (hall, fact, clerk) WHERE state = 'open'",
    "CREATE INDEX appeals_of_clerks ON appeals (hall, clerk, at)",
    "CREATE INDEX appeals_by_time ON appeals (hall, at)",
]
NAMES = ["kind" if field.name == "by" else field.name for field in fields(Appeal)]
FIND = f"SELECT {', '.join(NAMES)} FROM appeals WHERE hall = :hall"


class AppealDesk:
    """Reads and keeps appeals."""

    db: Db
    hall: str

    def add_appeal(self, appeal: Appeal) -> None:
        marks = ", ".join(f":{name}" for name in NAMES)
        self.db.run(
            f"INSERT INTO appeals (hall, {', '.join(NAMES)}) VALUES (:hall, {marks})",
            hall=self.hall, **row_of(appeal),
        )  # fmt: skip

    def appeal(self, id: str) -> Appeal | None:
        row = self.db.one(f"{FIND} AND id = :id", hall=self.hall, id=id)
        return appeal_of(row) if row else None

    def appeals_of(self, clerk: str) -> list[Appeal]:
        rows = self.db.all(f"{FIND} AND clerk = :clerk ORDER BY at DESC, id", hall=self.hall, clerk=clerk)
        return [appeal_of(row) for row in rows]

    def appeals_about(self, fact: str) -> list[Appeal]:
        rows = self.db.all(f"{FIND} AND fact = :fact ORDER BY at, id", hall=self.hall, fact=fact)
        return [appeal_of(row) for row in rows]

    def appeals_in(self, state: State | None, limit: int) -> list[Appeal]:
        more = "AND state = :state" if state else ""
        rows = self.db.all(
            f"{FIND} {more} ORDER BY at DESC, id LIMIT :limit",
            hall=self.hall, limit=limit, **({"state": state} if state else {}),
        )  # fmt: skip
        return [appeal_of(row) for row in rows]

    def decide_appeal(self, appeal: Appeal) -> None:
        changed = self.db.run(
            """UPDATE appeals SET state = :state, decided_at = :at, decided_by = :by, reason = :reason
                WHERE hall = :hall AND id = :id AND state = 'open'""",
            hall=self.hall, id=appeal.id, state=appeal.state, at=appeal.decided_at, by=appeal.decided_by,
            reason=appeal.reason,
        )  # fmt: skip
        if not changed:
            raise AppealDecided()

    def windows_sat_at(self, clerk: str, first: Instant, last: Instant) -> dict[str, set[Instant]]:
        rows = self.db.rows(
            """SELECT "window", at FROM events WHERE hall = :hall AND ticket IS NULL AND at >= :first
                AND at <= :last AND action = 'sit' AND actor = :actor""",
            hall=self.hall, first=first, last=last, actor=f"staff:{clerk}",
        )  # fmt: skip
        sat: dict[str, set[Instant]] = {}
        for window, at in rows:
            sat.setdefault(window, set()).add(at)
        return sat


def row_of(appeal: Appeal) -> Row:
    told = asdict(appeal) | {"kind": appeal.by}
    del told["by"]
    return told


def appeal_of(row: Row) -> Appeal:
    given = row | {"by": row["kind"]}
    del given["kind"]
    return Appeal(**given)
