"""People wait, and no window has been open yet: what is told then is that it isn't known."""

from __future__ import annotations

from forecast.foresee import UNASKED, foresee
from forecast.learning import Learned
from forecast.situations import Situation, Waiting


def test_without_any_window_nothing_is_known() -> None:
    waiting = tuple(Waiting(str(n), "a", "walk_in", 590.0 + n, 590.0 + n, n) for n in range(3))
    learned = Learned({"a": 10.0})
    learned.begin_day()
    told = foresee(Situation("2026-03-02", 600.0, waiting), learned, newcomers=[("a", "walk_in")])
    assert told.tickets == dict.fromkeys(("0", "1", "2"), UNASKED)
    assert told.newcomers == {("a", "walk_in"): UNASKED}
