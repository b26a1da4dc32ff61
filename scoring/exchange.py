"""Ratings in the fields of the national exchange of service ratings (好差评): nobody's name, no ticket.

`record` is an opaque word for one visit, the same at every time, so that a receiver puts a later row in the
place of an earlier one. docs/ratings-export.md says what each field is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from queueing.clock import Instant
from queueing.house import House
from queueing.records import Json
from scoring.levels import NEGATIVE, POINTS

FIELDS = (
    *("record", "hall", "channel", "window", "clerk", "department", "service", "day"),
    *("joined_at", "started_at", "finished_at", "rated_at", "level", "level_code", "negative", "reasons"),
    *("state", "contacted_at", "verified", "verified_at", "put_right_at", "ended_at", "set_aside"),
    *("contact_days", "put_right_days"),
    *("second_level", "second_level_code", "second_reasons", "second_rated_at"),
)
Named = Callable[[str], str]
"""The opaque word for a ticket's key."""

FOUND = {"upheld": "true", "put_right": "true", "unfounded": "untrue"}


@dataclass(frozen=True)
class ExchangeRow:
    """One rating with its visit, its follow-up and its second rating, as the store has them."""

    ticket: str
    channel: str
    window: str
    clerk: str | None
    service: str
    day: str
    level: str
    reasons: str
    at: Instant
    joined_at: Instant
    started_at: Instant | None
    finished_at: Instant
    counts: int
    state: str | None
    set_aside_as: str | None
    contacted_at: Instant | None
    verified_at: Instant | None
    put_right_at: Instant | None
    ended_at: Instant | None
    contact_days: int | None
    put_right_days: int | None
    second_level: str | None
    second_reasons: str | None
    second_at: Instant | None


class Exchange:
    """Writes rows of one hall."""

    def __init__(self, house: House, named: Named) -> None:
        self._hall, self._named = house.hall.id, named
        self._departments = {each.id: each.department for each in house.services}
        self._numbers = {each.id: each.number or each.id for each in house.staff}

    def plain(self, row: ExchangeRow) -> Json:
        """The row under the names of FIELDS; clerks by their staff numbers, codes as lists."""
        told: Json = dict.fromkeys(FIELDS)
        told |= {name: getattr(row, name) for name in FIELDS if hasattr(row, name)}
        return (
            told
            | {
                "record": self._named(row.ticket),
                "hall": self._hall,
                "clerk": self._numbers.get(row.clerk or "", row.clerk),
                "department": self._departments.get(row.service),
                "rated_at": row.at,
                "level_code": POINTS[row.level],
                "negative": row.level in NEGATIVE,
                "reasons": codes(row.reasons),
                "verified": verified(row),
                "set_aside": row.set_aside_as or ("by_reviewer" if not row.counts else None),
            }
            | self._second(row)
        )

    def _second(self, row: ExchangeRow) -> Json:
        if row.second_level is None:
            return {}
        return {
            "second_level_code": POINTS[row.second_level],
            "second_reasons": codes(row.second_reasons or ""),
            "second_rated_at": row.second_at,
        }


def codes(text: str) -> list[str]:
    return [code for code in text.split(",") if code]


def verified(row: ExchangeRow) -> str | None:
    """true, untrue, or nothing while that is open."""
    if row.verified_at is None or row.state is None:
        return None
    return FOUND.get(row.state, "true" if row.put_right_at else "untrue" if row.state == "closed" else None)


def as_lines(rows: Iterable[Json]) -> str:
    """JSON lines: one row on each."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Iterable[Json], head: bool) -> str:
    """RFC 4180; codes of a list are joined by semicolons."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\r\n")
    if head:
        writer.writeheader()
    writer.writerows({name: cell(row[name]) for name in FIELDS} for row in rows)
    return out.getvalue()


def cell(value: object) -> object:
    """As it stands in a file of text."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
