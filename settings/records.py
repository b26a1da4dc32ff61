"""What the records of a hall file look like from outside: which keys a place has and what each expects."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from queueing.house import House, Text
from settings.findings import KeyPath

NOUNS: dict[object, str] = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    Decimal: "a number",
    bool: "true or false",
    date: "a date such as 2026-10-01",
    Text: '{ zh = "…", en = "…" }',
}


@cache
def hints_of(record: type) -> dict[str, Any]:
    """The type of every key of a record."""
    return get_type_hints(record)


def hint_at(path: KeyPath, root: type = House) -> Any:
    """The type that stands at a place; `None` where no record knows the place."""
    hint: Any = root
    for part in path:
        hint = _inside(hint, part)
    return hint


def record_in(hint: Any) -> Any:
    """The record type of an optional record; anything else as it is."""
    parts = get_args(hint)
    return next((each for each in parts if is_dataclass(each)), hint) if type(None) in parts else hint


def present(hint: Any) -> Any:
    """What stands at a place that may be left out, when something does."""
    parts = get_args(hint)
    return next(each for each in parts if each is not type(None)) if type(None) in parts else hint


def _inside(hint: Any, part: str | int) -> Any:
    hint = present(hint)
    kind, parts = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return record_in(hints_of(hint).get(str(part)))
    if kind is tuple:
        return parts[0]
    return parts[1] if kind is dict else None


def keys_at(path: KeyPath, root: type = House) -> tuple[str, ...]:
    """The keys that the record at this place knows."""
    record = hint_at(path, root)
    return tuple(each.name for each in fields(record)) if is_dataclass(record) else ()


def has_default(path: KeyPath) -> bool:
    """Whether the key may be left out."""
    record = hint_at(path[:-1])
    if not is_dataclass(record):
        return False
    mine = [each for each in fields(record) if each.name == path[-1]]
    return any(each.default is not MISSING or each.default_factory is not MISSING for each in mine)


def expected(hint: Any) -> str:
    """What a person should write there."""
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(json.dumps(each) for each in get_args(hint))
    if get_origin(hint) is tuple:
        return _list_of(get_args(hint))
    if type(None) in get_args(hint):
        return expected(present(hint))
    return NOUNS.get(hint, "a table")


def _list_of(parts: tuple[Any, ...]) -> str:
    count = "" if Ellipsis in parts else f"{len(parts)} × "
    return f"a list [{count}{expected(parts[0])}]"


def shown(value: object) -> str:
    """A value as the file might have it, short enough for one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
