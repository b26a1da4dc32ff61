"""Snapshots of lines from a CSV file: how many waited, and how long the last of them then did."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

NAMES = ("office", "queue_id", "date")
REQUIRED = (*NAMES, "t", "waiting", "wait")
OPTIONAL = (
    "counters", "published_min", "calls30", "span30", "calls60", "span60", "cur", "les", "since_call",
)  # fmt: skip
NOTHING = ("", "nan", "na", "null", "none")
"""How an unknown value may be written."""
BOUNDS = {"t": (0.0, 1440.0), "waiting": (0.0, 1e6), "wait": (0.0, 1440.0)}
"""Minutes of the day, people, minutes; every other number is from 0 to a million."""
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MISTAKES_TOLD = 20
GZIP = b"\x1f\x8b"


class WrongSnapshots(Exception):
    """What is wrong with the file: with the line, the column and what to do."""


@dataclass(frozen=True)
class Snapshots:
    """Columns of equal length, in the order of the file; an unknown number is NaN."""

    office: list[str]
    queue: list[str]
    date: list[str]
    numbers: dict[str, Numbers]
    """By the column's name: `t` and `wait` and the rest, minutes or people; `wait` is the truth."""

    def __len__(self) -> int:
        return len(self.date)

    def __getitem__(self, column: str) -> Numbers:
        return self.numbers[column]

    def of(self, chosen: list[int]) -> Snapshots:
        """These rows alone, in this order."""
        office, queue, date = ([each[at] for at in chosen] for each in (self.office, self.queue, self.date))
        return Snapshots(office, queue, date, {name: each[chosen] for name, each in self.numbers.items()})

    @cached_property
    def keys(self) -> list[str]:
        """Office and queue in one: a queue's id alone needn't be unique."""
        return [f"{office}|{queue}" for office, queue in zip(self.office, self.queue, strict=True)]


def read_snapshots(path: Path) -> Snapshots:
    """A file as CSV, plain or compressed by gzip, with other columns left aside. Raises WrongSnapshots."""
    lines = _lines(path)
    reader = csv.reader(lines, strict=True)
    try:
        heading = [name.strip().lower() for name in next(reader, [])]
        _must_have(heading, path)
        places = {name: heading.index(name) for name in (*REQUIRED, *OPTIONAL) if name in heading}
        return _columns(_cells(reader, len(heading), path), places, path)
    except csv.Error as error:
        raise WrongSnapshots(f"{path}:{reader.line_num}: isn't CSV: {error}. Save it as CSV again.") from None


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
        content = gzip.decompress(content) if content.startswith(GZIP) else content
        return content.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise WrongSnapshots(f"{path}: is no text in UTF-8. Save it as CSV in UTF-8.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise WrongSnapshots(f"{path}: can't be unpacked: {error}. Copy it again.") from None
    except OSError as error:
        raise WrongSnapshots(f"{path}: can't be read: {error.strerror}. Name a CSV file.") from None


def _must_have(heading: list[str], path: Path) -> None:
    missing = [name for name in REQUIRED if name not in heading]
    if missing:
        all_of_them = ",".join((*REQUIRED, *OPTIONAL))
        raise WrongSnapshots(
            f"{path}: there is no column {', '.join(missing)}. The first line names the columns "
            f"{all_of_them}; those after wait may be missing or empty."
        )


def _cells(reader: Iterator[list[str]], width: int, path: Path) -> list[tuple[int, list[str]]]:
    rows = []
    for number, row in enumerate(reader, start=2):
        if row and len(row) != width:
            told = f"has {len(row)} cells, the first line {width} columns. Put cells with commas in quotes."
            raise WrongSnapshots(f"{path}:{number}: {told}")
        if row:
            rows.append((number, row))
    if not rows:
        raise WrongSnapshots(f"{path}: has no snapshot. Put one in each line below the first.")
    return rows


def _columns(rows: list[tuple[int, list[str]]], places: dict[str, int], path: Path) -> Snapshots:
    wrong: list[str] = []
    numbers = {
        name: _numbers(rows, name, places[name], wrong)
        if name in places
        else np.full(len(rows), np.nan, dtype=np.float64)
        for name in (*REQUIRED, *OPTIONAL)
        if name not in NAMES
    }
    office, queue, date = ([row[places[name]].strip() for _, row in rows] for name in NAMES)
    wrong += [
        f"{number}: date {day!r} is no day. Write 2020-01-15."
        for (number, _), day in zip(rows, date, strict=True)
        if not DATE.fullmatch(day)
    ]
    if wrong:
        more = [f"And {len(wrong) - MISTAKES_TOLD} more."] if len(wrong) > MISTAKES_TOLD else []
        raise WrongSnapshots("\n".join([f"{path}:{each}" for each in wrong[:MISTAKES_TOLD]] + more))
    return Snapshots(office, queue, date, numbers)


def _numbers(rows: list[tuple[int, list[str]]], name: str, place: int, wrong: list[str]) -> Numbers:
    """One column; adds a sentence to `wrong` for every cell that holds no number that can be."""
    low, high = BOUNDS.get(name, (0.0, 1e6))
    found = np.empty(len(rows), dtype=np.float64)
    for at, (number, row) in enumerate(rows):
        value = _number(row[place])
        found[at] = np.nan if value is None else value
        if value is None and name in ("t", "waiting"):
            wrong.append(f"{number}: {name} is empty. Leave the line out if it isn't known.")
        elif value is not None and not low <= value <= high:  # NaN of a text fails here too
            wrong.append(f"{number}: {name} is {row[place]!r}. Write a number from {low:g} to {high:g}.")
    return found


def _number(text: str) -> float | None:
    """None if it is unknown, NaN if it is no number."""
    text = text.strip()
    if text.lower() in NOTHING:
        return None
    try:
        return float(text)
    except ValueError:
        return float("nan")
