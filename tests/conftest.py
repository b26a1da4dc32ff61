"""Fixtures for every folder of tests: a hall that really runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import expect

from tests.cluster import Cluster, running_cluster
from tests.running import RunningHall, running_hall

LONGEST = (
    *("bundle/test_bundle", "faults/test_kill", "doors/test_access_matrix", "faults/test_bad_input"),
    *("faults/test_kill_database", "faults/test_disk", "city/test_engines", "browser/test_hall_away"),
    *("browser/test_booked_visit", "browser/test_assessment", "browser/test_complaints", "bench/test_bench"),
    *("many/test_losses", "many/test_engines", "bench/test_load", "faults/test_hammer", "api/test_forecast"),
    *("browser/test_board", "faults/test_screens_after_a_restart", "faults/test_wires", "api/test_pace"),
    *("faults/test_presses_in_a_cut", "bench/test_soak", "browser/test_visit", "display/test_announcer"),
    *("looks/test_a11y", "browser/test_kiosk_cut_off", "browser/test_boards", "browser/test_boards_readable"),
    *("api/test_starting", "settings/test_any_value", "queueing/test_turns_of_whole_days"),
)
"""Files that take longest begin first, so that all processes end together."""

SLOW = (
    *("faults", "many", "browser", "bench", "looks", "display", "doors", "city", "window", "api", "upkeep"),
    "forecast",
)
"""Then these folders; what is left is over in a moment."""

expect.set_options(timeout=20_000)
"""Milliseconds that a page has to show something; several browsers share few processors."""

settings.register_profile("hall", deadline=None)
settings.load_profile("hall")
"""No example fails because the machine was busy with something else."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn(item.path))


def turn(file: Path) -> int:
    """Its place in the order in which files are handed out."""
    folder = file.parent.name
    order = [*LONGEST, *SLOW, ""]
    return order.index(next(each for each in (f"{folder}/{file.stem}", folder, "") if each in order))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, started when the first test wants it."""
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def shared_database(cluster: Cluster) -> str:
    """The address of one database for many tests: each has a hall of its own in it."""
    return cluster.new_database()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """The small hall on a Monday morning, for all tests of a file."""
    with running_hall(tmp_path_factory.mktemp("data")) as hall:
        yield hall


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[RunningHall]:
    """The same for one test alone."""
    with running_hall(tmp_path / "data") as hall:
        yield hall
