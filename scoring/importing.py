"""Facts out of a list: all lines or none, a wrong one by its number, the same list twice only once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from queueing.change import Change
from queueing.errors import HallError
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.entering import Checked, FactBook, must_be_of_others
from scoring.fact_rules import NewFact
from scoring.fact_store import fact_rows
from scoring.lists import Row, day_of, number_of, person_of, rows_of
from scoring.sittings import NOWHERE, Sat, sat_at

KNOWN = ("item", "times", "note", "window", "clerk", "kind", "scheme", "points", "value")
COLUMNS = {name: name for name in KNOWN} | {
    "date": "day", "day": "day", "日期": "day", "项目": "item", "次数": "times", "说明": "note",
    "备注": "note", "窗口": "window", "人员": "clerk", "类别": "kind", "办法": "scheme",
    "分值": "points", "数值": "value",
}  # fmt: skip
SHOWN = 200
"""Facts and wrong lines that an answer names; it counts all."""


@dataclass(frozen=True)
class Line:
    """A line of a list: what it wants to be kept, or what is wrong with it."""

    number: int
    wanted: NewFact | None = None
    wrong: HallError | None = None


@dataclass(frozen=True)
class Usual:
    """What lines stand for that name neither a window nor a clerk."""

    window: str | None = None
    clerk: str | None = None


def lines_of(content: bytes, house: House, usual: Usual) -> list[Line]:
    """The lines of a list of facts: date,item,times,note and more. Raises NotAList."""
    return [line_of(row, house, usual) for row in rows_of(content, COLUMNS, ("day",))]


def line_of(row: Row, house: House, usual: Usual) -> Line:
    try:
        return Line(row.number, wanted_by(row, house, usual))
    except HallError as error:
        return Line(row.number, wrong=error)


def wanted_by(row: Row, house: House, usual: Usual) -> NewFact:
    window, clerk = row.get("window") or None, person_of(house, row.get("clerk"))
    if window is None and clerk is None:
        window, clerk = usual.window, usual.clerk
    times = number_of(row.get("times"))
    return NewFact(
        day_of(row.get("day")), row.get("kind") or "item", row.get("item"), row.get("scheme"), window, clerk,
        Decimal(1) if times is None else times, number_of(row.get("value")), number_of(row.get("points")),
        row.get("note"),
    )  # fmt: skip


@dataclass(frozen=True)
class Prepared:
    """A list that was read: what can be kept, by its digest, and what is wrong with the other lines."""

    good: dict[str, Checked]
    wrong: list[Json]


class Importer:
    """Looks at lists before they are taken, and takes them."""

    def __init__(self, hall: Hall, book: FactBook) -> None:
        self._hall, self._book = hall, book

    def prepare(self, lines: Iterable[Line], today: str, by: Press) -> Prepared:
        """Takes a moment, and changes nothing."""
        good, wrong, lines = [], [], list(lines)
        sat = self._sat(lines, today, by)
        for line in lines:
            try:
                if line.wanted is not None:
                    must_be_of_others(line.wanted, by, sat)
                    good.append(self._book.checked(line.wanted, today, by))
                elif line.wrong is not None:
                    raise line.wrong
            except HallError as error:
                wrong.append({"line": line.number, "code": error.code, "detail": error.detail})
        return Prepared(digests_of(good), wrong)

    def _sat(self, lines: Iterable[Line], today: str, by: Press) -> Sat:
        """Where whoever sends the list sat on the days that it names."""
        days = [line.wanted.day for line in lines if line.wanted and line.wanted.day <= today]

        def look(desk: Desk) -> Sat:
            return sat_at(desk, self._hall, by.clerk, min(days), max(days)) if days else NOWHERE

        found: Sat = self._hall.store.look(look)
        return found

    def look(self, prepared: Prepared) -> Json:
        """What would become of it; nothing is kept."""

        def seen(desk: Desk) -> Json:
            return told(desk, prepared) | {"kept": 0}

        return self._hall.store.look(seen)

    def keep(self, prepared: Prepared, *, by: Press) -> Json:
        """Every line that isn't there yet, or none at all when one of them is wrong."""

        def work(change: Change) -> Json:
            answer = told(change.desk, prepared)
            if prepared.wrong:
                return answer | {"kept": 0}
            rows, there = fact_rows(change.desk), fact_rows(change.desk).digests([*prepared.good])
            for digest, checked in prepared.good.items():
                if digest not in there:
                    rows.add_fact(checked.fact(change, "import"), digest)
            if answer["new"]:
                change.note("facts_imported", {"facts": answer["new"], "lines": answer["lines"]})
            return answer | {"kept": answer["new"]}

        return self._hall.change(by, work)


def told(desk: Desk, prepared: Prepared) -> Json:
    good, wrong = prepared.good, prepared.wrong
    there = fact_rows(desk).digests([*good])
    new = [checked for digest, checked in good.items() if digest not in there]
    return {
        "lines": len(good) + len(wrong),
        "new": len(new),
        "known": len(good) - len(new),
        "wrong_lines": len(wrong),
        "wrong": wrong[:SHOWN],
        "facts": [shown(each) for each in new[:SHOWN]],
    }


def shown(checked: Checked) -> Json:
    """A fact that isn't kept yet."""
    told = vars(replace(checked.wanted, scheme=checked.scheme)) | {"note": checked.wanted.note.strip()}
    for name in ("times", "value", "points"):
        told[name] = None if told[name] is None else f"{told[name]:f}"
    return told


def digests_of(lines: Iterable[Checked]) -> dict[str, Checked]:
    """Told apart by what they say, and equal ones by how often that was said before in the same list."""
    said: Counter[str] = Counter()
    found = {}
    for checked in lines:
        words = json.dumps(asdict(checked), sort_keys=True, default=figure)
        said[words] += 1
        found[hashlib.sha256(f"{words}#{said[words]}".encode()).hexdigest()] = checked
    return found


def figure(number: Decimal) -> str:
    """2, 2.0 and 2.00 are one number."""
    return f"{number.normalize():f}"
