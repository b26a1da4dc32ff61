"""Runs a folder's tests on both databases: whatever scene they open is kept in the one, then in the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import scene

BOTH = ("sqlite", "postgresql")
OPENS_A_HALL = frozenset({"tmp_path", "tmp_path_factory", "scene"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `of_files` are about the file itself that SQLite keeps."""
    if OPENS_A_HALL.isdisjoint(metafunc.fixturenames):
        return
    about_files = metafunc.definition.get_closest_marker("of_files")
    metafunc.parametrize("database", BOTH[:1] if about_files else BOTH, indirect=True, scope="module")


@pytest.fixture(scope="module", autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Which of the two it is."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield "sqlite"
        return
    scene.ADDRESS = request.getfixturevalue("shared_database")
    yield "postgresql"
    scene.ADDRESS = ""
    close_since(0)


@pytest.fixture(autouse=True)
def left_open(database: str) -> Iterator[None]:
    """A server has only so many connections: a test's own are closed when it is over."""
    before = len(scene.OPENED)
    yield
    close_since(before)


def close_since(before: int) -> None:
    while len(scene.OPENED) > before:
        scene.OPENED.pop().close()
