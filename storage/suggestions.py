"""Suggestions that were taken up, as rows of one hall."""

from __future__ import annotations

import json
from dataclasses import asdict

from queueing.clock import Instant
from queueing.suggestions import Suggestion
from storage.db import Db

TABLES = [
    """CREATE TABLE suggestions (
        hall TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, change TEXT NOT NULL, kind TEXT NOT NULL,
        "window" TEXT NOT NULL, services TEXT NOT NULL, before REAL NOT NULL, after REAL NOT NULL,
        saving REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL, at_minute REAL NOT NULL,
        taken_at TEXT NOT NULL, taken_by TEXT NOT NULL, was REAL, without REAL, judged_at TEXT,
        PRIMARY KEY (hall, key))""",
    "CREATE INDEX suggestions_by_time ON suggestions (hall, taken_at)",
]


class SuggestionRows:
    """Keeps and reads them."""

    db: Db
    hall: str

    def add_suggestion(self, suggestion: Suggestion) -> None:
        row = asdict(suggestion) | {"services": json.dumps(suggestion.services), "hall": self.hall}
        names = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(f":{name}" for name in row)
        self.db.run(f"INSERT INTO suggestions ({names}) VALUES ({values})", **row)

    def suggestions(self, limit: int) -> list[Suggestion]:
        rows = self.db.all(
            "SELECT * FROM suggestions WHERE hall = :hall ORDER BY taken_at DESC, key LIMIT :limit",
            hall=self.hall, limit=limit,
        )  # fmt: skip
        return [suggestion_of(dict(row)) for row in rows]

    def judge_suggestion(self, key: str, was: float | None, without: float | None, at: Instant) -> None:
        self.db.run(
            """UPDATE suggestions SET was = :was, without = :without, judged_at = :at
                WHERE hall = :hall AND key = :key""",
            hall=self.hall, key=key, was=was, without=without, at=at,
        )  # fmt: skip


def suggestion_of(row: dict[str, object]) -> Suggestion:
    known = {name: value for name, value in row.items() if name != "hall"}
    return Suggestion(**known | {"services": tuple(json.loads(str(row["services"])))})  # type: ignore[arg-type]
