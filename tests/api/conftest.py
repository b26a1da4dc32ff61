"""The app of a built hall, without a server around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from queueing.clock import HandClock
from scoring.following_up import FollowUp
from scoring.province import EXAMPLE
from scoring.ratings import Ratings
from scoring.scores import Scores
from settings.schemes import load_scheme
from tests.scene import Scene
from web.context import Built
from web.opening import open_web

SCHEME = Path(__file__).resolve().parents[2] / "schemes" / "county-window.toml"
PORT = 8000


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Built]:
    """The small hall on a clock turned by hand."""
    scene = Scene(tmp_path)
    scores = Scores(scene.hall, load_scheme(SCHEME))
    url = f"http://127.0.0.1:{PORT}"
    made = Built(
        scene.house, scene.clock, scene.store, scene.hall, Ratings(scene.hall), scores, tmp_path,
        b"a secret for tests", "threading", PORT, url,
    )  # fmt: skip
    made.following = FollowUp(scene.hall, EXAMPLE)
    yield made
    scene.store.close()


@pytest.fixture
def clock(built: Built) -> HandClock:
    assert isinstance(built.clock, HandClock)
    return built.clock


@pytest.fixture
def app(built: Built) -> Flask:
    return open_web(built)
