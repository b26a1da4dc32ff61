"""Blocks of reserved numbers, and the tickets that were made of them."""

from __future__ import annotations

from queueing.records import Block, Ticket
from storage.db import Db
from storage.standing import Standing
from storage.tickets import SELECT, ticket_of

BLOCK_TABLES = [
    """CREATE TABLE blocks (
        hall TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, prefix TEXT NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, holder TEXT NOT NULL,
        reserved_at TEXT NOT NULL, PRIMARY KEY (hall, key))""",
    "CREATE UNIQUE INDEX blocks_by_number ON blocks (hall, day, prefix, first)",
]
FIND = "SELECT key, day, prefix, first, last, holder, reserved_at FROM blocks WHERE hall = :hall"


class BlockDesk:
    """Reads and keeps the blocks of one hall."""

    db: Db
    hall: str
    standing: Standing | None

    def reserve_numbers(self, day: str, prefix: str, count: int) -> int:
        row = self.db.one(
            """INSERT INTO numbers (hall, day, prefix, last) VALUES (:hall, :day, :prefix, :count)
                ON CONFLICT (hall, day, prefix) DO UPDATE SET last = numbers.last + :count RETURNING last""",
            hall=self.hall, day=day, prefix=prefix, count=count,
        )  # fmt: skip
        assert row is not None
        if self.standing:
            self.standing.numbered(day, prefix, int(row["last"]))
        return int(row["last"])

    def add_block(self, block: Block) -> None:
        self.db.run(
            """INSERT INTO blocks (hall, key, day, prefix, first, last, holder, reserved_at)
                VALUES (:hall, :key, :day, :prefix, :first, :last, :holder, :reserved_at)""",
            hall=self.hall, **vars(block),
        )  # fmt: skip

    def block(self, key: str) -> Block | None:
        row = self.db.one(f"{FIND} AND key = :key", hall=self.hall, key=key)
        return Block(**row) if row else None

    def block_with(self, day: str, prefix: str, place: int) -> Block | None:
        row = self.db.one(
            f"{FIND} AND day = :day AND prefix = :prefix AND first <= :place AND last >= :place",
            hall=self.hall, day=day, prefix=prefix, place=place,
        )  # fmt: skip
        return Block(**row) if row else None

    def blocks_of(self, day: str, holder: str) -> list[Block]:
        sql = f"{FIND} AND day = :day AND holder = :holder"
        rows = self.db.all(sql, hall=self.hall, day=day, holder=holder)
        return [Block(**row) for row in rows]

    def entered_numbers(self, day: str) -> set[str]:
        rows = self.db.all(
            "SELECT number FROM tickets WHERE hall = :hall AND day = :day AND origin IN ('offline', 'paper')",
            hall=self.hall, day=day,
        )  # fmt: skip
        return {row["number"] for row in rows}

    def ticket_numbered(self, day: str, number: str) -> Ticket | None:
        row = self.db.one(
            f"{SELECT} AND day = :day AND number = :number", hall=self.hall, day=day, number=number
        )
        return ticket_of(row) if row else None
