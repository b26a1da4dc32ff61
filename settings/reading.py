"""Reads a hall file into a complete `House`, or says everything that is wrong with it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from queueing.guide_records import Material
from queueing.house import House, Service, Window
from settings.checks import contradictions
from settings.checks.work import served_by
from settings.findings import Finding, HallFileError, Slip, spelled
from settings.lines import Lines
from settings.mending import STAND_IN
from settings.shape import shaped
from settings.traditional import with_traditional

ROOT = Path(__file__).resolve().parent.parent
"""The project's own folder: relative paths in a hall file start there."""


DATABASE = "HALL_DATABASE"


def load_house(path: Path, root: Path = ROOT) -> House:
    """The hall of the file, complete: services of whole departments spelled out, Traditional names filled."""
    text = text_of(path)
    house, slips = _read(tables_of(text, path), root)
    if slips or house is None:
        lines = Lines(text)
        raise HallFileError(_finding(path, lines.line_of(slip.path), slip) for slip in slips)
    return with_traditional(_spelled_out(house))


def check(path: Path, root: Path = ROOT) -> list[str]:
    """Everything that is wrong with the file, one sentence each; nothing if the hall can open."""
    try:
        load_house(path, root)
    except HallFileError as error:
        return [str(finding) for finding in error.findings]
    return []


def text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _one(path, 1, f"can't be read: {error.strerror}.", "Name a hall file.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _one(path, line, "isn't text in UTF-8.", "Save the file as UTF-8.") from error


def tables_of(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        problem = re.sub(r" \(at .*\)$", "", str(error))
        raise _one(path, line, f"isn't TOML: {problem}.", "Correct the line or the one before it.") from error


def _one(path: Path, line: int, problem: str, remedy: str) -> HallFileError:
    return HallFileError([Finding(str(path), line, "", problem, remedy)])


def _read(data: dict[str, Any], root: Path) -> tuple[House | None, list[Slip]]:
    house, slips = shaped(with_environment(data))
    if house is not None:
        slips += list(_not_caused_by(slips, contradictions(house, root)))
    return house, slips


def with_environment(data: dict[str, Any]) -> dict[str, Any]:
    """A password stands better in the service's environment than in a file: it goes before the file."""
    named, server = os.environ.get(DATABASE, ""), data.get("server", {})
    if not named or not isinstance(server, dict):
        return data
    return data | {"server": server | {"database": named}}


def _not_caused_by(shape: list[Slip], more: Iterable[Slip]) -> Iterable[Slip]:
    """Without what is said about keys that were wrong before, or about texts that mending put there."""
    wrong = [slip.path for slip in shape]
    for slip in more:
        near = any(slip.path[: len(path)] == path or path[: len(slip.path)] == slip.path for path in wrong)
        if not near and STAND_IN not in slip.problem:
            yield slip


def _finding(path: Path, line: int, slip: Slip) -> Finding:
    if slip.path == ("server", "database") and os.environ.get(DATABASE):
        return Finding("", 0, f"The environment variable {DATABASE}", slip.problem, slip.remedy)
    return Finding(str(path), line, spelled(slip.path), slip.problem, slip.remedy)


def _spelled_out(house: House) -> House:
    windows = tuple(_with_services(each, house) for each in house.windows)
    return replace(house, windows=windows, services=tuple(map(_with_materials, house.services)))


def _with_materials(service: Service) -> Service:
    """The plain list and the guide's say the same, whichever of the two the file has."""
    guide = service.guide
    if guide.materials:
        return replace(service, materials=tuple(each.line for each in guide.materials))
    told = tuple(Material(name=each) for each in service.materials)
    return replace(service, guide=replace(guide, materials=told))


def _with_services(window: Window, house: House) -> Window:
    return replace(window, serves=served_by(window, house))
