"""Lists that people send in: CSV as Excel and others write it, read line by line, each with its number."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from queueing.house import House
from queueing.people import UnknownStaff
from scoring.fact_errors import EmptyList, NotADay, NotAList, NotANumber
from scoring.fact_rules import must_not_be_too_early

MOST_LINES = 5000
MOST_BREAKS = 20 * MOST_LINES
"""Empty lines and those within notes included: whatever is longer isn't even read."""
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
NUMBER = re.compile(r"[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})")
"""Without an exponent: 0e-50000000 is short, and fifty million characters when it is written out."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""GBK, as Excel writes it in China, is a part of GB 18030."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One line: its number in the file, and its cells by the columns' names; empty cells are left out."""

    number: int
    cells: Mapping[str, str]
    too_many: bool = False
    """Has cells beyond the heading, as a note with a comma makes them that stands in no quotes."""

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


def rows_of(content: bytes, columns: Mapping[str, str], needed: Sequence[str]) -> list[Row]:
    """The same as `all_rows`, none of which may have too many cells. Raises EmptyList too."""
    found = all_rows(content, columns, needed)
    if not found:
        raise EmptyList()
    for row in found:
        if row.too_many:
            raise NotAList(why="too_many_cells", line=row.number)
    return found


def all_rows(content: bytes, columns: Mapping[str, str], needed: Sequence[str]) -> list[Row]:
    """Every line below the heading that isn't empty; `columns` tells whose heading it is. Raises NotAList."""
    text = text_of(content)
    if text.count("\n") + text.count("\r") > MOST_BREAKS:
        raise NotAList(why="too_long", most=MOST_LINES)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), strict=True)
    try:
        names = named(next((line for line in reader if any(line)), []), columns)
        for column in needed:
            if column not in names:
                raise NotAList(why="column_missing", column=column)
        found = [row_of(reader.line_num, names, line) for line in reader if any(map(str.strip, line))]
    except csv.Error as error:
        raise NotAList(why="quotes", line=reader.line_num) from error
    if len(found) > MOST_LINES:
        raise NotAList(why="too_long", most=MOST_LINES)
    return found


def heads(content: bytes) -> set[str]:
    """The words of the heading, as far as there is one."""
    try:
        first = next((line for line in text_of(content).splitlines() if line.strip()), "")
    except NotAList:
        return set()
    return {word.strip(' "').lower() for word in re.split("[,;\t]", first)}


def text_of(content: bytes) -> str:
    if content.startswith(UTF_16):
        return decoded(content, "utf-16")
    for encoding in ENCODINGS:
        try:
            return decoded(content, encoding)
        except NotAList:
            continue
    raise NotAList(why="encoding")


def decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise NotAList(why="encoding") from None
    if "\0" in text:
        raise NotAList(why="encoding")
    return text


def named(heading: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """The columns in their order; one that nobody knows would be lost, so it is refused."""
    names = [columns.get(cell.strip().lower(), "") for cell in heading]
    for name, cell in zip(names, heading, strict=True):
        if not name or names.count(name) > 1:
            raise NotAList(why="column", column=cell.strip()[:40])
    return names


def row_of(number: int, names: Sequence[str], line: Sequence[str]) -> Row:
    """A leading ' is Excel's mark for text."""
    cells = [cell.strip().removeprefix("'") for cell in line]
    filled = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    return Row(number, filled, any(cells[len(names) :]))


def day_of(text: str) -> str:
    """2026-10-05, also written 2026/10/5 or 2026年10月5日. Raises NotADay, DayTooEarly."""
    match = DATE.fullmatch(text)
    try:
        if not match:
            raise ValueError
        day = date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        raise NotADay(day=text[:40]) from None
    must_not_be_too_early(day)
    return day


def number_of(text: str) -> Decimal | None:
    """None for an empty cell."""
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise NotANumber(value=text[:40], least="0", most="100000")
    return Decimal(text)


def person_of(house: House, text: str) -> str | None:
    """The id of whoever is named by id, number or Chinese name; None for an empty cell."""
    if not text:
        return None
    found = list(ids_of(house, text))
    if len(found) != 1:
        raise UnknownStaff(staff=text[:40])
    return found[0]


def ids_of(house: House, text: str) -> Iterator[str]:
    """An id goes before a number, a number before a name; namesakes are all found."""
    for name in ("id", "number"):
        same = [person.id for person in house.staff if getattr(person, name) == text]
        if same:
            yield from same
            return
    yield from (person.id for person in house.staff if person.name.zh == text)
