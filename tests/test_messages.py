"""Every sentence with which a hall stays closed, or tells its operator of trouble, stands in the guide."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from queueing.errors import StorageFailed
from storage.trouble import TO_THE_OPERATOR

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "operations.md"
SAY = frozenset({"CannotStart", "CannotOpen"})
SENTENCES_OF = {
    "web/starting.py": ("_why_not", "ahead"),
    "upkeep/moved.py": ("_from_file", "_from_database", "_back"),
    "storage/opening.py": ("damaged", "_full", "_closed", "_not_made"),
}
SHORT = 12
"""A sentence whose fixed part is shorter carries somebody else's words alone."""


def plain(text: str) -> str:
    return re.sub(r"[\s`*]+", " ", text)


def fixed_part(node: ast.AST) -> str:
    """The longest piece of a sentence that is the same every time."""
    pieces = [str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant)]
    return max((plain(piece).strip(" .:()") for piece in pieces), key=len, default="")


def said_in(file: Path) -> Iterator[str]:
    named = SENTENCES_OF.get(str(file.relative_to(ROOT)), ())
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAY:
            yield from map(fixed_part, node.args[:1])
        if isinstance(node, ast.FunctionDef) and node.name in named:
            returned = (each for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)
            for each in returned:
                yield from map(fixed_part, [each.value] if each.value else [])


def sentences() -> list[str]:
    files = chain(*((ROOT / package).glob("**/*.py") for package in ("web", "upkeep", "storage")))
    found = {said for file in files for said in said_in(file)} | {plain(s) for s in TO_THE_OPERATOR.values()}
    return sorted(said for said in found if len(said) > SHORT)


@pytest.mark.parametrize("said", sentences())
def test_a_message_to_the_operator_stands_in_the_guide(said: str) -> None:
    assert said in plain(GUIDE.read_text("utf-8"))


CODE = re.compile(r"[a-z]+(_[a-z]+)+")


def troubles() -> set[str]:
    """What /healthz can tell: troubles of the store, and what functions of that name answer elsewhere."""
    files = chain(*((ROOT / package).glob("**/*.py") for package in ("web", "speech")))
    told = (
        constant.value
        for file in files
        for each in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(each, ast.FunctionDef) and each.name == "trouble"
        for constant in ast.walk(each)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    )
    return {StorageFailed.code, *map(code_of, kinds(StorageFailed)), *filter(CODE.fullmatch, told)}


def kinds(error: type[StorageFailed]) -> Iterator[type[StorageFailed]]:
    for each in error.__subclasses__():
        yield each
        yield from kinds(each)


def code_of(error: type[StorageFailed]) -> str:
    return error.code


def test_every_trouble_that_a_monitor_reads_stands_in_the_guide() -> None:
    told = troubles()
    assert {"disk_full", "no_connections", "queue_away", "folder_not_shared", "hall_shut"} <= told
    guide = GUIDE.read_text("utf-8").partition("### While it is open")[2]
    assert sorted(code for code in told if f"`{code}`" not in guide) == []


def test_the_messages_are_found() -> None:
    assert len(sentences()) > 20
