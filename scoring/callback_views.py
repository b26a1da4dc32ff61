"""What the office reads of the week's call-backs, and the monthly report of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from queueing.clock import Instant, instant
from queueing.hall import Hall
from queueing.records import Json
from scoring.callbacks import ASKED, dissatisfied
from scoring.complaint_records import CallbackRow, ComplaintStore
from scoring.levels import LEVELS
from scoring.periods import period

SHOWN = (
    "week", "place", "state", "replaces", "drawn_at", "tries", "caller", "called_at", "attitude",
    "efficiency", "discipline", "verdict", "decided_by", "window", "clerk",
)  # fmt: skip


def callback_view(row: CallbackRow, reader: str | None) -> Json:
    """One line; whom the visit was with sees that it was drawn, and nothing that was said."""
    it = row.callback
    own = it.clerk is not None and it.clerk == reader
    told: Json = {name: getattr(it, name) for name in SHOWN}
    visit = {"number": row.number, "service": row.service, "day": row.day, "finished_at": row.finished_at}
    said = {"contact": row.contact, "suggestion": row.suggestion, "dissatisfied": dissatisfied(it)}
    if own:
        told |= dict.fromkeys((*ASKED, "verdict"), "")
        said = {"contact": "", "suggestion": "", "dissatisfied": False}
    return told | visit | said | {"concerns_reader": own}


def replaceable(rows: Sequence[CallbackRow], population: int) -> set[int]:
    """The places for which another visit may be drawn."""
    replaced = {row.callback.replaces for row in rows}
    if len(rows) >= population:
        return set()
    lost = {row.callback.place for row in rows if row.callback.state in ("not_reached", "declined")}
    return lost - replaced


def report(hall: Hall, desk: ComplaintStore, name: str, reader: str | None) -> Json:
    """All that was drawn in a month (or week, quarter, year), counted, with every suggestion."""
    when = period(name)
    rows = desk.callbacks_between(*stretch(hall, when.first, when.last))
    states = Counter(row.callback.state for row in rows)
    bad = [row for row in rows if dissatisfied(row.callback)]
    return {
        "period": name,
        "drawn": len(rows),
        "replacements": sum(row.callback.replaces > 0 for row in rows),
        "reached": states["reached"],
        "not_reached": states["not_reached"],
        "declined": states["declined"],
        "not_called": states["drawn"],
        "levels": {asked: levels(rows, asked) for asked in ASKED},
        "dissatisfied": len(bad),
        "verified": sum(row.callback.verdict == "verified" for row in bad),
        "callbacks": [callback_view(row, reader) for row in rows],
    }


def levels(rows: Sequence[CallbackRow], asked: str) -> dict[str, int]:
    counts = Counter(getattr(row.callback, asked) for row in rows)
    return {level: counts[level] for level in LEVELS}


def stretch(hall: Hall, first: str, last: str) -> tuple[Instant, Instant]:
    """From the first day's beginning to the last one's end."""
    zone = ZoneInfo(hall.house.hall.timezone)
    begins = datetime.combine(date.fromisoformat(first), time.min, zone)
    return instant(begins), instant(datetime.combine(date.fromisoformat(last), time.max, zone))
