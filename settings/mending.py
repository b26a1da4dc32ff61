"""Puts something harmless where a hall file has a wrong shape, so that the rest can still be checked."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from queueing.house import Text
from settings.findings import KeyPath, spelled
from settings.records import has_default, hint_at, keys_at

UNKNOWN = "unexpected_keyword_argument"
STAND_IN = "\0"
"""Begins every text put in by mending; what is said about such a text isn't the writer's mistake."""


def mend(data: Any, path: KeyPath, kind: str, value: object) -> None:
    """Rename, leave out or replace what stands at the path; a missing section stays missing."""
    if kind == UNKNOWN:
        _rename(_around(data, path), str(path[-1]), keys_at(path[:-1]))
    elif len(path) == 1:
        return
    elif hint_at(path) is str:
        _around(data, path)[path[-1]] = _text_for(path, kind, value)
    elif optional := _nearest_optional(path):
        _around(data, optional).pop(optional[-1], None)
    else:
        _replace(_around(data, path), path)


def _around(data: Any, path: KeyPath) -> Any:
    """What holds the place; an empty table where an earlier mending took it away."""
    for part in path[:-1]:
        there = part in data if isinstance(data, dict) else int(part) < len(data)
        data = data[part] if there else {}
    return data


def _rename(table: dict[str, Any], unknown: str, known: tuple[str, ...]) -> None:
    """To the key that was probably meant, unless that is there as well."""
    value = table.pop(unknown)
    for meant in get_close_matches(unknown, known, n=1, cutoff=0.6):
        table.setdefault(meant, value)


def _text_for(path: KeyPath, kind: str, value: object) -> str:
    """A number is taken as its digits: window 3 is surely window "3"."""
    number = isinstance(value, int | float) and not kind.startswith("missing")
    return str(value) if number else STAND_IN + spelled(path)


def _nearest_optional(path: KeyPath) -> KeyPath:
    """The key at or around the place that may be left out; sections as a whole are not."""
    inward = (path[:length] for length in range(len(path), 1, -1))
    return next((each for each in inward if has_default(each)), ())


def _replace(table: Any, path: KeyPath) -> None:
    hint = hint_at(path)
    if hint is Text:
        table[path[-1]] = {"zh": STAND_IN, "en": STAND_IN}
    elif hint is float:
        table[path[-1]] = 1.0
    elif get_origin(hint) is tuple:
        table[path[-1]] = []
    elif get_origin(hint) is Literal:
        table[path[-1]] = get_args(hint)[0]
