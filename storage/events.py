"""The event log: numbered without holes, each event bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cached_property

from queueing.clock import Instant
from queueing.records import Event, Json
from queueing.undoing import UNDOABLE
from storage.db import Db, Row

GENESIS = "0" * 64
LOGGED = ("seq", "at", "action", "press", "actor", "ticket", "window", "before", "after", "shown")
PRESSES = ", ".join(f"'{action}'" for action in (*UNDOABLE, "undo"))

CALLS = """SELECT events.* FROM events
    JOIN tickets ON tickets.hall = events.hall AND tickets.key = events.ticket
    WHERE events.hall = :hall AND events.at >= :since AND events.at <= :until
    AND events.action IN ('call', 'undo') AND tickets.joined_at > :since
    ORDER BY events.at, events.seq LIMIT :limit"""
END_OF_TIME = "9999"
IN_A_PRESS = 100
"""A press's events stand side by side in the log; a clerk's press leaves a handful, this many at most."""


def canonical(value: Json) -> str:
    """One spelling of a JSON object, so that its hash can be checked anywhere."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(event: Event, prev_hash: str) -> Event:
    """The event with its hash: SHA-256 over the hash before and the event's canonical JSON.

    Where it came from is a part since release 0.2; an event without it has the hash that it always had.
    """
    logged = (*LOGGED, "source") if event.source else LOGGED
    body = canonical({name: getattr(event, name) for name in logged})
    digest = hashlib.sha256(f"{prev_hash}{body}".encode()).hexdigest()
    return replace(event, prev_hash=prev_hash, hash=digest)


def event_of(row: Row) -> Event:
    row.pop("hall", None)
    parsed = {name: json.loads(row[name]) for name in ("before", "after", "shown")}
    return Event(**(row | parsed))


class EventDesk:
    """Reads and appends events of one hall."""

    db: Db
    hall: str
    fresh: list[Event]

    @cached_property
    def _state(self) -> Row:
        """Where the log ends; read once, since nobody else writes during a transaction."""
        found = self.db.one("SELECT seq, head, last_at FROM halls WHERE hall = :hall", hall=self.hall)
        return found or {"seq": 0, "head": GENESIS, "last_at": ""}

    def seq(self) -> int:
        return int(self._state["seq"])

    def last_at(self) -> Instant:
        return str(self._state["last_at"])

    def record(self, event: Event) -> Event:
        state = self._state
        event = chained(replace(event, seq=state["seq"] + 1), state["head"])
        texts = {name: canonical(getattr(event, name)) for name in ("before", "after", "shown")}
        self.db.run(
            """INSERT INTO events (hall, seq, at, action, press, actor, ticket, "window", before, after,
                shown, prev_hash, hash, source)
                VALUES (:hall, :seq, :at, :action, :press, :actor, :ticket, :window, :before, :after,
                 :shown, :prev_hash, :hash, :source)""",
            hall=self.hall, **(vars(event) | texts),
        )  # fmt: skip
        self.db.run(
            "UPDATE halls SET seq = :seq, head = :head, last_at = :at WHERE hall = :hall",
            seq=event.seq, head=event.hash, at=event.at, hall=self.hall,
        )  # fmt: skip
        state |= {"seq": event.seq, "head": event.hash, "last_at": event.at}
        self.fresh.append(event)
        return event

    def events_after(self, seq: int, limit: int) -> list[Event]:
        rows = self.db.all(
            "SELECT * FROM events WHERE hall = :hall AND seq > :seq ORDER BY seq LIMIT :limit",
            hall=self.hall, seq=seq, limit=limit,
        )  # fmt: skip
        return [event_of(row) for row in rows]

    def history(self, ticket: str) -> list[Event]:
        rows = self.db.all(
            "SELECT * FROM events WHERE hall = :hall AND ticket = :ticket ORDER BY seq",
            hall=self.hall, ticket=ticket,
        )  # fmt: skip
        return [event_of(row) for row in rows]

    def calls_between(self, since: Instant, until: Instant | None, limit: int) -> list[Event]:
        rows = self.db.all(CALLS, hall=self.hall, since=since, until=until or END_OF_TIME, limit=limit)
        return [event_of(row) for row in rows]

    def last_press_at(self, window: str) -> list[Event]:
        newest = self.db.one(
            f"""SELECT press, seq FROM events WHERE hall = :hall AND "window" = :window AND ticket IS NOT NULL
                AND action IN ({PRESSES}) ORDER BY seq DESC LIMIT 1""",
            hall=self.hall, window=window,
        )  # fmt: skip
        if newest is None:
            return []
        rows = self.db.all(
            """SELECT * FROM events WHERE hall = :hall AND "window" = :window AND ticket IS NOT NULL
                AND seq >= :first AND seq <= :last AND press = :press ORDER BY seq""",
            hall=self.hall, window=window, press=newest["press"],
            first=newest["seq"] - IN_A_PRESS, last=newest["seq"] + IN_A_PRESS,
        )  # fmt: skip
        return [event_of(row) for row in rows]
