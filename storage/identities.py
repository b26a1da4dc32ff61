"""What is kept of the holders of real-name tickets, and the blocks that were taken off them."""

from __future__ import annotations

from dataclasses import asdict

from queueing.clock import Instant
from queueing.persons import Identity, Lift
from queueing.records import Ticket
from storage.db import Db
from storage.tickets import COLUMNS, ticket_of

TABLES = [
    """CREATE TABLE identities (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, person TEXT NOT NULL, document TEXT NOT NULL,
        masked TEXT NOT NULL, salt TEXT NOT NULL, day TEXT NOT NULL, kept_until TEXT NOT NULL,
        PRIMARY KEY (hall, ticket))""",
    "CREATE INDEX tickets_of_persons ON identities (hall, person)",
    "CREATE INDEX identities_by_day ON identities (hall, day)",
    """CREATE TABLE block_lifts (
        hall TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, salt TEXT NOT NULL, day TEXT NOT NULL,
        kept_until TEXT NOT NULL, PRIMARY KEY (hall, person, at))""",
]
OF_PERSON = f"""SELECT {", ".join(f'tickets."{name}"' for name in COLUMNS)} FROM identities
    JOIN tickets ON tickets.hall = identities.hall AND tickets.key = identities.ticket"""
THEIRS = "identities.hall = :hall AND identities.person = :person"


class IdentityDesk:
    """Reads and writes identities of one hall."""

    db: Db
    hall: str

    def add_identity(self, identity: Identity) -> None:
        self.db.run(
            """INSERT INTO identities (hall, ticket, person, document, masked, salt, day, kept_until)
                VALUES (:hall, :ticket, :person, :document, :masked, :salt, :day, :kept_until)""",
            hall=self.hall, **asdict(identity),
        )  # fmt: skip

    def identity_of(self, ticket: str) -> Identity | None:
        row = self.db.one(
            """SELECT ticket, person, document, masked, salt, day, kept_until FROM identities
                WHERE hall = :hall AND ticket = :ticket""",
            hall=self.hall, ticket=ticket,
        )  # fmt: skip
        return Identity(**row) if row else None

    def open_tickets_of(self, person: str) -> list[Ticket]:
        rows = self.db.all(
            f"""{OF_PERSON} WHERE {THEIRS} AND tickets.state IN ('waiting', 'called', 'serving', 'held')
                ORDER BY tickets.seq""",
            hall=self.hall, person=person,
        )  # fmt: skip
        return [ticket_of(row) for row in rows]

    def missed_by(self, person: str) -> list[Ticket]:
        rows = self.db.all(
            f"""{OF_PERSON} JOIN events ON events.hall = tickets.hall AND events.seq = tickets.seq
                WHERE {THEIRS} AND tickets.state = 'no_show' AND events.action <> 'expire'
                ORDER BY tickets.day, tickets.called_at""",
            hall=self.hall, person=person,
        )  # fmt: skip
        return [ticket_of(row) for row in rows]

    def lifted_at(self, person: str) -> Instant | None:
        row = self.db.one(
            "SELECT max(at) AS at FROM block_lifts WHERE hall = :hall AND person = :person",
            hall=self.hall, person=person,
        )  # fmt: skip
        return row["at"] if row else None

    def add_lift(self, lift: Lift) -> None:
        self.db.run(
            """INSERT INTO block_lifts (hall, person, at, salt, day, kept_until)
                VALUES (:hall, :person, :at, :salt, :day, :kept_until)""",
            hall=self.hall, **asdict(lift),
        )  # fmt: skip

    def forget_identities(self, today: str, kept_since: str) -> int:
        past = "WHERE hall = :hall AND (kept_until < :today OR day < :since)"
        return sum(
            self.db.run(f"DELETE FROM {table} {past}", hall=self.hall, today=today, since=kept_since)
            for table in ("identities", "block_lifts")
        )
