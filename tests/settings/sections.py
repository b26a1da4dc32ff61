"""The sections that a hall file may have, worked out from the records alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import get_args, get_origin

from queueing.house import House, Text
from settings.records import hints_of, record_in


def sections(record: type = House, above: str = "") -> Iterator[tuple[str, type]]:
    """The heading of every record below this one, derived from the records alone."""
    for name, hint in hints_of(record).items():
        inner = record_in(hint)
        parts = [part for part in (inner, *get_args(inner)) if is_dataclass(part) and part is not Text]
        for part in parts:
            assert isinstance(part, type)
            heading = heading_of(get_origin(inner), above + name)
            yield heading, part
            yield from sections(part, f"{above}{name}.")


def heading_of(kind: object, path: str) -> str:
    if kind is tuple:
        return f"[[{path}]]"
    return f"[{path}.<name>]" if kind is dict else f"[{path}]"


RECORDS = {**dict(sections()), "Texts": Text}
