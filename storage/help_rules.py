"""Which rules by time and line are on, and which a supervisor has switched off for a day."""

from __future__ import annotations

import json

from queueing.help_rules import InForce
from storage.db import Db
from storage.standing import Standing

RULE_TABLES = [
    "ALTER TABLE tickets ADD COLUMN confirmed BOOLEAN NOT NULL DEFAULT FALSE",
    """CREATE TABLE rules_on (
        hall TEXT NOT NULL, rule TEXT NOT NULL, effect TEXT NOT NULL, since TEXT NOT NULL,
        because TEXT NOT NULL, PRIMARY KEY (hall, rule))""",
    """CREATE TABLE rules_off (
        hall TEXT NOT NULL, rule TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (hall, rule))""",
]


class RuleDesk:
    """Reads and sets the rules of one hall."""

    db: Db
    hall: str
    standing: Standing | None

    def effects_on(self) -> tuple[str, ...]:
        """What the rules that are on say, as their lines say it; asked at every press."""
        def read() -> tuple[str, ...]:
            sql = "SELECT effect FROM rules_on WHERE hall = :hall ORDER BY rule"
            return tuple(row[0] for row in self.db.rows(sql, hall=self.hall))

        return self.standing.part("effects", read) if self.standing else read()

    def rules_on(self) -> dict[str, InForce]:
        rows = self.db.all("SELECT * FROM rules_on WHERE hall = :hall ORDER BY since, rule", hall=self.hall)
        return {
            row["rule"]: InForce(row["rule"], row["effect"], row["since"], json.loads(row["because"]))
            for row in rows
        }

    def put_rule_on(self, rule: InForce) -> None:
        self._changed()
        self.db.run(
            "INSERT INTO rules_on (hall, rule, effect, since, because) "
            "VALUES (:hall, :rule, :effect, :since, :because)",
            hall=self.hall, rule=rule.rule, effect=rule.effect, since=rule.since,
            because=json.dumps(rule.because),
        )  # fmt: skip

    def _changed(self) -> None:
        if self.standing:
            self.standing.switched()

    def take_rule_off(self, rule: str) -> None:
        self._changed()
        self.db.run("DELETE FROM rules_on WHERE hall = :hall AND rule = :rule", hall=self.hall, rule=rule)

    def rules_off(self, day: str) -> set[str]:
        """Those that stay off today whatever happens."""
        rows = self.db.rows(
            "SELECT rule FROM rules_off WHERE hall = :hall AND day = :day", hall=self.hall, day=day
        )
        return {row[0] for row in rows}

    def keep_rule_off(self, rule: str, day: str) -> None:
        self.db.run(
            """INSERT INTO rules_off (hall, rule, day) VALUES (:hall, :rule, :day)
                ON CONFLICT (hall, rule) DO UPDATE SET day = excluded.day""",
            hall=self.hall, rule=rule, day=day,
        )  # fmt: skip

    def let_rule_work(self, rule: str) -> None:
        self.db.run("DELETE FROM rules_off WHERE hall = :hall AND rule = :rule", hall=self.hall, rule=rule)
