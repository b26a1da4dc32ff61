"""Reads the facts of one window or clerk from a CSV file, written by hand or saved from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from queueing.errors import HallError
from queueing.records import Json
from scoring.fact_errors import DayTooEarly, NotAList
from scoring.fact_rules import POINTS, TIMES, VALUES, must_be_plain
from scoring.facts import KINDS, Fact, Kind
from scoring.importing import COLUMNS
from scoring.levels import LEVELS
from scoring.lists import Row, all_rows, day_of, number_of
from scoring.matching import names_it
from scoring.scheme import Item, Scheme

MOST_BYTES, MISTAKES_TOLD = 5_000_000, 50
NEEDED = ("day", "item")
HEADING = "The first line is date,item,times,note; points, value, window and clerk may follow."
UNREADABLE = {
    "column": "unknown column '{column}', or it stands there twice. " + HEADING,
    "column_missing": "there is no column {column}. " + HEADING,
    "quotes": "isn't CSV: a quotation mark isn't closed, or stands in a cell alone. Save it as CSV again.",
    "too_long": "has more than {most} lines. Split it by months.",
    "encoding": "is no text in UTF-8 or GBK; is it an Excel workbook? Save it as CSV.",
}


TOO_MANY = ("has more cells than the first line has columns.", 'Put notes with commas in quotes: "…".')
BOUNDS = {"times": TIMES, "value": VALUES, "points": (-POINTS, POINTS)}
"""The same as in the office."""
NARROWER: dict[str, tuple[str, ...]] = {
    "rated": LEVELS,
    "complaint": ("attitude", "case"),
    "praise": ("attitude", "quality"),
    "examination": ("passed", "failed"),
}
"""What kinds of facts may be about; a scheme may name more in what its items count."""


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
            wrong.append(f"{path}:{row.number}: {': '.join(each.args[:-1])} {each.args[-1]}")
    if wrong:
        more = [f"And {len(wrong) - MISTAKES_TOLD} more."] if len(wrong) > MISTAKES_TOLD else []
        raise WrongFacts("\n".join(wrong[:MISTAKES_TOLD] + more))
    return facts


def not_counted(facts: Sequence[Fact], scheme: Scheme) -> list[Json]:
    """The kinds of facts that no item and no bar of the scheme counts, with their facts."""
    named = {each for item in scheme.items for each in (*item.counts, *item.of)}
    named |= {each for bar in scheme.bars for each in bar.counts} | ({"rated"} if scheme.rating else set())
    found: dict[str, list[str]] = {}
    for fact in facts:
        if fact.kind != "item" and not names_it(named, fact):
            found.setdefault(f"{fact.kind}:{fact.item}".removesuffix(":"), []).append(fact.id)
    return [{"item": what, "facts": ids} for what, ids in sorted(found.items())]


def _rows(path: Path) -> list[Row]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WrongFacts(f"{path}: can't be read: {error.strerror}. Name a CSV file.") from error
    if len(content) > MOST_BYTES:
        raise WrongFacts(f"{path}: is larger than 5 MB. Split it by months.")
    try:
        return all_rows(content, COLUMNS, NEEDED)
    except NotAList as error:
        told = {"column": "", **error.detail}
        told["column"] = {"day": "date"}.get(told["column"], told["column"])
        line = f":{told['line']}" if "line" in told else ""
        raise WrongFacts(f"{path}{line}: {UNREADABLE[told['why']].format(**told)}") from error


def _fact(key: str, row: Row, scheme: Scheme) -> Fact:
    if row.too_many:
        raise Mistake(*TOO_MANY)
    kind, item = _what(row, scheme)
    times, value = _how_much(row, kind, scheme.item(item) if kind == "item" else None)
    points = _figure(row, "points")
    if kind == "item" and points is not None:
        _must_fit(cast(Item, scheme.item(item)), points)
    return Fact(
        key, _day(row.get("day")), kind, item, scheme.id if kind == "item" else "",
        row.get("window") or None, row.get("clerk") or None, times, value, points, row.get("note"), "import",
    )  # fmt: skip


def _how_much(row: Row, kind: Kind, item: Item | None) -> tuple[Decimal, Decimal | None]:
    """How often, and what was measured: a part's score may stand in either column, 0 as well."""
    if kind == "figure" or (item is not None and item.measures):
        column = "value" if row.get("value") or not row.get("times") else "times"
        value = _figure(row, column, "value")
        if value is None:
            raise Mistake("value", "is empty.", "Write the figure.")
        return Decimal(1), value
    times = _figure(row, "times")
    return Decimal(1) if times is None else times, _figure(row, "value")


def _day(text: str) -> str:
    try:
        return day_of(text)
    except DayTooEarly as early:
        remedy = f"Write {early.detail['first']} or a later day; is the year right?"
        raise Mistake("date", f"'{text}' is too long ago.", remedy) from None
    except HallError:
        raise Mistake("date", f"'{text}' isn't a day.", "Write it like 2026-10-02.") from None


def _figure(row: Row, column: str, like: str = "") -> Decimal | None:
    """Within the office's bounds for it, or for what it is like."""
    text = row.get(column)
    try:
        found = number_of(text)
    except HallError:
        raise Mistake(column, f"'{text[:40]}' isn't a number.", "Write it like 2 or 0.5.") from None
    least, most = BOUNDS[like or column]
    try:
        must_be_plain(found, least, most)
    except HallError:
        remedy = f"Write {least} to {most}, with two decimals at most."
        raise Mistake(column, f"can't be {found}.", remedy) from None
    return found


def _what(row: Row, scheme: Scheme) -> tuple[Kind, str]:
    """An item's code, or a kind of fact with what it is about: `late`, `rated:satisfied`."""
    text = row.get("item")
    if row.get("scheme") not in ("", scheme.id):
        remedy = f"Leave the cell empty, or take the line out: this score is by {scheme.id}."
        raise Mistake("scheme", f"'{row.get('scheme')}' is another scheme.", remedy)
    if scheme.item(text) and row.get("kind") in ("", "item"):
        return "item", text
    told = f"{row.get('kind')}:{text}".strip(":")
    if told not in kinds_of(scheme):
        raise Mistake("item", f"'{told}' is no item of {scheme.id}.", nearest(told, scheme))
    kind, _, narrow = told.partition(":")
    return cast(Kind, kind), narrow


def kinds_of(scheme: Scheme) -> list[str]:
    """Every kind of fact as it is written in a file; ratings and figures only with what they are about."""
    counted = [each.rstrip(":") for item in scheme.items for each in (*item.counts, *item.of)]
    counted += [each.rstrip(":") for bar in scheme.bars for each in bar.counts]
    usual = [f"{kind}:{narrow}" for kind, several in NARROWER.items() for narrow in several]
    known = dict.fromkeys([*KINDS, *usual, *counted])
    return [each for each in known if each not in ("item", "rated", "figure")]


def nearest(text: str, scheme: Scheme) -> str:
    """The codes and kinds that were probably meant; all codes when none is near."""
    codes = [item.code for item in scheme.items]
    near = get_close_matches(text, codes + kinds_of(scheme), n=5, cutoff=0.4)
    return f"The nearest: {', '.join(near)}." if near else f"The items: {', '.join(codes)}."


def _must_fit(item: Item, points: Decimal) -> None:
    """Points outside the item's range are refused here, where somebody can still correct them."""
    other = item.points if item.up_to is None else item.up_to
    if not abs(item.points) <= abs(points) <= abs(other):
        told = str(item.points) if item.up_to is None else f"{item.points} to {item.up_to}"
        raise Mistake("points", f"{points} isn't what {item.code} gives.", f"It gives {told}.")
