"""Any value for any key: the hall file is refused with its line and a remedy, or the hall works with it."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import date, time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queueing import looks
from queueing.clock import HandClock
from queueing.errors import HallError
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.ratings import Ratings
from scoring.scores import Scores
from scoring.watch import Watch
from settings import HallFileError, load_house
from settings.records import hints_of
from settings.schemes import load_scheme
from storage.store import SqliteStore
from tests.scene import MONDAY_NINE
from tests.settings.sections import RECORDS
from tests.settings.test_corruption import assert_told_well, written

ROOT = Path(__file__).resolve().parents[2]
SMALL = (ROOT / "tests" / "halls_for_tests" / "small.toml").read_text("utf-8")
REAL = (ROOT / "config.toml").read_text("utf-8")
KEYS = count(1)


def settings_of_records() -> Iterator[tuple[str, str]]:
    """Every heading that a hall file may have, with each of its keys."""
    for heading, record in RECORDS.items():
        if heading != "Texts":
            yield from ((heading.replace("<name>", "walk_in"), each.name) for each in fields(record))


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{toml(key)} = {toml(each)}' for key, each in value.items())} }}"
    return str(value)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
near = st.sampled_from(
    ["1", "id-card", "office", "main", "police", "mon", "08:30", "Asia/Shanghai", "", "../x"]
)
numbers = (
    st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 120) | st.floats(allow_nan=True) | st.floats(0, 10)
    | st.sampled_from([0, 1e18, 1e300, 86_400, 366, 2**31, 2**53])
)  # fmt: skip
plain = words | near | numbers | st.booleans() | st.dates(date(1, 1, 1)) | st.times()
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=2), max_leaves=4
)


def values_for(heading: str, key: str) -> st.SearchStrategy[Any]:
    """Mostly of the right kind: what is of another is refused at the first look."""
    hint = hints_of(RECORDS[heading.replace("walk_in", "<name>")])[key]
    return {float: numbers, int: numbers, str: words | near}.get(hint, values) | values


def spoilt(text: str, heading: str, key: str, value: Any) -> str:
    """The hall file with that key set; a section that it doesn't have is added at its end."""
    row = f"{key} = {toml(value)}"
    at = text.find(f"\n{heading}\n")
    if at < 0:
        return f"{text}\n{heading}\n{row}\n"
    body = at + len(heading) + 2
    end = re.search(r"^\[", text[body:], re.M)
    section = text[body : body + end.start()] if end else text[body:]
    found = re.search(rf"^{key} = (\[\n.*?^\]|[^\n]*)$", section, re.M | re.S)
    changed = section.replace(found[0], row, 1) if found else f"{row}\n{section}"
    return text[:body] + changed + text[body + len(section) :]


def opened(text: str, folder: Path) -> House | None:
    """The house, or None when it is refused as it should be."""
    file = written(folder, text)
    try:
        return load_house(file)
    except HallFileError as error:
        assert_told_well(error, file, text)
        return None


def play(house: House, folder: Path) -> None:
    """A visit at the first window; the hall may refuse what its file forbids, and breaks down at nothing."""
    clock, store = HandClock(MONDAY_NINE), SqliteStore(folder, house.hall.id)
    try:
        visit(Hall(house, store, clock), clock)
    finally:
        store.close()


def visit(hall: Hall, clock: HandClock) -> None:
    ratings, window = Ratings(hall), hall.house.windows[0].id
    clerk = Press("staff:li", "clerk", clerk="li")
    steps: list[Any] = [
        lambda: hall.sit(window=window, by=clerk),
        lambda: hall.issue(service=hall.house.services[0].id, by=Press("kiosk", "kiosk")),
        lambda: hall.call_next(window=window, by=clerk),
        lambda: hall.mark_no_show(window=window, by=clerk),
        lambda: hall.undo(window=window, by=clerk),
        lambda: hall.serve(window=window, by=clerk),
        lambda: hall.finish(window=window, by=clerk),
        lambda: hall.store.look(lambda desk: ratings.asked_at_pad(desk, window, hall.now())),
    ]
    for step in steps:
        refused_or_done(step)
        clock.turn(seconds=2)
    look_around(hall, ratings, window)


def seen_by_phone(hall: Hall, desk: Desk, key: str) -> Json:
    at = hall.now()
    return looks.phone(hall, desk, at, key, lambda: hall.line(desk, at))


def look_around(hall: Hall, ratings: Ratings, window: str) -> None:
    tickets = hall.store.look(lambda desk: desk.called_since("2026", 5))
    scores = Scores(hall, load_scheme(ROOT / "schemes" / "county-window.toml"))
    for ticket in tickets:
        by = Press(f"ticket:{ticket.key}", "holder", key=f"k{next(KEYS)}")
        refused_or_done(
            lambda by=by, key=ticket.key: ratings.rate_by_phone(ticket=key, level="satisfied", by=by)
        )
        hall.store.look(lambda desk, key=ticket.key: seen_by_phone(hall, desk, key))
    hall.store.look(lambda desk: hall.lines(desk, hall.now()))
    hall.store.look(lambda desk: looks.terminal(hall, desk, hall.now(), window, "li"))
    hall.store.look(lambda desk: scores.table(desk, "2026-10"))
    hall.store.look(lambda desk: Watch(hall).flags(desk, "2026-10"))


def refused_or_done(step: Any) -> None:
    with suppress(HallError):
        step()


often = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "6")), deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.parametrize(("heading", "key"), list(settings_of_records()), ids=lambda each: each)
def test_any_value_is_told_or_the_hall_works_with_it(heading: str, key: str) -> None:
    @often
    @given(value=values_for(heading, key))
    def tried(value: Any) -> None:
        with TemporaryDirectory() as folder:
            house = opened(spoilt(SMALL, heading, key, value), Path(folder))
            if house is not None:
                play(house, Path(folder) / "data")

    tried()


@settings(
    max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(which=st.sampled_from(list(settings_of_records())), value=values)
def test_the_real_hall_file_as_well(which: tuple[str, str], value: Any) -> None:
    with TemporaryDirectory() as folder:
        opened(spoilt(REAL, *which, value), Path(folder))


def test_a_spoilt_file_has_the_value_where_it_was_put() -> None:
    assert "\n[rating]\npad_seconds = -1\nphone_days = 7.0" in spoilt(SMALL, "[rating]", "pad_seconds", -1)
    assert 'id = "id-card"\ndepartment = 7\n' in spoilt(SMALL, "[[services]]", "department", 7)
    assert spoilt(SMALL, "[server]", "port", 1.5).endswith(
        "\n[server]\nport = 1.5\n"
    ) or "port = 1.5" in spoilt(SMALL, "[server]", "port", 1.5)


def test_every_kind_of_value_is_toml() -> None:
    for value in ('a"b\x7f', 1, 1.5, True, date(2026, 1, 2), time(8, 30), [1, "x"], {"a b": [{}]}):
        assert tomllib.loads(f"it = {toml(value)}")["it"] == value
