"""Fifteen calls in five seconds over three areas, played by three browsers: `make announce` in short."""

from __future__ import annotations

from pathlib import Path

from tests.display.screens import Screens, chromium
from tests.faults.announced import faults_of
from tests.faults.announcing import hall_file, play
from tests.running import running_hall

FAST = 'rate = 300\nrepeats = 1\nlanguages = ["zh_Hans"]'


def test_every_call_is_said_once_in_order_and_one_at_a_time(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", hall_file(tmp_path, 5, FAST)) as hall, chromium() as browser:
        screens = Screens(browser)
        told = play(hall, screens, windows=5, during=5.0)
        assert {name: found for name, found in faults_of(told).items() if found} == {}
        besides = [call.then for call in told.calls if call.then]
        assert sorted(besides) == ["answered"] * 3 + ["called_again"] * 3 + ["undone"] * 3
        assert len(told.calls) == 15 + 3, "three were called again"
        screens.close()
