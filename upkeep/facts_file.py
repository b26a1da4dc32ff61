"""Reads the facts of one window or clerk from a CSV file, written by hand or saved from Excel."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from queueing.errors import HallError
from scoring.fact_errors import NotAList
from scoring.facts import KINDS, Fact, Kind
from scoring.importing import COLUMNS
from scoring.levels import LEVELS
from scoring.lists import Row, day_of, number_of, rows_of
from scoring.scheme import Item, Scheme

MOST_BYTES, MISTAKES_TOLD = 5_000_000, 50
NEEDED = ("day", "item")
HEADING = "The first line is date,item,times,note; points, value, window and clerk may follow."
UNREADABLE = {
    "column": "unknown column '{column}', or it stands there twice. " + HEADING,
    "column_missing": "there is no column {column}. " + HEADING,
    "quotes": "isn't CSV: a quotation mark isn't closed, or stands in a cell alone. Save it as CSV again.",
    "too_many_cells": 'has more cells than the first line has columns. Put notes with commas in quotes: "…".',
    "too_long": "has more than {most} lines. Split it by months.",
    "encoding": "is no text in UTF-8 or GBK; is it an Excel workbook? Save it as CSV.",
}


class WrongFacts(Exception):
    """What is wrong with the file: every mistake with line, column and remedy."""


class Mistake(Exception):
    """One cell that can't count; `args` are its column, what is wrong, and what to do."""


def facts_in(path: Path, scheme: Scheme) -> list[Fact]:
    """Every fact of the file; raises WrongFacts with all mistakes at once."""
    facts, wrong = [], []
    for row in _rows(path):
        try:
            facts.append(_fact(f"{path.name}:{row.number}", row, scheme))
        except Mistake as each:
            column, problem, remedy = each.args
            wrong.append(f"{path}:{row.number}: {column}: {problem} {remedy}")
    if wrong:
        raise WrongFacts("\n".join(wrong[:MISTAKES_TOLD]))
    return facts


def _rows(path: Path) -> list[Row]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongFacts(f"{path}: can't be read: {error.strerror}. Name a CSV file.") from error
    if len(content) > MOST_BYTES:
        raise WrongFacts(f"{path}: is larger than 5 MB. Split it by months.")
    try:
        return rows_of(content, COLUMNS, NEEDED)
    except NotAList as error:
        told = {"column": "", **error.detail}
        told["column"] = {"day": "date"}.get(told["column"], told["column"])
        line = f":{told['line']}" if "line" in told else ""
        raise WrongFacts(f"{path}{line}: {UNREADABLE[told['why']].format(**told)}") from error


def _fact(key: str, row: Row, scheme: Scheme) -> Fact:
    kind, item = _what(row, scheme)
    times, points = _figure(row, "times"), _figure(row, "points")
    if times is not None and times <= 0:
        raise Mistake("times", f"can't be {times}.", "Write how often it happened, or leave out the line.")
    if kind == "item" and points is not None:
        _must_fit(cast(Item, scheme.item(item)), points)
    return Fact(
        key, _day(row.get("day")), kind, item, scheme.id if kind == "item" else "",
        row.get("window") or None, row.get("clerk") or None, Decimal(1) if times is None else times,
        _figure(row, "value"), points, row.get("note"), "import",
    )  # fmt: skip


def _day(text: str) -> str:
    try:
        return day_of(text)
    except HallError:
        raise Mistake("date", f"'{text}' isn't a day.", "Write it like 2026-10-02.") from None


def _figure(row: Row, column: str) -> Decimal | None:
    text = row.get(column)
    try:
        return number_of(text)
    except HallError:
        raise Mistake(column, f"'{text}' isn't a number.", "Write it like 2 or 0.5.") from None


def _what(row: Row, scheme: Scheme) -> tuple[Kind, str]:
    """An item's code, or a kind of fact with what it is about: `late`, `rated:satisfied`."""
    text = row.get("item")
    if scheme.item(text) and row.get("kind") in ("", "item"):
        return "item", text
    kind, _, narrow = f"{row.get('kind')}:{text}".removeprefix(":").partition(":")
    if kind not in KINDS or kind == "item" or (kind == "rated" and narrow not in LEVELS):
        raise Mistake("item", f"'{text}' is no item of {scheme.id}.", nearest(text, scheme))
    return cast(Kind, kind), narrow


def nearest(text: str, scheme: Scheme) -> str:
    """The codes and kinds that were probably meant; all codes when none is near."""
    codes = [item.code for item in scheme.items]
    kinds = [kind for kind in KINDS if kind not in ("item", "rated")] + [f"rated:{level}" for level in LEVELS]
    near = get_close_matches(text, codes + kinds, n=5, cutoff=0.4)
    return f"The nearest: {', '.join(near)}." if near else f"The items: {', '.join(codes)}."


def _must_fit(item: Item, points: Decimal) -> None:
    """Points outside the item's range are refused here, where somebody can still correct them."""
    other = item.points if item.up_to is None else item.up_to
    if not abs(item.points) <= abs(points) <= abs(other):
        told = str(item.points) if item.up_to is None else f"{item.points} to {item.up_to}"
        raise Mistake("points", f"{points} isn't what {item.code} gives.", f"It gives {told}.")
