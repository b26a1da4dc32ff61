"""Lists of honour of one hall: each publication stays, and so does each taking back."""

from __future__ import annotations

from dataclasses import asdict

from scoring.honours import Named, TakenBack
from scoring.store import By
from storage.db import Db, Row

HONOUR_TABLES = [
    """CREATE TABLE honours (
        hall TEXT NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL, subject TEXT NOT NULL,
        place INTEGER NOT NULL, name TEXT NOT NULL, grade TEXT, seq BIGINT NOT NULL, at TEXT NOT NULL,
        actor TEXT NOT NULL, PRIMARY KEY (hall, kind, period, seq, subject))""",
    """CREATE TABLE honours_taken_back (
        hall TEXT NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL, subject TEXT NOT NULL,
        at TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, seq BIGINT NOT NULL,
        PRIMARY KEY (hall, kind, period, subject))""",
]


class HonourDesk:
    """Reads and keeps lists of honour."""

    db: Db
    hall: str

    def publish(self, named: list[Named]) -> None:
        for each in named:
            self.db.run(
                """INSERT INTO honours (hall, kind, period, subject, place, name, grade, seq, at, actor)
                    VALUES (:hall, :by, :period, :subject, :place, :name, :grade, :seq, :at, :actor)""",
                hall=self.hall, **asdict(each),
            )  # fmt: skip

    def published(self, by: By, period: str) -> list[Named]:
        rows = self.db.all(
            """SELECT kind, period, subject, place, name, grade, seq, at, actor FROM honours
                WHERE hall = :hall AND kind = :by AND period = :period
                AND seq = (SELECT max(newest.seq) FROM honours AS newest WHERE newest.hall = :hall
                 AND newest.kind = :by AND newest.period = :period)
                AND subject NOT IN (SELECT taken.subject FROM honours_taken_back AS taken
                 WHERE taken.hall = :hall AND taken.kind = :by AND taken.period = :period)
                ORDER BY place, subject""",
            hall=self.hall, by=by, period=period,
        )  # fmt: skip
        return [Named(**with_by(row)) for row in rows]

    def published_lists(self) -> list[tuple[By, str]]:
        rows = self.db.rows("SELECT DISTINCT kind, period FROM honours WHERE hall = :hall", hall=self.hall)
        return [(kind, period) for kind, period in rows]

    def take_back(self, taken: TakenBack) -> None:
        self.db.run(
            """INSERT INTO honours_taken_back (hall, kind, period, subject, at, actor, reason, seq)
                VALUES (:hall, :by, :period, :subject, :at, :actor, :reason, :seq)""",
            hall=self.hall, **asdict(taken),
        )  # fmt: skip

    def taken_back(self, by: By, period: str) -> list[TakenBack]:
        rows = self.db.all(
            """SELECT kind, period, subject, at, actor, reason, seq FROM honours_taken_back
                WHERE hall = :hall AND kind = :by AND period = :period ORDER BY seq""",
            hall=self.hall, by=by, period=period,
        )  # fmt: skip
        return [TakenBack(**with_by(row)) for row in rows]


def with_by(row: Row) -> Row:
    given = dict(row)
    by = given.pop("kind")
    return given | {"by": by}
