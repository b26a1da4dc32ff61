"""Every route, every socket event and every screen, tried by everybody: docs/access.md is what came of it.

`make access` writes the document anew.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.asking import Asker, everybody
from tests.people.conftest import built_of
from tests.running import ROOT, SMALL, RunningHall, running_hall
from tests.scene import Scene
from web.access import ACCESS, STANDS_AT
from web.admission import line_of
from web.opening import open_web

DOCUMENT = ROOT / "docs" / "access.md"
MORE_STAFF = """
[[staff]]
id = "guo"
name = { zh = "郭引导", en = "Guo the guide" }
post = { zh = "引导员", en = "Guide" }
role = "guide"

[[staff]]
id = "he"
name = { zh = "何督查", en = "He the inspector" }
post = { zh = "督查员", en = "Inspector" }
role = "inspector"
"""
IN, OUT = "yes", "·"
Row = dict[str, bool]
Found = dict[str, Row]

HEAD = """# Who may come in where

Made by `make access`, which tries every route, socket event and screen of a running hall as everybody; a
test compares this file with what it finds. *{yes}*: let in. *{no}*: refused with 401 or 403, sent to a door
(`/login`, `/pair`, `/password`), or, with a forged link, told that there is no such ticket. *Elsewhere* is a
screen that was paired for another window or area than the one it asks for. The ticket holder has the link of
that ticket, everybody else a forged one. What the hall itself decides inside an open door (a clerk presses
at the own window only, a pad rates a ticket of its window only) is tested elsewhere.

{tries} tries: {doors} doors × {askers} askers; {let_in} let in, {refused} refused, and each refused press
once more with its key. None of them changed anything in the hall.

"""


def routes(folder: Path) -> list[str]:
    """Every route that the app has, in the order of the access table."""
    scene = Scene(folder)
    app = open_web(built_of(scene, folder))
    found = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    scene.close()
    return sorted(found, key=lambda door: (door.split(" ", 1)[1], door))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("matrix")
    file = folder / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + MORE_STAFF, "utf-8")
    with running_hall(folder / "data", file) as running:
        running.data = folder / "data"  # type: ignore[attr-defined]
        yield running


@pytest.fixture(scope="module")
def askers(hall: RunningHall) -> list[Asker]:
    return everybody(hall)


@pytest.fixture(scope="module")
def found(hall: RunningHall, askers: list[Asker], tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What came of every try; nothing in the hall has moved by them."""
    before = state_of(hall)
    doors = routes(tmp_path_factory.mktemp("routes"))
    tried = {door: {asker.name: asker.is_let_in_by(door) for asker in askers} for door in doors}
    for screen in (line for line in ACCESS if line.startswith("screen:")):
        kind = screen.removeprefix("screen:")
        tried[screen] = {asker.name: asker.joins(hall, kind) for asker in askers}
    assert state_of(hall) == before
    return tried


def state_of(hall: RunningHall) -> list[list[tuple[object, ...]]]:
    """All that a try could have changed; the audit trail may have grown."""
    with sqlite3.connect(f"file:{hall.data}/hall.db?mode=ro", uri=True) as db:  # type: ignore[attr-defined]
        state = [db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]
        state.append(
            db.execute('SELECT * FROM events WHERE ticket IS NOT NULL OR "window" IS NOT NULL').fetchall()
        )
    db.close()
    return state


MOVES = 'SELECT * FROM events WHERE ticket IS NOT NULL OR "window" IS NOT NULL'
TABLES = (
    "tickets",
    "windows",
    "numbers",
    "ratings",
    "accounts",
    "sessions",
    "devices",
    "pairing_codes",
    "door_switches",
)


def test_everybody_is_let_in_where_the_table_says_and_nowhere_else(found: Found, askers: list[Asker]) -> None:
    wrong = [
        f"{door}: {asker.name}"
        for door, row in found.items()
        for asker in askers
        if row[asker.name] is not expected(door, asker)
    ]
    assert wrong == []


def expected(door: str, asker: Asker) -> bool:
    """By the table, and by where the screen was paired."""
    line = line_of(door)
    assert line is not None, f"no line for {door}"
    if "<token>" in door or door == "screen:phone":
        return asker.name == "ticket holder"
    fitting = line & asker.words
    at_a_place = f"<{STANDS_AT.get(asker.elsewhere, '-')}>" in door or door.startswith("screen:")
    if asker.elsewhere and at_a_place:
        fitting -= {asker.elsewhere}
    return bool(fitting)


def test_the_document_says_what_was_found(found: Found, askers: list[Asker]) -> None:
    said = document(found, [asker.name for asker in askers])
    if os.environ.get("ACCESS") == "write":
        DOCUMENT.write_text(said, "utf-8")
    assert DOCUMENT.read_text("utf-8") == said, "docs/access.md is old: make access"


def document(found: Found, names: list[str]) -> str:
    let_in = sum(sum(row.values()) for row in found.values())
    tries = len(found) * len(names)
    head = HEAD.format(
        yes=IN,
        no=OUT,
        tries=tries,
        doors=len(found),
        askers=len(names),
        let_in=let_in,
        refused=tries - let_in,
    )
    lines = ["| door | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    lines += [
        f"| `{door}` | " + " | ".join(IN if row[name] else OUT for name in names) + " |"
        for door, row in found.items()
    ]
    return head + "\n".join(lines) + "\n"
