"""The line of every key of every hall file is known, and it is the right one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings.findings import KeyPath
from settings.lines import Lines

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ("tests/halls_for_tests/small.toml", "config.toml", "halls/weicheng.toml")


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every place in the tables that `tomllib` reads."""
    pairs: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for part, below in pairs:
        yield (*path, part)
        yield from paths(below, (*path, part))


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_a_hall_file_has_a_line_that_names_it(name: str) -> None:
    text = (PROJECT / name).read_text("utf-8")
    lines, rows = Lines(text), text.splitlines()
    for path in paths(tomllib.loads(text)):
        word = next(part for part in reversed(path) if isinstance(part, str))
        row = rows[lines.line_of(path) - 1]
        assert word in row or isinstance(path[-1], int), (path, row)


HARD = (
    """
# a comment with [brackets] = "and = signs"
title.zh = "x#y"   # 3
"quoted key".inner = 'it''s' """.replace("'it''s'", "'a \"b\" c'")
    + '''
text = """
one [[not.a.header]]
two = 2
""" # 8
[a.b]
list = [ # 10
  1, [2, { c = "]", d = [3] }], # 11
  2026-10-12 08:25:00, # 12
]
[[t]] # 14
k = 1.5e3
[[t.u]] # 16
k = 1
[[t.u]] # 18
k.v = 2 # 19
[[t]] # 20
[[t.u]] # 21
k = 08:30:00 # 22
[t.w]
k = true # 24
'''
)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title", "zh"), 3),
        (("title",), 3),
        (("quoted key", "inner"), 4),
        (("text",), 5),
        (("a",), 9),
        (("a", "b"), 9),
        (("a", "b", "list"), 10),
        (("a", "b", "list", 0), 11),
        (("a", "b", "list", 1, 1, "d", 0), 11),
        (("a", "b", "list", 2), 12),
        (("t",), 14),
        (("t", 0, "k"), 15),
        (("t", 0, "u", 1), 18),
        (("t", 0, "u", 1, "k", "v"), 19),
        (("t", 1), 20),
        (("t", 1, "u", 0, "k"), 22),
        (("t", 1, "w", "k"), 24),
        (("t", 1, "w", "missing"), 23),
        (("nowhere", 7), 1),
    ],
)
def test_the_line_of_a_key_in_a_hard_text(path: KeyPath, line: int) -> None:
    tomllib.loads(HARD)
    assert Lines(HARD).line_of(path) == line
