"""Released months as rows that are never changed; the facts packed, since a month has many."""

from __future__ import annotations

from dataclasses import asdict, fields

from scoring.fact_rules import EARLIEST
from scoring.released import Pending, Release, Row
from scoring.store import By
from storage.db import Db
from storage.db import Row as Found

RELEASE_TABLES = [
    """CREATE TABLE releases (
        hall TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL,
        actor TEXT NOT NULL, seq BIGINT NOT NULL, early INTEGER NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (hall, period, revision))""",
    """CREATE TABLE release_rows (
        hall TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL, kind TEXT NOT NULL,
        subject TEXT NOT NULL, name TEXT NOT NULL, scheme TEXT NOT NULL, facts TEXT NOT NULL,
        result TEXT NOT NULL, PRIMARY KEY (hall, period, revision, kind, subject))""",
    """CREATE TABLE release_schemes (
        hall TEXT NOT NULL, hash TEXT NOT NULL, scheme TEXT NOT NULL, PRIMARY KEY (hall, hash))""",
    """CREATE TABLE release_pending (
        hall TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL, found_at TEXT NOT NULL,
        found_rows INTEGER NOT NULL, PRIMARY KEY (hall, period))""",
]
NAMES = ", ".join(field.name for field in fields(Release))
FIND = f"SELECT {NAMES} FROM releases WHERE hall = :hall"
ROWS = """SELECT kind, subject, name, scheme, facts, result FROM release_rows
    WHERE hall = :hall AND period = :period AND revision = :revision"""


class ReleaseDesk:
    """Reads and keeps the released months of one hall."""

    db: Db
    hall: str

    def releases(self) -> list[Release]:
        rows = self.db.all(f"{FIND} ORDER BY period, revision", hall=self.hall)
        return [release_of(row) for row in rows]

    def revisions(self, period: str) -> list[Release]:
        rows = self.db.all(f"{FIND} AND period = :period ORDER BY revision", hall=self.hall, period=period)
        return [release_of(row) for row in rows]

    def add_release(self, release: Release, rows: list[Row], schemes: dict[str, str]) -> None:
        self.db.run(
            """INSERT INTO releases (hall, period, revision, at, actor, seq, early, hash)
                VALUES (:hall, :period, :revision, :at, :actor, :seq, :early, :hash)""",
            hall=self.hall, **asdict(release) | {"early": int(release.early)},
        )  # fmt: skip
        for row in rows:
            self._add_row(release, row)
        for hash, scheme in schemes.items():
            self.db.run(
                """INSERT INTO release_schemes (hall, hash, scheme) VALUES (:hall, :hash, :scheme)
                    ON CONFLICT DO NOTHING""",
                hall=self.hall, hash=hash, scheme=scheme,
            )  # fmt: skip

    def _add_row(self, release: Release, row: Row) -> None:
        self.db.run(
            """INSERT INTO release_rows
                (hall, period, revision, kind, subject, name, scheme, facts, result)
                VALUES (:hall, :period, :revision, :kind, :subject, :name, :scheme, :facts, :result)""",
            hall=self.hall, period=release.period, revision=release.revision, kind=row.by,
            subject=row.subject, name=row.name, scheme=row.scheme, facts=row.packed, result=row.result,
        )  # fmt: skip

    def released_rows(self, period: str, revision: int, by: By | None = None) -> list[Row]:
        more = "AND kind = :kind" if by else ""
        rows = self.db.all(
            f"{ROWS} {more} ORDER BY kind DESC, subject",
            hall=self.hall, period=period, revision=revision, **({"kind": by} if by else {}),
        )  # fmt: skip
        return [row_of(row) for row in rows]

    def released_row(self, period: str, revision: int, by: By, subject: str) -> Row | None:
        found = self.db.one(
            f"{ROWS} AND kind = :kind AND subject = :subject",
            hall=self.hall, period=period, revision=revision, kind=by, subject=subject,
        )  # fmt: skip
        return row_of(found) if found else None

    def released_scheme(self, hash: str) -> str:
        found = self.db.one(
            "SELECT scheme FROM release_schemes WHERE hall = :hall AND hash = :hash",
            hall=self.hall, hash=hash,
        )  # fmt: skip
        assert found is not None
        return str(found["scheme"])

    def first_day(self) -> str:
        row = self.db.one(
            """SELECT min(day) AS day FROM (SELECT min(day) AS day FROM tickets WHERE hall = :hall
                UNION ALL SELECT min(day) FROM facts WHERE hall = :hall AND day >= :earliest) AS days""",
            hall=self.hall, earliest=EARLIEST,
        )  # fmt: skip
        return row["day"] or "" if row else ""

    def note_pending(self, pending: Pending) -> None:
        self.settle_pending(pending.period)
        self.db.run(
            """INSERT INTO release_pending (hall, period, revision, found_at, found_rows)
                VALUES (:hall, :period, :revision, :found_at, :rows)""",
            hall=self.hall, **asdict(pending),
        )  # fmt: skip

    def settle_pending(self, period: str) -> None:
        self.db.run(
            "DELETE FROM release_pending WHERE hall = :hall AND period = :period",
            hall=self.hall, period=period,
        )  # fmt: skip

    def pending(self) -> dict[str, Pending]:
        rows = self.db.all(
            """SELECT period, revision, found_at, found_rows AS rows FROM release_pending
                WHERE hall = :hall""",
            hall=self.hall,
        )
        return {row["period"]: Pending(**row) for row in rows}


def release_of(row: Found) -> Release:
    return Release(**row | {"early": bool(row["early"])})


def row_of(row: Found) -> Row:
    return Row(row["kind"], row["subject"], row["name"], row["scheme"], row["facts"], row["result"])
