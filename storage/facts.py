"""Facts that people entered, what was withdrawn, and photos as evidence, as rows of one hall.

Free text lies beside a fact and a photo beside its row, so that both can be purged while the fact stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from decimal import Decimal

from scoring.fact_store import Evidence, day_in
from scoring.facts import Fact, Withdrawal
from storage.db import Db, Row
from storage.tickets import listed

TABLES = [
    """CREATE TABLE facts (
        hall TEXT NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL,
        scheme TEXT NOT NULL, "window" TEXT, clerk TEXT, times TEXT NOT NULL, value TEXT, points TEXT,
        origin TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, ticket TEXT, digest TEXT,
        PRIMARY KEY (hall, id))""",
    "CREATE INDEX facts_by_day ON facts (hall, day)",
    "CREATE UNIQUE INDEX one_imported_line ON facts (hall, digest) WHERE digest IS NOT NULL",
    """CREATE TABLE fact_notes (
        hall TEXT NOT NULL, fact TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (hall, fact))""",
    """CREATE TABLE fact_withdrawals (
        hall TEXT NOT NULL, fact TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (hall, fact))""",
    "CREATE INDEX withdrawals_by_day ON fact_withdrawals (hall, day)",
    """CREATE TABLE evidence (
        hall TEXT NOT NULL, id TEXT NOT NULL, fact TEXT NOT NULL, bytes BIGINT NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, added_at TEXT NOT NULL, author TEXT NOT NULL,
        picture BLOB NOT NULL, PRIMARY KEY (hall, id))""",
    "CREATE INDEX evidence_of_facts ON evidence (hall, fact, added_at)",
]

KEPT = tuple(each.name for each in fields(Fact) if each.name not in ("note", "evidence", "withdrawn"))
NAMES = ", ".join(f'"{name}"' for name in KEPT)
MARKS = ", ".join(f":{name}" for name in KEPT)
SELECT = f"""SELECT {", ".join(f'facts."{name}"' for name in KEPT)}, fact_notes.note,
    fact_withdrawals.at AS withdrawn_at, fact_withdrawals.author AS withdrawn_by, fact_withdrawals.reason
    FROM facts LEFT JOIN fact_notes ON fact_notes.hall = facts.hall AND fact_notes.fact = facts.id
    LEFT JOIN fact_withdrawals
    ON fact_withdrawals.hall = facts.hall AND fact_withdrawals.fact = facts.id
    WHERE facts.hall = :hall"""
IN_ORDER = "ORDER BY facts.day, facts.at, facts.id"
OF_EVIDENCE = ", ".join(each.name for each in fields(Evidence))
MOST_AT_ONCE = 500
"""Names in one IN list."""


class FactDesk:
    """Reads and keeps them."""

    db: Db
    hall: str

    def add_fact(self, fact: Fact, digest: str | None = None) -> None:
        told = {name: getattr(fact, name) for name in KEPT}
        told |= {name: text_of(getattr(fact, name)) for name in ("times", "value", "points")}
        self.db.run(
            f"INSERT INTO facts (hall, {NAMES}, digest) VALUES (:hall, {MARKS}, :digest)",
            hall=self.hall, digest=digest, **told,
        )  # fmt: skip
        if fact.note:
            self.db.run(
                "INSERT INTO fact_notes (hall, fact, note, at) VALUES (:hall, :fact, :note, :at)",
                hall=self.hall, fact=fact.id, note=fact.note, at=fact.at,
            )  # fmt: skip

    def fact(self, fact: str) -> Fact | None:
        row = self.db.one(f"{SELECT} AND facts.id = :fact", hall=self.hall, fact=fact)
        return fact_of(row, tuple(each.id for each in self.evidence(fact))) if row else None

    def entered_facts(
        self,
        first_day: str,
        last_day: str,
        *,
        window: str | None = None,
        clerk: str | None = None,
        origin: str | None = None,
    ) -> list[Fact]:
        wanted = {"window": window, "clerk": clerk, "origin": origin}
        asked = {name: value for name, value in wanted.items() if value is not None}
        only = "".join(f' AND facts."{name}" = :{name}' for name in asked)
        rows = self.db.all(
            f"{SELECT} AND facts.day >= :first AND facts.day <= :last{only} {IN_ORDER}",
            hall=self.hall, first=first_day, last=last_day, **asked,
        )  # fmt: skip
        photos = self._evidence_between(first_day, last_day)
        return [fact_of(row, photos.get(row["id"], ())) for row in rows]

    def _evidence_between(self, first_day: str, last_day: str) -> dict[str, tuple[str, ...]]:
        rows = self.db.rows(
            """SELECT evidence.fact, evidence.id FROM evidence
                JOIN facts ON facts.hall = evidence.hall AND facts.id = evidence.fact
                WHERE facts.hall = :hall AND facts.day >= :first AND facts.day <= :last
                ORDER BY evidence.added_at, evidence.id""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        found: dict[str, tuple[str, ...]] = {}
        for fact, photo in rows:
            found[fact] = (*found.get(fact, ()), photo)
        return found

    def withdraw_fact(self, fact: str, withdrawal: Withdrawal) -> None:
        entered = self.db.one(
            "SELECT day FROM facts WHERE hall = :hall AND id = :id", hall=self.hall, id=fact
        )
        self.db.run(
            """INSERT INTO fact_withdrawals (hall, fact, day, at, author, reason)
                VALUES (:hall, :fact, :day, :at, :author, :reason)""",
            hall=self.hall, fact=fact, day=entered["day"] if entered else day_in(fact), at=withdrawal.at,
            author=withdrawal.by, reason=withdrawal.reason,
        )  # fmt: skip

    def restore_fact(self, fact: str) -> None:
        self.db.run(
            "DELETE FROM fact_withdrawals WHERE hall = :hall AND fact = :fact", hall=self.hall, fact=fact
        )

    def withdrawals(self, first_day: str, last_day: str) -> dict[str, Withdrawal]:
        rows = self.db.rows(
            """SELECT fact, at, author, reason FROM fact_withdrawals
                WHERE hall = :hall AND day >= :first AND day <= :last""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return {fact: Withdrawal(*told) for fact, *told in rows}

    def digests(self, wanted: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(wanted), MOST_AT_ONCE):
            marks, params = listed(wanted[start : start + MOST_AT_ONCE], "digest")
            rows = self.db.rows(
                f"SELECT digest FROM facts WHERE hall = :hall AND digest IN ({marks})",
                hall=self.hall, **params,
            )  # fmt: skip
            found |= {row[0] for row in rows}
        return found

    def add_evidence(self, evidence: Evidence, picture: bytes) -> None:
        self.db.run(
            """INSERT INTO evidence (hall, id, fact, bytes, width, height, added_at, author, picture)
                VALUES (:hall, :id, :fact, :bytes, :width, :height, :added_at, :author, :picture)""",
            hall=self.hall, picture=picture, **asdict(evidence),
        )  # fmt: skip

    def evidence(self, fact: str) -> list[Evidence]:
        rows = self.db.all(
            f"""SELECT {OF_EVIDENCE} FROM evidence WHERE hall = :hall AND fact = :fact
                ORDER BY added_at, id""",
            hall=self.hall, fact=fact,
        )  # fmt: skip
        return [Evidence(**row) for row in rows]

    def evidence_picture(self, fact: str, evidence: str) -> bytes | None:
        row = self.db.one(
            "SELECT picture FROM evidence WHERE hall = :hall AND fact = :fact AND id = :id",
            hall=self.hall, fact=fact, id=evidence,
        )  # fmt: skip
        return bytes(row["picture"]) if row else None

    def evidence_bytes(self) -> int:
        row = self.db.one("SELECT sum(bytes) AS bytes FROM evidence WHERE hall = :hall", hall=self.hall)
        return int(row["bytes"] or 0) if row else 0


def text_of(number: Decimal | None) -> str | None:
    """As it was given, without an exponent: a hundredth of a point is never lost."""
    return None if number is None else f"{number:f}"


def number_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def fact_of(row: Row, evidence: tuple[str, ...]) -> Fact:
    withdrawn, by, reason = (row.pop(name) for name in ("withdrawn_at", "withdrawn_by", "reason"))
    numbers = {name: number_of(row[name]) for name in ("times", "value", "points")}
    row |= {"note": row["note"] or "", "evidence": evidence, **numbers}
    return Fact(**row, withdrawn=Withdrawal(withdrawn, by, reason) if withdrawn else None)
