"""Fills every Traditional Chinese name that a hall file leaves out.

OpenCC's `s2tw` is used: the hall keeps its mainland words (登錄, 軟件, 窗口 - `s2twp` and `s2hk` would
change words or write 户, 説), yet the characters are those that readers of Traditional Chinese write
today (為, 眾, 群, 裡, where plain `s2t` writes 爲, 衆, 羣, 裏).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TypeVar, cast

from opencc import OpenCC

from queueing.house import Text

VARIANT = "s2tw"
CORRECTIONS = {"覆印": "複印"}
"""Where the characters around a word lead the derivation astray (证明复印件)."""
Record = TypeVar("Record")


@cache
def _converter() -> Callable[[str], str]:
    return cast(Callable[[str], str], OpenCC(VARIANT).convert)


@cache
def traditional(zh: str) -> str:
    """The same words in Traditional characters."""
    derived = _converter()(zh)
    for wrong, right in CORRECTIONS.items():
        derived = derived.replace(wrong, right)
    return derived


def with_traditional(record: Record) -> Record:
    """The record with every empty `zh_hant` below it filled; given ones stay."""
    return cast(Record, _filled(record))


def _filled(value: object) -> object:
    if isinstance(value, Text):
        return value if value.zh_hant else replace(value, zh_hant=traditional(value.zh))
    if isinstance(value, tuple):
        return tuple(_filled(part) for part in value)
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _filled(getattr(value, each.name)) for each in fields(value)})
    return value
