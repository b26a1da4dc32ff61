"""Every route, every socket event and every screen, tried by everybody: docs/access.md is what came of it.

`make access` writes the document anew.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.city.cities import EXAMPLE, RunningCity, admitted
from tests.doors.asking import WANDERER, Asker, everybody
from tests.people.conftest import built_of
from tests.running import PATIENCE, ROOT, SMALL, RunningHall, first_words, running_hall, start
from tests.scene import Scene
from web.access import ACCESS, STANDS_AT
from web.admission import line_of
from web.city_access import DOORS_OF_THE_CITY
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

CITY = """
## At a city's own address

The doors of a [city](city.md)'s pages and office, tried in the same way; every other door of a hall isn't
there. The people are the city's; whoever is signed in at a hall of it is nobody here.

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


@pytest.fixture(scope="module")
def at_the_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Found, list[Asker]]]:
    """The same at a city's own address, with everybody of the city and a hall's administrator."""
    folder = tmp_path_factory.mktemp("city")
    process = start(folder / "data", EXAMPLE)
    try:
        city = RunningCity(EXAMPLE, folder / "data", process, first_words(process))
        people = everybody_of(city)
        doors = sorted((d for d in DOORS_OF_THE_CITY if " " in d), key=lambda d: d.split()[::-1])
        yield {door: {each.name: each.is_let_in_by(door) for each in people} for door in doors}, people
        for person in city.people:
            person.close()
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def everybody_of(city: RunningCity) -> list[Asker]:
    boss, anyone = city.administrator(), frozenset({"anyone"})
    staff = [Asker("administrator", boss, anyone | {"administrator"}, extra=WANDERER)]
    for name, words in (("citywatch", "supervisor"), ("review", "inspector")):
        given = boss.post(f"/api/v1/staff/{name}/one_time_password")["one_time_password"]
        person = admitted(city.at(), name, given)
        staff.append(Asker(words.replace("inspector", "evaluator"), person, anyone | {words}, extra=WANDERER))
    of_a_hall = city.at("city", city.administrator("xinqu"))
    strangers = [Asker("nobody", city.at(), anyone, extra=WANDERER)]
    return [*strangers, Asker("a hall's administrator", of_a_hall, anyone, extra=WANDERER), *staff[::-1]]


def test_at_the_citys_own_address_the_same_table_holds(at_the_city: tuple[Found, list[Asker]]) -> None:
    found, people = at_the_city
    wrong = [
        f"{door}: {each.name}"
        for door, row in found.items()
        for each in people
        if row[each.name] is not expected(door, each)
    ]
    assert wrong == []


def test_the_document_says_what_was_found(
    found: Found, askers: list[Asker], at_the_city: tuple[Found, list[Asker]]
) -> None:
    said = document(found, [asker.name for asker in askers])
    said += of_the_city(at_the_city[0], [asker.name for asker in at_the_city[1]])
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
    return head + table(found, names)


def of_the_city(found: Found, names: list[str]) -> str:
    return CITY + table(found, names)


def table(found: Found, names: list[str]) -> str:
    lines = ["| door | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    lines += [
        f"| `{door}` | " + " | ".join(IN if row[name] else OUT for name in names) + " |"
        for door, row in found.items()
    ]
    return "\n".join(lines) + "\n"
