"""The event log: numbered without holes, each event bound to the one before by its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any

from queueing.clock import Instant
from queueing.records import Event, Json, with_fields
from queueing.undoing import UNDOABLE
from storage.db import Adding, Db, Row
from storage.standing import Standing

GENESIS = "0" * 64
END = ("seq", "head", "last_at")
OF_A_CLERK = frozenset({*UNDOABLE, "undo"})

COLUMNS = (
    "seq", "at", "action", "press", "actor", "ticket", "window", "before", "after", "shown", "prev_hash",
    "hash", "source",
)  # fmt: skip
HALLS = Adding(
    "halls", ("hall", *END),
    "ON CONFLICT (hall) DO UPDATE SET seq = excluded.seq, head = excluded.head, last_at = excluded.last_at",
)  # fmt: skip
EVENTS, VALUES = Adding("events", ("hall", *COLUMNS)), itemgetter(*COLUMNS)

CALLS = """SELECT events.* FROM events
    JOIN tickets ON tickets.hall = events.hall AND tickets.key = events.ticket
    WHERE events.hall = :hall AND events.at >= :since AND events.at <= :until
    AND events.action IN ('call', 'undo') AND tickets.joined_at > :since
    ORDER BY events.at, events.seq LIMIT :limit"""
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
END_OF_TIME = "9999"
PRESSED = Adding(
    "last_presses", ("hall", "window", "first_seq", "last_seq"),
    """ON CONFLICT (hall, "window") DO UPDATE SET first_seq = excluded.first_seq,
    last_seq = excluded.last_seq""", named=2,
)  # fmt: skip


def canonical(value: Json) -> str:
    """One spelling of a JSON object, so that its hash can be checked anywhere."""
    return CANONICAL.encode(value) if value else "{}"


def body_of(row: Mapping[str, Any]) -> str:
    """The event's canonical JSON from its row: what was stored as JSON is taken as it stands."""
    source = f'"source":{quoted(row["source"])},' if row.get("source") else ""
    return (
        f'{{"action":{quoted(row["action"])},"actor":{quoted(row["actor"])},"after":{row["after"]},'
        f'"at":{quoted(row["at"])},"before":{row["before"]},"press":{quoted(row["press"])},'
        f'"seq":{row["seq"]},"shown":{row["shown"]},{source}'
        f'"ticket":{_quoted(row["ticket"])},"window":{_quoted(row["window"])}}}'
    )


def _quoted(text: str | None) -> str:
    return "null" if text is None else quoted(text)


def digest_of(row: Mapping[str, Any]) -> str:
    """The event's hash: SHA-256 over the hash before and the event's canonical JSON.

    Where it came from is a part since release 0.2; an event without it has the hash that it always had.
    """
    return sha256(f"{row['prev_hash']}{body_of(row)}".encode()).hexdigest()


def event_of(row: Row) -> Event:
    row.pop("hall", None)
    parsed = {name: json.loads(row[name]) for name in ("before", "after", "shown")}
    return Event(**(row | parsed))


class EventDesk:
    """Reads and appends events of one hall."""

    db: Db
    hall: str
    standing: Standing | None
    fresh: list[Event]
    pressed: dict[tuple[str, str], tuple[int, bool]]
    """Of the change under way, by press and window: the first event of a ticket, and if one is a clerk's."""

    @cached_property
    def end(self) -> Row:
        """Where the log ends: seq, head, last_at; within a change it is known from the start."""
        return self.end_in_row()

    def end_in_row(self) -> Row:
        """The same as the hall's row says it."""
        found = self.db.rows("SELECT seq, head, last_at FROM halls WHERE hall = :hall", hall=self.hall)
        return dict(zip(END, found[0] if found else (0, GENESIS, ""), strict=True))

    def keep_end(self, end: Row) -> None:
        """Into the hall's row, once for all events of a transaction."""
        self.db.later(HALLS, (self.hall, *(end[name] for name in END)))

    def seq(self) -> int:
        return int(self.end["seq"])

    def last_at(self) -> Instant:
        return str(self.end["last_at"])

    def record(self, event: Event) -> Event:
        seq, before = self.end["seq"] + 1, self.end["head"]
        row = {
            **vars(event), "seq": seq, "prev_hash": before, "before": canonical(event.before),
            "after": canonical(event.after), "shown": canonical(event.shown),
        }  # fmt: skip
        row["hash"] = head = digest_of(row)
        self.db.later(EVENTS, (self.hall, *VALUES(row)))
        self.end = {"seq": seq, "head": head, "last_at": event.at}
        kept = with_fields(event, seq=seq, prev_hash=before, hash=head)
        self.fresh.append(kept)
        self._press_seen(kept)
        return kept

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
        rows = self.db.all(
            """SELECT events.* FROM last_presses AS newest JOIN events ON events.hall = newest.hall
                AND events.seq >= newest.first_seq AND events.seq <= newest.last_seq
                WHERE newest.hall = :hall AND newest."window" = :window AND events."window" = :window
                AND events.ticket IS NOT NULL ORDER BY events.seq""",
            hall=self.hall, window=window,
        )  # fmt: skip
        return [event_of(row) for row in rows]

    def _press_seen(self, event: Event) -> None:
        """Keeps where the newest press of a clerk at a window begins and, as far as it has come, ends."""
        if event.window is None or event.ticket is None:
            return
        first, clerks = self.pressed.get((event.press, event.window), (event.seq, False))
        clerks = clerks or event.action in OF_A_CLERK
        self.pressed[event.press, event.window] = first, clerks
        if clerks:
            self.db.later(PRESSED, (self.hall, event.window, first, event.seq))
