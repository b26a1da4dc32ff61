"""Reads what was: a log of visits and the plan of staffing, as CSV files or out of the hall's own data.

Times are minutes of their day on the hall's wall clock (8.5 x 60 is half past eight), days ISO dates.

    log     ticket, service, class, joined, called, window, started, finished, outcome (clerk, slot, line_at)
    plan    day, window, clerk, services, opens, closes       one row for each stretch

ISO times with a zone are read in the hall's zone, those without as wall-clock time. `services` are separated
by spaces, commas, semicolons or bars; none given: all of the log. A row with a slot that never joined is an
appointment that wasn't kept; it is left out. So are, with a word, rows that can't have been
(`forecast.log_doubts`).
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from forecast.log_doubts import sound


class LogError(ValueError):
    """The file can't be used; the message says which line, why, and what would do."""


@dataclass(frozen=True)
class Visit:
    """One ticket of a log. None: it never came to that.

    `line_at` is its place in the line: when it joined, an appointment's slot, or later for one who came back.
    """

    ticket: str
    day: str
    service: str
    ticket_class: str
    joined: float
    called: float | None
    window: str
    started: float | None
    finished: float | None
    outcome: str
    clerk: str
    slot: float | None
    line_at: float


@dataclass(frozen=True)
class Stretch:
    """One window's planned opening; no services: every service of the log."""

    day: str
    window: str
    clerk: str
    services: tuple[str, ...]
    opens: float
    closes: float


LOG_COLUMNS = ("ticket", "service", "class", "joined", "called", "window", "started", "finished", "outcome")
PLAN_COLUMNS = ("day", "window", "clerk", "services", "opens", "closes")
CLASSES = {"": "walk_in", "walk-in": "walk_in", "walkin": "walk_in", "normal": "walk_in"}


def read_log(path: Path, zone: str | None = None, say: Callable[[str], None] | None = None) -> list[Visit]:
    """All visits, in the order in which they joined; LogError names file, line and remedy.

    `say` is told of rows that can't have been.
    """
    placed = [
        (row.place, visit_of(row, zone)) for row in rows_of(path, LOG_COLUMNS) if not was_missed(row)
    ]
    visits, doubts = sound(placed)
    if say is not None:
        for doubt in doubts:
            say(doubt)
    return sorted(visits, key=lambda visit: (visit.day, visit.joined))


def read_plan(path: Path, zone: str | None = None) -> list[Stretch]:
    """All stretches, by day, window and time."""
    stretches = [stretch_of(row, zone) for row in rows_of(path, PLAN_COLUMNS)]
    return sorted(stretches, key=lambda stretch: (stretch.day, stretch.window, stretch.opens))


class Row:
    """One line of a file, which knows where it stands."""

    def __init__(self, values: dict[str, str], place: str) -> None:
        self._values, self.place = values, place

    def text(self, name: str) -> str:
        return (self._values.get(name) or "").strip()

    def parsed(self, name: str, parse: Callable[[str], datetime]) -> datetime | None:
        if not self.text(name):
            return None
        try:
            return parse(self.text(name))
        except ValueError:
            wanted = "an ISO time such as 2026-10-12T08:31:05"
            raise LogError(f"{self.place}: {name} is {self.text(name)!r}; it should be {wanted}.") from None


def rows_of(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Each line; LogError for a file that is no table."""
    lines = enumerate(csv.DictReader(io.StringIO(content(path))), start=2)
    try:
        for number, values in lines:
            if number == 2:
                check_columns(path, values, columns)
            yield Row(values, f"{path}, line {number}")
    except csv.Error as error:
        raise LogError(f"{path} can't be read as a table ({error}). Save it anew as CSV UTF-8.") from None


def content(path: Path) -> str:
    """The file's text, unpacked when it is gzipped."""
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise LogError(f"{path} is cut off or damaged inside. Copy it or pack it (gzip) again.") from None
    except OSError as error:
        raise LogError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise LogError(f"{path} isn't UTF-8 text. Save it as CSV UTF-8.") from None


def check_columns(path: Path, values: dict[str, str], columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in values]
    if missing:
        wanted = ", ".join(columns)
        raise LogError(f"{path} lacks the columns {', '.join(missing)}; its first line must name {wanted}.")


def wall(text: str, zone: str | None) -> datetime:
    """The wall-clock time of an ISO time."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = (moment.astimezone(ZoneInfo(zone)) if zone else moment).replace(tzinfo=None)
    return moment


def minutes_of(moment: datetime | None, day: datetime) -> float | None:
    return None if moment is None else (moment - day).total_seconds() / 60


def was_missed(row: Row) -> bool:
    return bool(row.text("slot")) and not row.text("joined")


def visit_of(row: Row, zone: str | None) -> Visit:
    joined = row.parsed("joined", lambda text: wall(text, zone))
    if joined is None:
        raise LogError(f"{row.place}: joined is empty; every ticket needs the time it was taken.")
    day = datetime(joined.year, joined.month, joined.day)

    def at(name: str) -> float | None:
        return minutes_of(row.parsed(name, lambda text: wall(text, zone)), day)

    taken = minutes_of(joined, day) or 0.0
    slot, line_at = at("slot"), at("line_at")
    place = line_at if line_at is not None else slot if slot is not None else taken
    known = row.text("class").lower().replace(" ", "_")
    return Visit(
        row.text("ticket"), day.date().isoformat(), row.text("service"), CLASSES.get(known, known), taken,
        at("called"), row.text("window"), at("started"), at("finished"), row.text("outcome").lower(),
        row.text("clerk"), slot, place,
    )  # fmt: skip


def stretch_of(row: Row, zone: str | None) -> Stretch:
    day = row.parsed("day", lambda text: datetime.fromisoformat(text[:10]))
    if day is None:
        raise LogError(f"{row.place}: day is empty; it should be a date such as 2026-10-12.")

    def at(name: str) -> float:
        value = minutes_of(row.parsed(name, lambda text: time_of_day(text, day, zone)), day)
        if value is None:
            raise LogError(f"{row.place}: {name} is empty; it should be a time such as 08:30.")
        return value

    opens, closes = at("opens"), at("closes")
    if closes <= opens:
        raise LogError(f"{row.place}: the stretch closes before it opens; end it later or leave the row out.")
    services = tuple(name for name in re.split(r"[\s,;|]+", row.text("services")) if name)
    return Stretch(day.date().isoformat(), row.text("window"), row.text("clerk"), services, opens, closes)


def time_of_day(text: str, day: datetime, zone: str | None) -> datetime:
    """08:30, or an ISO time."""
    if re.fullmatch(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?", text):
        hours, _, rest = text.partition(":")
        return datetime.fromisoformat(f"{day.date().isoformat()}T{hours.zfill(2)}:{rest}")
    return wall(text, zone)
