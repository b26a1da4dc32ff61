"""Appointments of one hall; who made them lies in tables of its own, so that it can be purged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from queueing.booking_errors import BookingMoved, UnknownBooking
from queueing.bookings import Booker, Booking, Reminded
from queueing.clock import Instant
from storage.db import Db
from storage.tickets import listed

TABLES = [
    """CREATE TABLE bookings (
        hall TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, day TEXT NOT NULL, service TEXT NOT NULL,
        slot TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL, placed_at TEXT NOT NULL,
        language TEXT NOT NULL, origin TEXT NOT NULL, moved INTEGER NOT NULL, ticket TEXT,
        seq BIGINT NOT NULL, PRIMARY KEY (hall, key))""",
    "CREATE UNIQUE INDEX one_code_a_day ON bookings (hall, day, code)",
    "CREATE UNIQUE INDEX one_booking_a_ticket ON bookings (hall, ticket) WHERE ticket IS NOT NULL",
    "CREATE INDEX bookings_to_come ON bookings (hall, slot) WHERE state = 'booked'",
    """CREATE TABLE booking_people (
        hall TEXT NOT NULL, booking TEXT NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL,
        masked TEXT NOT NULL, salt TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (hall, booking, kind))""",
    "CREATE INDEX bookings_of_persons ON booking_people (hall, person)",
    """CREATE TABLE booking_phones (
        hall TEXT NOT NULL, booking TEXT NOT NULL, phone TEXT NOT NULL, day TEXT NOT NULL,
        PRIMARY KEY (hall, booking))""",
    """CREATE TABLE booking_reminders (
        hall TEXT NOT NULL, booking TEXT NOT NULL, slot TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (hall, booking, slot, name))""",
]
COLUMNS = tuple(field.name for field in fields(Booking))
NAMES = ", ".join(COLUMNS)
INSERT = f"INSERT INTO bookings (hall, {NAMES}) VALUES (:hall, {', '.join(f':{name}' for name in COLUMNS)})"
UPDATE = f"""UPDATE bookings SET {", ".join(f"{name} = :{name}" for name in COLUMNS if name != "key")}
    WHERE hall = :hall AND key = :key AND seq = :was_seq"""
SELECT = f"SELECT {NAMES} FROM bookings WHERE hall = :hall"


class BookingDesk:
    """Reads and keeps them."""

    db: Db
    hall: str

    def _bookings(self, where: str, **given: object) -> list[Booking]:
        return [Booking(**row) for row in self.db.all(f"{SELECT} AND {where}", hall=self.hall, **given)]

    def _booking(self, where: str, **given: object) -> Booking | None:
        found = self._bookings(where, **given)
        return found[0] if found else None

    def booking(self, key: str) -> Booking:
        found = self._booking("key = :key", key=key)
        if found is None:
            raise UnknownBooking()
        return found

    def add_booking(self, booking: Booking) -> None:
        self.db.run(INSERT, hall=self.hall, **vars(booking))

    def replace_booking(self, was: Booking, now: Booking) -> None:
        if self.db.run(UPDATE, hall=self.hall, was_seq=was.seq, **vars(now)) != 1:
            raise BookingMoved(code=was.code)

    def booking_coded(self, day: str, code: str) -> Booking | None:
        return self._booking("day = :day AND code = :code", day=day, code=code)

    def booking_of_ticket(self, ticket: str) -> Booking | None:
        return self._booking("ticket = :ticket", ticket=ticket)

    def bookings_of(self, day: str) -> list[Booking]:
        return self.bookings_between(day, day)

    def bookings_between(self, first: str, last: str) -> list[Booking]:
        return self._bookings("day >= :first AND day <= :last ORDER BY slot, code", first=first, last=last)

    def booked_until(self, at: Instant) -> list[Booking]:
        return self._bookings("state = 'booked' AND slot <= :at ORDER BY slot, code", at=at)

    # -- who made them --------------------------------------------------------------------------

    def add_booker(self, booker: Booker) -> None:
        self.db.run(
            """INSERT INTO booking_people (hall, booking, kind, person, masked, salt, day)
                VALUES (:hall, :booking, :kind, :person, :masked, :salt, :day)""",
            hall=self.hall, **asdict(booker),
        )  # fmt: skip

    def bookers(self, booking: str) -> list[Booker]:
        rows = self.db.all(
            """SELECT booking, kind, person, masked, salt, day FROM booking_people
                WHERE hall = :hall AND booking = :booking ORDER BY kind""",
            hall=self.hall, booking=booking,
        )  # fmt: skip
        return [Booker(**row) for row in rows]

    def bookings_by(self, persons: Sequence[str]) -> list[Booking]:
        marks, given = listed(persons, "person")
        theirs = f"SELECT booking FROM booking_people WHERE hall = :hall AND person IN ({marks})"
        return self._bookings(f"key IN ({theirs}) ORDER BY slot", **given)

    def keep_phone(self, booking: str, phone: str, day: str) -> None:
        self.db.run(
            """INSERT INTO booking_phones (hall, booking, phone, day)
                VALUES (:hall, :booking, :phone, :day)""",
            hall=self.hall, booking=booking, phone=phone, day=day,
        )  # fmt: skip

    def phone_of(self, booking: str) -> str | None:
        row = self.db.one(
            "SELECT phone FROM booking_phones WHERE hall = :hall AND booking = :booking",
            hall=self.hall, booking=booking,
        )  # fmt: skip
        return row["phone"] if row else None

    def forget_phone_after(self, booking: str, day: str) -> None:
        self._set_day("booking_phones", booking, day)

    def move_bookers(self, booking: str, day: str) -> None:
        for table in ("booking_people", "booking_phones"):
            self._set_day(table, booking, day)

    def _set_day(self, table: str, booking: str, day: str) -> None:
        self.db.run(
            f"UPDATE {table} SET day = :day WHERE hall = :hall AND booking = :booking",
            hall=self.hall, booking=booking, day=day,
        )  # fmt: skip

    # -- reminders ------------------------------------------------------------------------------

    def reminded(self, bookings: Sequence[str]) -> set[tuple[str, Instant, str]]:
        marks, given = listed(bookings, "booking")
        sql = f"SELECT booking, slot, name FROM booking_reminders WHERE hall = :hall AND booking IN ({marks})"
        return {
            (row["booking"], row["slot"], row["name"]) for row in self.db.all(sql, hall=self.hall, **given)
        }

    def add_reminded(self, reminded: Reminded) -> None:
        self.db.run(
            """INSERT INTO booking_reminders (hall, booking, slot, name, at)
                VALUES (:hall, :booking, :slot, :name, :at)""",
            hall=self.hall, **asdict(reminded),
        )  # fmt: skip
