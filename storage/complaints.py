"""Complaints and call-backs of one hall; free words apart, so that they can be purged."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import get_args

from queueing.clock import Instant
from scoring.complaint_errors import UnknownComplaint
from scoring.complaint_records import Callback, CallbackRow, Complaint, Draw, Words
from scoring.complaint_states import State
from storage.db import Db, Row
from storage.tickets import listed

TABLES = [
    """CREATE TABLE complaints (
        hall TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,
        about_day TEXT NOT NULL, received_at TEXT NOT NULL, step_at TEXT NOT NULL, due_at TEXT,
        weight TEXT NOT NULL, ticket TEXT, "window" TEXT, clerk TEXT, taken_by TEXT NOT NULL,
        handler TEXT NOT NULL, hands TEXT NOT NULL, closed_at TEXT, solved TEXT NOT NULL,
        satisfied TEXT NOT NULL,
        verdict TEXT NOT NULL, item TEXT NOT NULL, decided_by TEXT NOT NULL, fact TEXT NOT NULL,
        set_aside TEXT NOT NULL, missed TEXT NOT NULL, PRIMARY KEY (hall, id))""",
    "CREATE INDEX open_complaints ON complaints (hall, due_at) WHERE state <> 'closed'",
    "CREATE INDEX complaints_by_time ON complaints (hall, received_at)",
    "CREATE INDEX complaints_of_tickets ON complaints (hall, ticket) WHERE ticket IS NOT NULL",
    *(
        f"""CREATE TABLE {table} (
        hall TEXT NOT NULL, complaint TEXT NOT NULL, place INTEGER NOT NULL, sort TEXT NOT NULL,
        at TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, salt TEXT NOT NULL,
        PRIMARY KEY (hall, complaint, place))"""
        for table in ("complaint_words", "complaint_contacts")
    ),
    """CREATE TABLE callback_draws (
        hall TEXT NOT NULL, week TEXT NOT NULL, seed TEXT NOT NULL, drawn_at TEXT NOT NULL,
        population INTEGER NOT NULL, keys_hash TEXT NOT NULL, per_week INTEGER NOT NULL,
        PRIMARY KEY (hall, week))""",
    """CREATE TABLE callbacks (
        hall TEXT NOT NULL, week TEXT NOT NULL, place INTEGER NOT NULL, ticket TEXT NOT NULL, "window" TEXT,
        clerk TEXT, state TEXT NOT NULL, replaces INTEGER NOT NULL, drawn_at TEXT NOT NULL,
        tries INTEGER NOT NULL, caller TEXT NOT NULL, called_at TEXT, attitude TEXT NOT NULL,
        efficiency TEXT NOT NULL, discipline TEXT NOT NULL, verdict TEXT NOT NULL, decided_by TEXT NOT NULL,
        fact TEXT NOT NULL, PRIMARY KEY (hall, week, place))""",
    "CREATE INDEX callbacks_by_time ON callbacks (hall, drawn_at)",
    """CREATE TABLE callback_words (
        hall TEXT NOT NULL, week TEXT NOT NULL, place INTEGER NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL,
        salt TEXT NOT NULL, PRIMARY KEY (hall, week, place))""",
]


def names_of(record: type) -> str:
    return ", ".join(f'"{field.name}"' for field in fields(record))


def marks_of(record: type) -> str:
    return ", ".join(f":{field.name}" for field in fields(record))


def changed(record: type) -> str:
    return ", ".join(f'"{field.name}" = :{field.name}' for field in fields(record))


CALLBACK_ROWS = f"""SELECT {", ".join(f'callbacks."{f.name}"' for f in fields(Callback))},
    tickets.number, tickets.service, tickets.day, tickets.finished_at, callback_words.text AS suggestion,
    COALESCE(
        (SELECT text FROM complaint_contacts JOIN complaints ON complaints.hall = complaint_contacts.hall
            AND complaints.id = complaint_contacts.complaint WHERE complaints.hall = callbacks.hall
            AND complaints.ticket = callbacks.ticket ORDER BY complaint_contacts.at DESC LIMIT 1),
        (SELECT phone FROM remedy_contacts JOIN remedies ON remedies.hall = remedy_contacts.hall
            AND remedies.id = remedy_contacts.remedy WHERE remedies.hall = callbacks.hall
            AND remedies.ticket = callbacks.ticket)
    ) AS contact
    FROM callbacks JOIN tickets ON tickets.hall = callbacks.hall AND tickets.key = callbacks.ticket
    LEFT JOIN callback_words ON callback_words.hall = callbacks.hall
    AND callback_words.week = callbacks.week AND callback_words.place = callbacks.place
    WHERE callbacks.hall = :hall"""


class ComplaintDesk:
    """Reads and keeps what citizens say beside ratings."""

    db: Db
    hall: str

    def add_complaint(self, complaint: Complaint) -> None:
        self.db.run(
            f"INSERT INTO complaints (hall, {names_of(Complaint)}) VALUES (:hall, {marks_of(Complaint)})",
            hall=self.hall, **asdict(complaint),
        )  # fmt: skip

    def replace_complaint(self, complaint: Complaint) -> None:
        self.db.run(
            f"UPDATE complaints SET {changed(Complaint)} WHERE hall = :hall AND id = :id",
            hall=self.hall, **asdict(complaint),
        )  # fmt: skip

    def complaint(self, key: str) -> Complaint:
        found = self._complaints("id = :key", "", key=key)
        if not found:
            raise UnknownComplaint()
        return found[0]

    def has_complaint(self, key: str) -> bool:
        return bool(self._complaints("id = :key", "", key=key))

    def complaints(self, *, closed: bool, limit: int) -> list[Complaint]:
        if closed:
            return self._complaints("state = 'closed'", "ORDER BY closed_at DESC LIMIT :limit", limit=limit)
        order = "ORDER BY due_at IS NULL, due_at, received_at LIMIT :limit"
        marks, still = listed([state for state in get_args(State) if state != "closed"], "state")
        return self._complaints(f"state IN ({marks})", order, limit=limit, **still)

    def complaints_of(self, ticket: str) -> list[Complaint]:
        """Put in order here: asked to, the database would look through all in the order of their times."""
        found = self._complaints("ticket = :ticket", "", ticket=ticket)
        return sorted(found, key=lambda each: (each.received_at, each.id))

    def complaints_since(self, channel: str, at: Instant) -> int:
        found = self.db.one(
            """SELECT count(*) AS n FROM complaints WHERE hall = :hall AND received_at > :at
                AND channel = :channel""",
            hall=self.hall, at=at, channel=channel,
        )  # fmt: skip
        return int(found["n"]) if found else 0

    def _complaints(self, where: str, order: str, **given: object) -> list[Complaint]:
        rows = self.db.all(
            f"SELECT {names_of(Complaint)} FROM complaints WHERE hall = :hall AND {where} {order}",
            hall=self.hall, **given,
        )  # fmt: skip
        return [Complaint(**row) for row in rows]

    def add_words(self, words: Words) -> None:
        """Contacts lie apart from other words: no backup holds them."""
        table = "complaint_contacts" if words.sort == "contact" else "complaint_words"
        self.db.run(
            f"INSERT INTO {table} (hall, {names_of(Words)}) VALUES (:hall, {marks_of(Words)})",
            hall=self.hall, **asdict(words),
        )  # fmt: skip

    def words_of(self, complaint: str) -> list[Words]:
        theirs = f"SELECT {names_of(Words)} FROM {{}} WHERE hall = :hall AND complaint = :complaint"
        both = " UNION ALL ".join(theirs.format(table) for table in ("complaint_words", "complaint_contacts"))
        rows = self.db.all(f"{both} ORDER BY place", hall=self.hall, complaint=complaint)
        return [Words(**row) for row in rows]

    # -- call-backs -----------------------------------------------------------------------------

    def add_draw(self, draw: Draw) -> None:
        self.db.run(
            f"INSERT INTO callback_draws (hall, {names_of(Draw)}) VALUES (:hall, {marks_of(Draw)})",
            hall=self.hall, **asdict(draw),
        )  # fmt: skip

    def draw(self, week: str) -> Draw | None:
        row = self.db.one(
            f"SELECT {names_of(Draw)} FROM callback_draws WHERE hall = :hall AND week = :week",
            hall=self.hall, week=week,
        )  # fmt: skip
        return Draw(**row) if row else None

    def draws(self, limit: int) -> list[Draw]:
        rows = self.db.all(
            f"SELECT {names_of(Draw)} FROM callback_draws WHERE hall = :hall ORDER BY week DESC LIMIT :limit",
            hall=self.hall, limit=limit,
        )  # fmt: skip
        return [Draw(**row) for row in rows]

    def finished_keys(self, first_day: str, last_day: str) -> list[str]:
        rows = self.db.all(
            """SELECT key FROM tickets WHERE hall = :hall AND state = 'finished' AND outcome <> 'unclosed'
                AND day >= :first AND day <= :last ORDER BY key""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return [row["key"] for row in rows]

    def put_callback(self, callback: Callback) -> None:
        self.db.run(
            f"""INSERT INTO callbacks (hall, {names_of(Callback)}) VALUES (:hall, {marks_of(Callback)})
                ON CONFLICT (hall, week, place) DO UPDATE SET {changed(Callback)}""",
            hall=self.hall, **asdict(callback),
        )  # fmt: skip

    def callbacks(self, week: str) -> list[CallbackRow]:
        rows = self.db.all(
            f"{CALLBACK_ROWS} AND callbacks.week = :week ORDER BY callbacks.place", hall=self.hall, week=week
        )
        return [callback_row(row) for row in rows]

    def callbacks_between(self, first: Instant, last: Instant) -> list[CallbackRow]:
        rows = self.db.all(
            f"""{CALLBACK_ROWS} AND callbacks.drawn_at >= :first AND callbacks.drawn_at <= :last
                ORDER BY callbacks.week, callbacks.place""",
            hall=self.hall, first=first, last=last,
        )  # fmt: skip
        return [callback_row(row) for row in rows]

    def add_callback_words(self, week: str, place: int, at: Instant, text: str, salt: str) -> None:
        """A second try's words take the place of the first one's."""
        self.db.run(
            """INSERT INTO callback_words (hall, week, place, at, text, salt)
                VALUES (:hall, :week, :place, :at, :text, :salt) ON CONFLICT (hall, week, place)
                DO UPDATE SET at = :at, text = :text, salt = :salt""",
            hall=self.hall, week=week, place=place, at=at, text=text, salt=salt,
        )  # fmt: skip


def callback_row(row: Row) -> CallbackRow:
    told = {field.name: row.pop(field.name) for field in fields(Callback)}
    row["suggestion"], row["contact"] = row["suggestion"] or "", row["contact"] or ""
    return CallbackRow(Callback(**told), **row)
