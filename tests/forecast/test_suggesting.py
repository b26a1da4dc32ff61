"""The change that helps most now: named when it helps, and only then."""

from __future__ import annotations

import pytest

from forecast.history import History, history_of
from forecast.logs import read_log, read_plan
from forecast.made_files import write
from forecast.suggesting import suggestion

DAY = "2026-03-06"


@pytest.fixture(scope="module")
def short_of_a_window(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Two windows that were there until now are closed for the rest of a full day."""
    folder = tmp_path_factory.mktemp("street")
    write(folder, "street", 5, 8, 1.1, False)
    plan = read_plan(folder / "windows.csv")
    cut = [each for each in plan if not (each.day == DAY and each.window in "12" and each.opens > 590)]
    return history_of(read_log(folder / "tickets.csv"), cut, DAY, 600.0)


def test_opening_a_window_is_suggested_with_what_it_would_do(short_of_a_window: History) -> None:
    found = suggestion(short_of_a_window, ["1", "2"])
    assert found is not None
    assert found["change"] in ("window 1 opens 10:00", "window 2 opens 10:00")
    assert found["saving"]["low"] > 0
    assert found["after"] < found["before"]


def test_nothing_is_suggested_when_nothing_can_be_changed(short_of_a_window: History) -> None:
    assert suggestion(short_of_a_window, []) is None
