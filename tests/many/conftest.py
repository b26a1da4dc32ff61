"""Two processes of the small hall, for all tests of a file; those that kill one open stages of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster import Cluster
from tests.many.stage import Stage, stage


@pytest.fixture(scope="module")
def two(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The first one leads."""
    with stage(tmp_path_factory.mktemp("two"), cluster.new_database()) as opened:
        opened.open_one()
        opened.open_one()
        opened.chief = opened.administrator(opened.processes[0])
        yield opened
