"""A hall with a morning behind it, its empty database, and the way back: for the tests of moves."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.scene import SMALL, Scene
from upkeep.moving import moved


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.new_database()


@pytest.fixture
def options(tmp_path: Path) -> argparse.Namespace:
    return argparse.Namespace(hall=SMALL, data=tmp_path / "data", to="")


@pytest.fixture
def lived(options: argparse.Namespace) -> Path:
    """A hall's file after a morning; its key of the log is there, as after a start."""
    scene = Scene(options.data)
    scene.sit("1", "li")
    for n in range(6):
        scene.take("id-card", "walk_in")
        if n % 2:
            key = scene.serve_one("1", "li")
            scene.ratings.rate_by_phone(
                ticket=key, level="dissatisfied", reasons=["202"], by=scene.by(role="holder")
            )
    scene.store.change(lambda desk: desk.open_accounts(("li", "wang")) or {}, scene.by())
    scene.close()
    (options.data / "log.key").write_bytes(b"k" * 32)
    return Path(options.data)


@pytest.fixture
def in_database(options, lived, address, monkeypatch) -> str:
    options.to = address
    moved(options)
    monkeypatch.setenv("HALL_DATABASE", address)
    return address


@pytest.fixture
def back(options, in_database, tmp_path) -> Path:
    """Where the hall is to move back to."""
    options.to = str(tmp_path / "back")
    return tmp_path / "back"
