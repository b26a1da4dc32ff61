"""Figures and raw visits as CSV that Excel reads: UTF-8 with its mark, and nothing that runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from queueing.clock import Instant, local
from reports.showing import Showing
from scoring.figure_store import Visit
from scoring.figures import VIEWS, Value

ENCODING = "utf-8-sig"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell begins that a spreadsheet would work out."""

RAW = (
    "raw_day", "raw_number", "service", "raw_class", "window", "clerk", "raw_state", "raw_outcome",
    "raw_joined", "raw_called", "raw_started", "raw_finished", "raw_held", "raw_calls", "raw_reinstated",
    "raw_postponed", "transferred",
)  # fmt: skip


def write_figures(shown: Showing, path: Path) -> None:
    """Every view, one row below the other; shares as parts of one, so that programs can reckon with them."""
    _write(path, [[shown.hall, shown.period, shown.days, shown.made], _head(shown)], _rows(shown))


def _head(shown: Showing) -> list[str]:
    words = shown.speech.words
    return [words["view"], words["whose"], *shown.heads()]


def _rows(shown: Showing) -> Iterator[list[str]]:
    for by in VIEWS:
        for line in shown.lines(by):
            yield [shown.speech.words[by], line.label, *(plain(cell.value) for cell in line.cells)]


def write_visits(shown: Showing, visits: Iterable[Visit], path: Path) -> None:
    """One row a visit; who it was is nowhere in it, nor the key of its ticket."""
    zone = shown.house.hall.timezone
    _write(path, [[shown.speech.words[key] for key in RAW]], (raw_row(each, zone) for each in visits))


def raw_row(visit: Visit, zone: str) -> list[str]:
    return [
        visit.day, visit.number, visit.service, visit.ticket_class, visit.window or "", visit.clerk or "",
        visit.state, visit.outcome or "",
        *(clock(at, zone) for at in (visit.joined_at, visit.called_at, visit.started_at, visit.finished_at)),
        *map(str, (visit.held_seconds, visit.calls, visit.reinstated, visit.postponed, visit.sent_on)),
    ]  # fmt: skip


def clock(at: Instant | None, zone: str) -> str:
    """By the hall's wall, to the second."""
    return f"{local(at, zone):%Y-%m-%d %H:%M:%S}" if at else ""


def plain(value: Value) -> str:
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """A leading sign of a formula is only text then."""
    return f"'{text}" if text.startswith(FORMULAS) and not is_number(text) else text


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _write(path: Path, first: Iterable[list[str]], then: Iterable[list[str]] = ()) -> None:
    with path.open("w", encoding=ENCODING, newline="") as opened:
        out = csv.writer(opened)
        for rows in (first, then):
            out.writerows([harmless(text) for text in row] for row in rows)
