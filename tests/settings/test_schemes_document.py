"""docs/schemes.md knows every key of a scheme, and no other; its defaults and examples are true."""

from __future__ import annotations

import json
import tomllib
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest
from pydantic import TypeAdapter

from scoring import scheme_rules as rules
from scoring.facts import KINDS
from scoring.scheme import Group, Item, Part, Scheme
from settings.reading import ROOT
from settings.records import hints_of

RECORDS: dict[str, type[Any]] = {
    "The file": Scheme,
    "[[parts]]": Part,
    "[[groups]]": Group,
    "[[items]]": Item,
    "[rating]": rules.RatingRule,
    "[[rating.verdicts]]": rules.Verdict,
    "[levels]": rules.LevelPoints,
    "[[grades]]": rules.Grade,
    "[[bars]]": rules.Bar,
    "[[conversions]]": rules.Conversion,
    "[taking_part]": rules.TakingPart,
    "[winners]": rules.Winners,
    "[ranking]": rules.RankingRule,
    "[annual]": rules.AnnualRule,
}


class Row(NamedTuple):
    section: str
    key: str
    meaning: str
    default: str
    example: str


@cache
def text() -> str:
    return (ROOT / "docs" / "schemes.md").read_text("utf-8")


@cache
def rows() -> tuple[Row, ...]:
    found, section = [], ""
    for line in text().splitlines():
        if line.startswith("#"):
            section = line.lstrip("# ")
        elif line.startswith("| `") and section in RECORDS:
            found.append(Row(section, *(cell.strip().strip("`") for cell in line.strip("|").split(" | "))))
    return tuple(found)


def plain(value: object) -> object:
    if is_dataclass(value):
        return {}
    return float(value) if isinstance(value, Decimal) else json.loads(json.dumps(value))


def test_every_key_is_documented_and_no_other() -> None:
    known = [(heading, each.name) for heading, record in RECORDS.items() for each in fields(record)]
    assert sorted((row.section, row.key) for row in rows()) == sorted(known)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.section}.{row.key}")
def test_defaults_and_examples_are_true(row: Row) -> None:
    field = next(each for each in fields(RECORDS[row.section]) if each.name == row.key)
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    if default is MISSING or default is None:
        assert row.default == ("required" if default is MISSING else "none")
    else:
        assert tomllib.loads(f"x = {row.default}")["x"] == plain(default)
    example = json.dumps(tomllib.loads(f"x = {row.example}")["x"], default=str)
    TypeAdapter(hints_of(RECORDS[row.section])[row.key]).validate_json(example, strict=True)


def test_every_kind_of_fact_and_every_shipped_scheme_is_named() -> None:
    assert not [kind for kind in KINDS if kind != "item" and f"`{kind}`" not in text()]
    assert not [each.name for each in (ROOT / "schemes").glob("*.toml") if f"`{each.name}`" not in text()]
