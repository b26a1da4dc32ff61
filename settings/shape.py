"""Turns the tables of a hall file into records, and a table of the wrong shape into slips.

A file with wrong shapes is mended as far as that is possible without guessing much, so that the
cross checks still run and everything is reported at once. A mended house is never opened.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from queueing.house import House
from settings.findings import KeyPath, Slip, did_you_mean
from settings.mending import UNKNOWN, mend
from settings.records import expected, hint_at, keys_at, shown

Problem = dict[str, Any]


@cache
def _adapter() -> TypeAdapter[House]:
    return TypeAdapter(House)


def shaped(data: dict[str, Any]) -> tuple[House | None, list[Slip]]:
    """The house and no slips; or what could be saved of it and what is wrong with its shape."""
    house, problems = _tried(data)
    return _mended(deepcopy(data), problems) if problems else (house, [])


def _mended(data: dict[str, Any], problems: list[Problem]) -> tuple[House | None, list[Slip]]:
    """Unknown keys first: a misspelt key isn't also a missing one."""
    slips: list[Slip] = []
    while unknown := [each for each in problems if each["type"] == UNKNOWN]:
        slips += _mend_all(data, unknown)
        problems = _tried(data)[1]
    slips += _mend_all(data, problems)
    return _tried(data)[0], slips


def _tried(data: dict[str, Any]) -> tuple[House | None, list[Problem]]:
    """JSON in between, because only there pydantic's strict mode takes lists for tuples."""
    try:
        return _adapter().validate_json(json.dumps(data, default=str), strict=True), []
    except ValidationError as error:
        return None, [dict(each) for each in error.errors(include_url=False)]


def _mend_all(data: dict[str, Any], problems: list[Problem]) -> list[Slip]:
    """Last first, so that a list element taken out doesn't move the ones still to come."""
    for each in reversed(problems):
        mend(data, each["loc"], each["type"], each["input"])
    return [slip_of(each) for each in problems]


def slip_of(problem: Problem, root: type = House) -> Slip:
    """What a person should correct; `root` is the record that the file as a whole is."""
    path: KeyPath = problem["loc"]
    if problem["type"] == UNKNOWN:
        return _unknown_key(path, keys_at(path[:-1], root))
    if problem["type"].startswith("missing"):
        return Slip(path, "is missing.", f"Add {path[-1]} = {expected(hint_at(path, root))}.")
    return _wrong_value(path, problem["input"], hint_at(path, root))


def _unknown_key(path: KeyPath, known: tuple[str, ...]) -> Slip:
    remedy = did_you_mean(str(path[-1]), known, f"Known keys here: {', '.join(known)}.")
    return Slip(path, "no such key.", remedy)


def _wrong_value(path: KeyPath, value: object, hint: Any) -> Slip:
    problem = f"can't be {shown(value)}."
    if hint is str and isinstance(value, int | float) and not isinstance(value, bool):
        return Slip(path, problem, f'Write it in quotes: "{value}".')
    choices = tuple(map(str, get_args(hint))) if get_origin(hint) is Literal else ()
    return Slip(path, problem, did_you_mean(str(value), choices, f"Write {expected(hint)}."))
