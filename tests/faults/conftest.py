"""What several tests of a hall's database share: a line to it that can be cut."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.faults.cut_line import CutLine


@pytest.fixture
def line(cluster: Cluster) -> Iterator[CutLine]:
    """Between the hall and the database server; it can be cut, and it can swallow."""
    folder = Path(tempfile.mkdtemp(prefix="line-", dir="/tmp"))
    made = CutLine(folder, str(cluster.folder))
    yield made
    made.close()
    shutil.rmtree(folder)


@pytest.fixture
def behind(cluster: Cluster, line: CutLine) -> str:
    """The address of a database behind that line."""
    folder = Path(line._door.getsockname()).parent
    return cluster.new_database().replace(str(cluster.folder), str(folder))
