"""Takes what has been kept for long enough, every night; each taking is noted, and the log stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from queueing.change import Change
from queueing.clock import Instant, RealClock, instant, shifted
from queueing.hall import ITSELF, Hall
from queueing.house import House
from queueing.records import Json
from queueing.store import Desk
from storage.desk import SqlDesk
from storage.keeping import KINDS, Kind, purge, stock_of

LOOK_BACK_DAYS = 60
"""How far back the last purge of a kind is looked for."""


def purge_all(hall: Hall) -> Json:
    """One change for each kind, so that nobody waits long behind it."""
    return {kind.name: _purged(hall, kind) for kind in KINDS if kind.past}


def _purged(hall: Hall, kind: Kind) -> int:
    days = kind.days(hall.house)
    if days is None:
        return 0
    before = shifted(safe_now(hall), minutes=-days * 24 * 60)

    def work(change: Change) -> Json:
        desk = cast(SqlDesk, change.desk)
        rows = purge(desk.db, desk.hall, kind, before)
        if rows:
            change.note("purge", {"kind": kind.name, "rows": rows})
        return {"rows": rows}

    return int(hall.change(ITSELF, work)["rows"])


def safe_now(hall: Hall) -> Instant:
    """The earlier of the hall's and the machine's time: a simulated hall keeps rows of both."""
    return min(hall.now(), instant(RealClock().now()))


def kept(desk: Desk, house: House, at: Instant) -> list[Json]:
    """Every kind: for how many days, how many rows, how far back, and when some were taken last."""
    sql, taken = cast(SqlDesk, desk), _last_purges(cast(SqlDesk, desk), at)
    return list(_rows(sql, house, taken))


def _rows(desk: SqlDesk, house: House, taken: dict[str, Json]) -> Iterator[Json]:
    for kind in KINDS:
        stock = stock_of(desk.db, desk.hall, kind)
        facts: dict[str, Any] = {"kind": kind.name, "days": kind.days(house), "rows": stock.rows}
        yield facts | {"oldest": stock.oldest or None, "purged": taken.get(kind.name)}


def _last_purges(desk: SqlDesk, at: Instant) -> dict[str, Json]:
    since = shifted(at, minutes=-LOOK_BACK_DAYS * 24 * 60)
    notes = desk.notes_since(since, ("purge",))
    return {note.after["kind"]: {"at": note.at, "rows": note.after["rows"]} for note in notes}
