"""What the API and the pages both read of call-backs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import cast

from queueing.records import Json
from queueing.store import Desk
from scoring.callback_views import callback_view, replaceable, report
from scoring.callbacks import checked
from scoring.complaint_errors import UnknownDraw
from scoring.complaint_records import ComplaintStore
from web.asking import who
from web.context import here, the_hall
from web.watching import looked

WEEKS = 60
COLUMNS = (
    "week", "place", "replaces", "day", "number", "service", "window", "clerk", "state", "tries", "caller",
    "called_at", "attitude", "efficiency", "discipline", "dissatisfied", "verdict", "suggestion",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet begins to reckon; behind an apostrophe they are words."""


def draws() -> list[Json]:
    """The weeks that were drawn, the newest first."""
    found = here().store.look(lambda desk: cast(ComplaintStore, desk).draws(WEEKS))
    return [{"week": draw.week, "drawn_at": draw.drawn_at, "population": draw.population} for draw in found]


def week_of(week: str) -> Json:
    """One week's draw with its calls; raises UnknownDraw."""
    reader = who().staff

    def look(desk: Desk) -> Json:
        store = cast(ComplaintStore, desk)
        draw, rows = store.draw(week), store.callbacks(week)
        if draw is None:
            raise UnknownDraw()
        open_places = replaceable(rows, draw.population)
        lines = [
            callback_view(row, reader)
            | {"replaceable": row.callback.place in open_places and row.callback.caller != reader}
            for row in rows
        ]
        told = {"week": week, "seed": draw.seed, "drawn_at": draw.drawn_at, "keys_hash": draw.keys_hash}
        return told | {"population": draw.population, "callbacks": lines}

    told = here().store.look(look)
    looked("callbacks", week=week)
    return told


def check_of(week: str) -> Json:
    """The draw worked out anew."""
    return here().store.look(lambda desk: checked(cast(ComplaintStore, desk), week))


def report_of(name: str) -> Json:
    hall, reader = the_hall(), who().staff
    told = here().store.look(lambda desk: report(hall, cast(ComplaintStore, desk), name, reader))
    looked("callback_report", period=name)
    return told


def csv_of(told: Json) -> str:
    """One line for each call-back, as spreadsheets read it."""
    out = io.StringIO()
    csv.writer(out).writerows(_lines(told["callbacks"]))
    return "\ufeff" + out.getvalue()


def _lines(rows: list[Json]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for row in rows:
        yield [harmless(row[name]) for name in COLUMNS]


def harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
