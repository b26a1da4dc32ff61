"""Servers and their database are killed in the middle of a rush: what was answered stands, once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster, running_cluster
from tests.faults import torture_by_turns
from tests.faults.torture_database import torture

FINISHED = {"finish", "finish_and_next"}
"""Either will do: the dice choose, and a busy machine leaves few throws between two kills."""


@pytest.fixture(scope="module")
def own_cluster() -> Iterator[Cluster]:
    """One that may be stopped without harm to others."""
    with running_cluster() as running:
        yield running


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("processes", "rounds"), [(1, 2), (2, 1)])
def test_kills_lose_nothing_double_nothing_and_leave_no_hole(
    own_cluster: Cluster, tmp_path: Path, processes: int, rounds: int
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    outcome = torture(tmp_path / "hall", own_cluster, rounds, str(seed), processes)
    assert outcome.last_line == f"kills={rounds} lost=0 doubled=0 holes=0", (seed, outcome.found)
    assert outcome.acknowledged > 20 * rounds and outcome.repeated > 0, outcome
    assert outcome.done >= {"issue", "call_next", "serve"} and outcome.done & FINISHED, outcome


@pytest.mark.timeout(300)
def test_one_of_two_dies_while_the_other_serves(own_cluster: Cluster, tmp_path: Path) -> None:
    """Two kills here; `make torture KILLS=40 PROCESSES=2` does the same for longer."""
    seed = random.SystemRandom().randrange(10**6)
    outcome = torture_by_turns.torture(tmp_path / "hall", own_cluster, 2, str(seed))
    assert outcome.last_line == "kills=2 lost=0 doubled=0 holes=0", (seed, outcome.found)
    assert outcome.acknowledged > 40 and outcome.repeated > 0, outcome
