"""The small hall with its data looked after, its clock turned by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.scores import Scores
from settings.schemes import load_scheme
from storage.chain import verdict_of
from tests.scene import Scene
from upkeep.care import Care
from web.context import Built

SCHEME = Path(__file__).resolve().parents[2] / "schemes" / "county-window.toml"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    opened = Scene(tmp_path)
    yield opened
    opened.close()


def built_of(scene: Scene, folder: Path) -> Built:
    return Built(
        scene.house, scene.clock, scene.store, scene.hall, scene.ratings,
        Scores(scene.hall, load_scheme(SCHEME)), folder, b"secret", "threading", 8000, "http://hall",
        in_thread=lambda work, *args: work(*args),
    )  # fmt: skip


@pytest.fixture
def built(scene: Scene, tmp_path: Path) -> Built:
    return built_of(scene, tmp_path)


@pytest.fixture
def care(built: Built) -> Care:
    """Its loop doesn't run; a test takes the steps."""
    return Care(built, verdict_of)
