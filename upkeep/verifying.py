"""Checks a hall's log without a server: the chain from the first event on, and every day's signature."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from queueing.clock import Instant
from storage.chain import Broken, Verdict, open_copy, open_live, verdict_of
from storage.signatures import Signature
from upkeep.signing import fits, listed, name_of


@dataclass(frozen=True)
class Restore:
    """A restore that the log names: to which event it went back, and when."""

    to_seq: int
    at: Instant


@dataclass(frozen=True)
class LogCheck:
    """What was found: the chain's verdict, the signatures that fit, and the first one that doesn't."""

    verdict: Verdict
    signatures: int = 0
    unsigned: str = ""
    broken: Broken | None = None
    restores: list[Restore] = field(default_factory=list)

    @property
    def first(self) -> Broken | None:
        """The first broken link."""
        return self.verdict.broken or self.broken


def check_log(file: Path, key: bytes | None, beside: Path | None, *, live: bool = False) -> LogCheck:
    """`beside` is the list of signatures kept with the backups; `key` None checks the chain alone.

    A copy isn't expected to hold what was signed after it was made; the hall's own file (`live`) is.
    """
    verdict = verdict_of(file, live=live)
    if verdict.broken and not verdict.hall:
        return LogCheck(verdict)
    with closing(open_live(file) if live else open_copy(file)) as conn:
        return checked(conn, verdict, key, beside, live=live)


def check_database(address: str, hall: str, key: bytes | None, beside: Path | None) -> LogCheck:
    """The same for a hall that lies in a database; raises OSError when it can't be read."""
    from storage.moving import Asked, NotMoved, picture_of, verdict_within

    try:
        with picture_of(address) as db:
            verdict, asked = verdict_within(db, hall), Asked(db.conn)
            return checked(asked, verdict, key, beside, live=True) if verdict.hall else LogCheck(verdict)
    except NotMoved as error:
        raise OSError(str(error)) from error


def checked(conn: Any, verdict: Verdict, key: bytes | None, beside: Path | None, *, live: bool) -> LogCheck:
    given = signatures_in(conn, verdict.hall) | set(listed(beside) if beside else [])
    if not live:
        given = {each for each in given if each.seq <= verdict.seq}
    restores = restores_in(conn, verdict.hall)
    if key is None:
        return LogCheck(verdict, unsigned="no_key" if given else "none", restores=restores)
    return _with_signatures(conn, verdict, key, given, restores)


def _with_signatures(
    conn: Any, verdict: Verdict, key: bytes, given: set[Signature], restores: list[Restore]
) -> LogCheck:
    in_order = sorted(given, key=lambda each: (each.seq, each.at))
    heads = heads_of(conn, verdict.hall)
    wrong = (_wrong(each, key, verdict, heads, restores) for each in in_order)
    broken = next((each for each in wrong if each), None)
    return LogCheck(verdict, len(in_order), "" if given else "none", broken, restores)


def signatures_in(conn: Any, hall: str) -> set[Signature]:
    """Those in the database; a file of an early release has none."""
    in_file = isinstance(conn, sqlite3.Connection)
    if in_file and not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'signatures'").fetchone():
        return set()
    rows = conn.execute("SELECT day, seq, head, at, key, signature FROM signatures WHERE hall = ?", (hall,))
    return {Signature(*row) for row in rows}


def heads_of(conn: Any, hall: str) -> Callable[[int], str | None]:
    def head(seq: int) -> str | None:
        row = conn.execute("SELECT hash FROM events WHERE hall = ? AND seq = ?", (hall, seq)).fetchone()
        return row[0] if row else None

    return head


def restores_in(conn: Any, hall: str) -> list[Restore]:
    """Every way back to a backup that the log names."""
    rows: Iterable[tuple[str, str]] = conn.execute(
        """SELECT at, after FROM events WHERE hall = ? AND ticket IS NULL AND action = 'restore'
            ORDER BY seq""",
        (hall,),
    )
    return list(_restores(rows))


def _restores(rows: Iterable[tuple[str, str]]) -> Iterator[Restore]:
    for at, after in rows:
        yield Restore(int(json.loads(after).get("to_seq", 0)), at)


def _wrong(
    given: Signature, key: bytes, verdict: Verdict, head: Callable[[int], str | None], restores: list[Restore]
) -> Broken | None:
    """What is the matter with one signature; nothing, where a later restore took the hall back behind it."""
    if given.key != name_of(key):
        return Broken("other_key", given.seq, given.at, f"{given.day} was signed with the key {given.key}")
    if not fits(key, verdict.hall, given):
        return Broken("forged", given.seq, given.at, f"the signature of {given.day} isn't this key's")
    found = head(given.seq)
    if found == given.head or any(each.to_seq < given.seq and each.at >= given.at for each in restores):
        return None
    if found is None:
        detail = f"{given.day} was signed with {given.seq} events, the log ends at {verdict.seq}"
        return Broken("cut_off", given.seq, given.at, detail)
    return Broken(
        "rewritten", given.seq, given.at, f"the log until {given.day} isn't the one that was signed"
    )
