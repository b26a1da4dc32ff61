"""What was signed at the end of each day: where the log stood, and the mark that a key outside made of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from queueing.clock import Instant
from storage.db import Db

TABLES = [
    """CREATE TABLE signatures (
        hall TEXT NOT NULL, day TEXT NOT NULL, seq BIGINT NOT NULL, head TEXT NOT NULL, at TEXT NOT NULL,
        key TEXT NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (hall, seq))""",
]


@dataclass(frozen=True)
class Signature:
    """A day's end: its last event, that event's hash, which key signed it and what came of it."""

    day: str
    seq: int
    head: str
    at: Instant
    key: str
    signature: str


class SignatureDesk:
    """Reads and keeps the signatures of one hall."""

    db: Db
    hall: str

    def end_of_log(self, before: Instant) -> tuple[int, Instant, str] | None:
        """The last event before that instant: its seq, time and hash. Events' times never go back."""
        row = self.db.one(
            """SELECT seq, at, hash FROM events WHERE hall = :hall AND at < :before
                ORDER BY seq DESC LIMIT 1""",
            hall=self.hall, before=before,
        )  # fmt: skip
        return (row["seq"], row["at"], row["hash"]) if row else None

    def signatures(self, limit: int = 1_000_000) -> list[Signature]:
        """The newest first."""
        rows = self.db.all(
            """SELECT day, seq, head, at, key, signature FROM signatures WHERE hall = :hall
                ORDER BY seq DESC LIMIT :limit""",
            hall=self.hall, limit=limit,
        )  # fmt: skip
        return [Signature(**row) for row in rows]

    def add_signature(self, signature: Signature) -> None:
        self.db.run(
            """INSERT INTO signatures (hall, day, seq, head, at, key, signature)
                VALUES (:hall, :day, :seq, :head, :at, :key, :signature)""",
            hall=self.hall, **asdict(signature),
        )  # fmt: skip
