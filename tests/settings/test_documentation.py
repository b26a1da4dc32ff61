"""docs/configuration.md knows every key of every record, and no other; its defaults and examples are true."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import TypeAdapter

from queueing.house import Text
from settings.records import hints_of
from tests.settings.sections import RECORDS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


class Row(NamedTuple):
    """A line of a table in the document."""

    section: str
    key: str
    meaning: str
    default: str
    unit: str
    example: str


@cache
def documented() -> tuple[Row, ...]:
    rows, section = [], ""
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("#"):
            section = line.lstrip("# ")
        elif line.startswith("| `"):
            rows.append(Row(section, *(cell.strip().strip("`") for cell in line.strip("|").split(" | "))))
    return tuple(rows)


def known_keys() -> set[tuple[str, str]]:
    return {(heading, each.name) for heading, record in RECORDS.items() for each in fields(record)}


def field_of(row: Row) -> Field[Any]:
    return next(each for each in fields(RECORDS[row.section]) if each.name == row.key)


def plain(value: object) -> object:
    """A default as TOML would give it back."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, tuple) and value and all(is_dataclass(each) for each in value):
        return [
            {key: said for key, said in vars(each).items() if said != getattr(type(each)(), key)}
            for each in value
        ]
    if is_dataclass(value) and not isinstance(value, type):
        assert value == type(value)(), "only an empty table can be written as one"
        return {}
    return json.loads(json.dumps(value))


def test_the_sections_are_found() -> None:
    some = {"[hall]", "[[hours.open]]", "[[windows.helps]]", "[classes.<name>]", "[[rating.reasons]]"}
    assert some <= set(RECORDS)


def test_every_key_is_documented_and_no_other() -> None:
    assert {(row.section, row.key) for row in documented()} == known_keys()
    assert len(documented()) == len(known_keys())


@pytest.mark.parametrize("row", documented(), ids=lambda row: f"{row.section}.{row.key}")
def test_every_row_is_filled_and_its_default_is_true(row: Row) -> None:
    assert all(row)
    field = field_of(row)
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    if default is MISSING:
        assert row.default == "required"
    elif default is None:
        assert row.default == "none"
    else:
        assert tomllib.loads(f"x = {row.default}")["x"] == plain(default)


@pytest.mark.parametrize("row", documented(), ids=lambda row: f"{row.section}.{row.key}")
def test_every_example_is_what_the_key_takes(row: Row) -> None:
    example = json.dumps(tomllib.loads(f"x = {row.example}")["x"], default=str)
    hint = hints_of(RECORDS[row.section])[row.key]
    TypeAdapter(hint).validate_json(example, strict=True)


def test_what_looks_like_a_key_in_the_text_between_the_tables_is_one() -> None:
    known = {key for _, key in known_keys()} | {"walk_in", "priority", "appointment"}
    prose = [line for line in DOCUMENT.read_text("utf-8").splitlines() if not line.startswith(("|", "    "))]
    words = {word for line in prose for word in re.findall(r"`([a-z_]+)`", line)}
    assert words <= known
