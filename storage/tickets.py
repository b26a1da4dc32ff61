"""Tickets and numbers of one hall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

from queueing.book import Book
from queueing.clock import Instant
from queueing.errors import TicketMoved, UnknownTicket
from queueing.records import Ticket, Waiting
from storage.db import Adding, Db, Row
from storage.standing import Standing

COLUMNS = tuple(field.name for field in fields(Ticket))
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
TICKETS = Adding("tickets", ("hall", *COLUMNS))
VALUES = attrgetter(*COLUMNS)
UPDATE = f"""UPDATE tickets SET {", ".join(f'"{name}" = :{name}' for name in COLUMNS if name != "key")}
    WHERE hall = :hall AND key = :key AND seq = :was_seq"""
SELECT = f"SELECT {NAMES} FROM tickets WHERE hall = :hall"
WAITING = ", ".join(Waiting._fields)
HERE = "(not_before IS NULL OR not_before <= :at)"
"""Whose holder isn't away."""
SERVICE_SECONDS = """(round((julianday(finished_at) - julianday(started_at)) * 86400.0, 3) - held_seconds)"""
NUMBERS = Adding(
    "numbers", ("hall", "day", "prefix", "last"),
    "ON CONFLICT (hall, day, prefix) DO UPDATE SET last = excluded.last", named=3,
)  # fmt: skip
"""The last number given out; within a transaction that nobody else writes beside."""
IN_LINE = "state = 'waiting' AND direct_window IS NULL"
OWN_LINE = "state = 'waiting' AND direct_window IS NOT NULL"
AT_WINDOWS = "state IN ('called', 'serving')"
IN_ANY_LINE = f"service >= '' AND {IN_LINE}"
"""Said of every service, so that SQLite takes the index of the lines, too, and not the one of all tickets."""

WHERE_OPEN = {
    "waiting": (IN_ANY_LINE, OWN_LINE),
    "called": (f"{AT_WINDOWS} AND state = 'called'",),
    "serving": (f"{AT_WINDOWS} AND state = 'serving'",),
    "held": ("state = 'held'",),
}
"""Open tickets by their states, said in full as their indices are: those alone are read, however long the
history. A number given out is written into the index of its line and into no other one of open tickets."""

OPEN_INDICES = [
    "CREATE INDEX held_tickets ON tickets (hall, state) WHERE state = 'held'",
    "DROP INDEX open_tickets",
    "DROP INDEX clerk_days",
]


def ticket_of(row: Row) -> Ticket:
    return Ticket(**(row | {"confirmed": bool(row["confirmed"])}))


def listed(names: Sequence[str], prefix: str) -> tuple[str, dict[str, str]]:
    """Placeholders and parameters for an IN list."""
    params = {f"{prefix}{i}": name for i, name in enumerate(names)}
    return ", ".join(f":{key}" for key in params), params


class TicketDesk:
    """Reads and moves the tickets of one hall."""

    db: Db
    hall: str
    standing: Standing | None

    def _tickets(self, where: str, **params: object) -> list[Ticket]:
        return self._found(f"{SELECT} AND {where}", **params)

    def _found(self, sql: str, **params: object) -> list[Ticket]:
        return [ticket_of(row) for row in self.db.all(sql, hall=self.hall, **params)]

    def ticket(self, key: str) -> Ticket:
        found = self._tickets("key = :key", key=key)
        if not found:
            raise UnknownTicket()
        return found[0]

    def add_ticket(self, ticket: Ticket) -> None:
        self.db.later(TICKETS, (self.hall, *VALUES(ticket)))
        if self.standing:
            self.standing.added(ticket)

    def replace_ticket(self, was: Ticket, now: Ticket) -> None:
        if self.db.run(UPDATE, hall=self.hall, was_seq=was.seq, **vars(now)) != 1:
            raise TicketMoved(number=was.number)
        if self.standing:
            self.standing.moved(was, now)

    def next_number(self, day: str, prefix: str, first: int) -> int:
        last = self.issued_numbers(day).get(prefix)
        number = first if last is None else last + 1
        self.db.later(NUMBERS, (self.hall, day, prefix, number))
        if self.standing:
            self.standing.numbered(day, prefix, number)
        return number

    def issued_numbers(self, day: str) -> Mapping[str, int]:
        def read() -> dict[str, int]:
            sql = "SELECT prefix, last FROM numbers WHERE hall = :hall AND day = :day"
            return dict(self.db.rows(sql, hall=self.hall, day=day))

        return self.standing.part(f"numbers {day}", read) if self.standing else read()

    def heads(
        self, services: Sequence[str], classes: Sequence[str], window: str, at: Instant
    ) -> list[Ticket]:
        found: list[Ticket] = []
        for service in services:
            for ticket_class in classes:
                found += self._first(service, ticket_class, 1, HERE, at=at)
        own = f"state = 'waiting' AND direct_window = :window AND {HERE} ORDER BY line_at, tie"
        return found + first_of_each_class(self._tickets(own, window=window, at=at))

    def line(self, service: str, ticket_class: str, limit: int) -> list[Ticket]:
        return self._first(service, ticket_class, limit, "TRUE")

    def _first(self, service: str, ticket_class: str, limit: int, only: str, **params: str) -> list[Ticket]:
        line = f"service = :service AND ticket_class = :class AND {IN_LINE} AND {only}"
        asked = {"class": ticket_class, "service": service, "limit": limit} | params
        return self._tickets(f"{line} ORDER BY line_at, tie LIMIT :limit", **asked)

    def in_states(self, states: Sequence[str]) -> list[Ticket]:
        parts = [f"{SELECT} AND {where}" for state in states for where in WHERE_OPEN[state]]
        return self._found(f"{' UNION ALL '.join(parts)} ORDER BY line_at, tie")

    def waiting(self, services: Sequence[str] | None = None) -> list[Waiting]:
        wanted = ""
        params: dict[str, str] = {}
        if services is not None:
            marks, params = listed(services, "service")
            wanted = f" AND service IN ({marks})"
        everybody = f"SELECT {WAITING} FROM tickets WHERE hall = :hall{wanted} AND"
        sql = f"{everybody} {IN_ANY_LINE} UNION ALL {everybody} {OWN_LINE} ORDER BY line_at, tie"
        rows = self.db.rows(sql, hall=self.hall, **params)
        return [Waiting(*row) for row in rows]

    def book(self, services: Sequence[str] | None = None) -> Book:
        if self.standing:
            return self.standing.part("book", lambda: Book(self.waiting()))
        return Book(self.waiting(services))

    def running(self) -> dict[str, str]:
        def read() -> dict[str, str]:
            sql = f'SELECT "window", service FROM tickets WHERE hall = :hall AND {AT_WINDOWS}'
            return dict(self.db.rows(sql, hall=self.hall))

        return self.standing.part("running", read) if self.standing else read()

    def no_shows(self, day: str) -> list[Ticket]:
        return self._tickets("state = 'no_show' AND day = :day ORDER BY called_at", day=day)

    def at_window(self, window: str) -> Ticket | None:
        found = self._tickets(f'"window" = :window AND {AT_WINDOWS}', window=window)
        return found[0] if found else None

    def called_since(self, at: Instant, limit: int) -> list[Ticket]:
        newest = self._tickets(
            "called_at >= :at ORDER BY called_at DESC, seq DESC LIMIT :limit", at=at, limit=limit
        )
        return list(reversed(newest))

    def clerk_day(self, clerk: str, day: str) -> list[Ticket]:
        ended = f"{SELECT} AND day = :day AND clerk = :clerk AND state ="
        served, missed = f"{ended} 'finished' AND outcome <> 'unclosed'", f"{ended} 'no_show'"
        return self._found(f"{served} UNION ALL {missed}", clerk=clerk, day=day)

    def tickets_since(self, day: str) -> list[Ticket]:
        return self._tickets("day >= :day ORDER BY joined_at, seq", day=day)

    def service_times(self, since_day: str) -> dict[str, tuple[int, float]]:
        rows = self.db.rows(
            f"""SELECT service, count(*), sum({SERVICE_SECONDS}) / 60.0 FROM tickets WHERE hall = :hall
                AND state = 'finished' AND outcome <> 'unclosed' AND day >= :day GROUP BY service""",
            hall=self.hall, day=since_day,
        )  # fmt: skip
        return {service: (count, minutes) for service, count, minutes in rows}


def first_of_each_class(tickets: Sequence[Ticket]) -> list[Ticket]:
    """The heads of a window's own lines."""
    heads: dict[str, Ticket] = {}
    for ticket in tickets:
        heads.setdefault(ticket.ticket_class, ticket)
    return list(heads.values())
