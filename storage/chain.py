"""Reads a hall's file from end to end and names the first thing in it that isn't as it was written.

Works on any copy of the file without a server: a backup on a stick, a file put aside, the hall's own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from storage.events import GENESIS, digest_of

SHOWN = (
    "number", "service", "state", "window", "called_at", "calls", "ticket_class", "joined_at", "line_at",
    "direct_window", "started_at", "finished_at", "held_at", "held_seconds", "clerk", "outcome",
)  # fmt: skip
"""What an event says of its ticket and the ticket's row must say, too."""


@dataclass(frozen=True)
class Broken:
    """The first broken link: which event, when, and what differs (a code and its facts)."""

    what: str
    seq: int = 0
    at: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a reading from end to end found; `broken` is None when everything is as it was written."""

    hall: str = ""
    seq: int = 0
    head: str = ""
    at: str = ""
    broken: Broken | None = None

    @property
    def good(self) -> bool:
        return self.broken is None

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"good": self.good}


def open_copy(path: Path) -> sqlite3.Connection:
    """A file that nobody writes, opened so that nothing beside it is made or changed."""
    return sqlite3.connect(f"file:{_escaped(path)}?mode=ro&immutable=1", uri=True)


def open_live(path: Path) -> sqlite3.Connection:
    """A file that a server may be writing to; its newest changes stand in the file beside it."""
    conn = sqlite3.connect(f"file:{_escaped(path)}?mode=ro", uri=True, isolation_level=None)
    conn.execute("BEGIN")
    return conn


def _escaped(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def verdict_of(path: Path, *, live: bool = False) -> Verdict:
    """The file's own integrity, its chain of hashes, its head, and its tickets against the log."""
    try:
        with closing(open_live(path) if live else open_copy(path)) as conn:
            return _verdict(conn)
    except (sqlite3.Error, OSError) as error:
        return Verdict(broken=Broken("unreadable", detail=str(error)))


def _verdict(conn: sqlite3.Connection) -> Verdict:
    said = conn.execute("PRAGMA integrity_check").fetchone()[0]
    halls = conn.execute("SELECT hall, seq, head, last_at FROM halls").fetchall()
    if len(halls) != 1:
        return Verdict(broken=Broken("no_hall", detail=f"{len(halls)} halls"))
    hall, seq, head, at = halls[0]
    broken = Broken("damaged", detail=said) if said != "ok" else first_broken(conn, hall, seq, head)
    return Verdict(hall, seq, head, at, broken)


def first_broken(conn: Any, hall: str, seq: int, head: str) -> Broken | None:
    """`conn` is asked as a file is: `?` for parameters, rows that know their columns."""
    return broken_link(conn, hall, seq, head) or _broken_row(conn, hall)


def broken_link(conn: Any, hall: str, seq: int, head: str) -> Broken | None:
    """Walks the chain from the first event to the head that the hall's row names."""
    before, last, at = GENESIS, 0, ""
    for row, digest in events(conn, hall):
        found, at = row["seq"], row["at"]
        if found != last + 1:
            return Broken("missing", last + 1, at, f"after {last} comes {found}")
        if row["prev_hash"] != before:
            return Broken("unlinked", found, at, "it doesn't follow from the event before")
        if row["hash"] != digest:
            return Broken("changed", found, at, "its content isn't what was hashed")
        before, last = digest, found
    if (last, before) != (seq, head):
        return Broken("cut_off", last + 1, at, f"the log ends at {last}, the hall stands at {seq}")
    return None


def events(conn: Any, hall: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every event with the hash that its content has, in their order."""
    cursor = conn.execute("SELECT * FROM events WHERE hall = ? ORDER BY seq", (hall,))
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        yield row, digest_of(row)


def _broken_row(conn: Any, hall: str) -> Broken | None:
    """The first row of a ticket or a rating that doesn't say what the log says of it."""
    return next(_changed_tickets(conn, hall), None) or next(_changed_ratings(conn, hall), None)


def _changed_tickets(conn: Any, hall: str) -> Iterator[Broken]:
    columns = ", ".join(f'tickets."{name}"' for name in SHOWN)
    rows = conn.execute(
        f"""SELECT tickets.seq, events.at, events.shown, {columns} FROM tickets LEFT JOIN events
            ON events.hall = tickets.hall AND events.seq = tickets.seq AND events.ticket = tickets.key
            WHERE tickets.hall = ?""",
        (hall,),
    )
    for seq, at, shown, *values in rows:
        if shown is None:
            yield Broken("ticket_row", seq, "", f"ticket {values[0]} names an event that isn't its own")
            continue
        logged = json.loads(shown)
        for name, value in zip(SHOWN, values, strict=True):
            if logged.get(name) != value:
                yield Broken("ticket_row", seq, at, f"ticket {values[0]}: {name}")


def _changed_ratings(conn: Any, hall: str) -> Iterator[Broken]:
    rows = conn.execute(
        """SELECT ratings.seq, events.at, events.after, ratings.level, ratings.channel, ratings.reasons
            FROM ratings LEFT JOIN events ON events.hall = ratings.hall AND events.seq = ratings.seq
            AND events.ticket = ratings.ticket WHERE ratings.hall = ?""",
        (hall,),
    )
    for seq, at, after, level, channel, reasons in rows:
        logged = json.loads(after or "{}")
        said = (logged.get("level"), logged.get("channel"), ",".join(logged.get("reasons", ())))
        if said != (level, channel, reasons):
            yield Broken("rating_row", seq, at or "", "a rating")
