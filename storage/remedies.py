"""Follow-ups of bad ratings: cases, steps, notes and contacts kept apart so that they can be purged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from scoring.remedies import Remedy, Step
from scoring.remedy_errors import NotNow, UnknownRemedy
from scoring.remedy_store import Contact, Second
from scoring.store import Rated
from storage.db import Db, Row
from storage.ratings import COUNTS, rated_of

TABLES = [
    """CREATE TABLE remedies (
        hall TEXT NOT NULL, id BIGINT NOT NULL, ticket TEXT NOT NULL, state TEXT NOT NULL,
        opened_at TEXT NOT NULL, opened_day TEXT NOT NULL, contact_days INTEGER NOT NULL,
        put_right_days INTEGER NOT NULL, before TEXT NOT NULL, named INTEGER NOT NULL,
        verified_by TEXT NOT NULL, set_aside_as TEXT NOT NULL, contacted_at TEXT, verified_at TEXT,
        put_right_at TEXT, ended_at TEXT, PRIMARY KEY (hall, id))""",
    "CREATE UNIQUE INDEX one_remedy_a_ticket ON remedies (hall, ticket)",
    "CREATE INDEX remedies_by_state ON remedies (hall, state, id)",
    """CREATE TABLE remedy_steps (
        hall TEXT NOT NULL, remedy BIGINT NOT NULL, number INTEGER NOT NULL, action TEXT NOT NULL,
        state TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, way TEXT NOT NULL, why TEXT NOT NULL,
        PRIMARY KEY (hall, remedy, number))""",
    """CREATE TABLE remedy_notes (
        hall TEXT NOT NULL, remedy BIGINT NOT NULL, number INTEGER NOT NULL, note TEXT NOT NULL,
        salt TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (hall, remedy, number))""",
    """CREATE TABLE remedy_contacts (
        hall TEXT NOT NULL, remedy BIGINT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL, at TEXT NOT NULL,
        salt TEXT NOT NULL, PRIMARY KEY (hall, remedy))""",
    """CREATE TABLE second_ratings (
        hall TEXT NOT NULL, remedy BIGINT NOT NULL, level TEXT NOT NULL, reasons TEXT NOT NULL,
        at TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (hall, remedy))""",
    """CREATE TABLE rating_appeals (
        hall TEXT NOT NULL, clerk TEXT NOT NULL, period TEXT NOT NULL, ratings INTEGER NOT NULL,
        at TEXT NOT NULL, PRIMARY KEY (hall, clerk, period, ratings))""",
    """CREATE TABLE rating_appeal_texts (
        hall TEXT NOT NULL, clerk TEXT NOT NULL, period TEXT NOT NULL, ratings INTEGER NOT NULL,
        text TEXT NOT NULL, salt TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (hall, clerk, period, ratings))""",
]
COLUMNS = tuple(each.name for each in fields(Remedy))
CHANGED = ", ".join(f"{name} = :{name}" for name in COLUMNS if name not in ("id", "ticket"))
RATED = f"""SELECT ratings.*, NOT {COUNTS} AS aside, tickets.number, rating_comments.comment FROM ratings
    JOIN tickets ON tickets.hall = ratings.hall AND tickets.key = ratings.ticket
    LEFT JOIN rating_comments ON rating_comments.hall = ratings.hall
    AND rating_comments.ticket = ratings.ticket"""


class RemedyDesk:
    """Reads and keeps follow-ups."""

    db: Db
    hall: str

    def add_remedy(self, remedy: Remedy) -> None:
        names = ", ".join(COLUMNS)
        marks = ", ".join(f":{name}" for name in COLUMNS)
        row = asdict(remedy) | {"named": int(remedy.named)}
        self.db.run(f"INSERT INTO remedies (hall, {names}) VALUES (:hall, {marks})", hall=self.hall, **row)

    def remedy(self, id: int) -> Remedy:
        row = self.db.one("SELECT * FROM remedies WHERE hall = :hall AND id = :id", hall=self.hall, id=id)
        if row is None:
            raise UnknownRemedy(remedy=id)
        return remedy_of(row)

    def remedy_of(self, ticket: str) -> Remedy | None:
        row = self.db.one(
            "SELECT * FROM remedies WHERE hall = :hall AND ticket = :ticket", hall=self.hall, ticket=ticket
        )
        return remedy_of(row) if row else None

    def replace_remedy(self, was: Remedy, now: Remedy) -> None:
        changed = self.db.run(
            f"""UPDATE remedies SET {CHANGED}
                WHERE hall = :hall AND id = :id AND ticket = :ticket AND state = :was""",
            hall=self.hall, was=was.state, **(asdict(now) | {"named": int(now.named)}),
        )  # fmt: skip
        if changed != 1:
            raise NotNow(state=was.state, action=now.state)

    def add_step(self, step: Step, salt: str) -> None:
        row = asdict(step)
        note = row.pop("note")
        self.db.run(
            """INSERT INTO remedy_steps (hall, remedy, number, action, state, author, at, way, why)
                VALUES (:hall, :remedy, :number, :action, :state, :author, :at, :way, :why)""",
            hall=self.hall, **row,
        )  # fmt: skip
        if note:
            self.db.run(
                """INSERT INTO remedy_notes (hall, remedy, number, note, salt, at)
                    VALUES (:hall, :remedy, :number, :note, :salt, :at)""",
                hall=self.hall, remedy=step.remedy, number=step.number, note=note, salt=salt, at=step.at,
            )  # fmt: skip

    def steps_of(self, remedy: int) -> list[Step]:
        rows = self.db.all(
            """SELECT remedy_steps.*, remedy_notes.note FROM remedy_steps
                LEFT JOIN remedy_notes ON remedy_notes.hall = remedy_steps.hall
                AND remedy_notes.remedy = remedy_steps.remedy AND remedy_notes.number = remedy_steps.number
                WHERE remedy_steps.hall = :hall AND remedy_steps.remedy = :remedy
                ORDER BY remedy_steps.number""",
            hall=self.hall, remedy=remedy,
        )  # fmt: skip
        names = [each.name for each in fields(Step)]
        return [Step(**({name: row[name] for name in names} | {"note": row["note"] or ""})) for row in rows]

    def remedies_in(
        self, states: Sequence[str], limit: int, newest: bool = False
    ) -> list[tuple[Remedy, Rated]]:
        """State by state: the index of states gives each in order, and no more are read than wanted."""
        found = [each for state in states for each in self._remedies_in(state, limit, newest)]
        return sorted(found, key=lambda each: each[0].id, reverse=newest)[:limit]

    def _remedies_in(self, state: str, limit: int, newest: bool) -> list[tuple[Remedy, Rated]]:
        mine = ", ".join(f"remedies.{name} AS remedy_{name}" for name in COLUMNS)
        rows = self.db.all(
            f"""{RATED.replace("SELECT ratings.*", f"SELECT {mine}, ratings.*")}
                JOIN remedies ON remedies.hall = ratings.hall AND remedies.ticket = ratings.ticket
                WHERE remedies.hall = :hall AND remedies.state = :state
                ORDER BY remedies.id {"DESC" if newest else "ASC"} LIMIT :limit""",
            hall=self.hall, limit=limit, state=state,
        )  # fmt: skip
        return [(remedy_of(row, "remedy_"), rated_of(row)) for row in rows]

    def rated(self, ticket: str) -> Rated:
        rows = self.db.all(
            f"{RATED} WHERE ratings.hall = :hall AND ratings.ticket = :ticket", hall=self.hall, ticket=ticket
        )
        return rated_of(rows[0])

    def keep_contact(self, contact: Contact) -> None:
        self.db.run(
            """INSERT INTO remedy_contacts (hall, remedy, name, phone, at, salt)
                VALUES (:hall, :remedy, :name, :phone, :at, :salt)""",
            hall=self.hall, **asdict(contact),
        )  # fmt: skip

    def contact_of(self, remedy: int) -> Contact | None:
        row = self.db.one(
            """SELECT remedy, name, phone, at, salt FROM remedy_contacts
                WHERE hall = :hall AND remedy = :remedy""",
            hall=self.hall, remedy=remedy,
        )  # fmt: skip
        return Contact(**row) if row else None

    def add_second(self, second: Second) -> None:
        self.db.run(
            """INSERT INTO second_ratings (hall, remedy, level, reasons, at, seq)
                VALUES (:hall, :remedy, :level, :reasons, :at, :seq)""",
            hall=self.hall, **asdict(second),
        )  # fmt: skip

    def second_of(self, remedy: int) -> Second | None:
        row = self.db.one(
            """SELECT remedy, level, reasons, at, seq FROM second_ratings
                WHERE hall = :hall AND remedy = :remedy""",
            hall=self.hall, remedy=remedy,
        )  # fmt: skip
        return Second(**row) if row else None


def remedy_of(row: Row, prefix: str = "") -> Remedy:
    told = {name: row[f"{prefix}{name}"] for name in COLUMNS}
    return Remedy(**(told | {"named": bool(told["named"])}))
