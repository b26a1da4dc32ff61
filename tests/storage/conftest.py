"""The small hall, opened for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.both import database, left_open, pytest_generate_tests
from tests.scene import Scene
from tests.storage.moves import address, back, in_database, lived, options

__all__ = [
    "address",
    "back",
    "database",
    "in_database",
    "left_open",
    "lived",
    "options",
    "pytest_generate_tests",
]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    opened = Scene(tmp_path)
    yield opened
    opened.close()
