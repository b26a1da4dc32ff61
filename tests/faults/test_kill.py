"""The server is killed in the middle of a rush: what was answered stands, nothing is there twice.

Ten kills here; `make torture KILLS=200` does the same for longer.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.disks import compiled
from tests.faults.torture import Outcome, torture, torture_all
from tests.faults.victim import SHIM

CARELESS = Path(__file__).with_name("careless.py")
KILLS = 10
AT_MOST = 60
"""It ends with the first mistake that is found, mostly the first or second kill."""

SLOW_DISK = "25"
"""Milliseconds for a sync, as many a hall's disk takes: so a kill falls between writing and syncing."""


def test_ten_kills_lose_nothing_double_nothing_and_leave_no_hole(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    outcome = torture_all(tmp_path, KILLS, seed)
    assert outcome.good, (seed, outcome)
    assert outcome.last_line == f"kills={KILLS} lost=0 doubled=0 holes=0"
    assert outcome.acknowledged > KILLS and outcome.repeated > 0


@pytest.mark.parametrize("mistake", ["unsynced", "hasty", "trusting"])
def test_a_server_that_speaks_before_the_sync_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    monkeypatch.setenv("CARELESS", mistake)
    monkeypatch.setenv("SHIM_SYNC_MS", SLOW_DISK)
    outcome: Outcome = torture(tmp_path / "hall", compiled(SHIM, tmp_path), AT_MOST, "careless", CARELESS)
    assert outcome.early and not outcome.good
    assert "before the sync of its change" in outcome.early[0]
