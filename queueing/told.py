"""A wait as people say it: the one place that rounds, for tile, ticket, slip, phone, board and office.

Up to an hour in fives of minutes, from an hour on in halves of one. An end may move by a minute towards the
middle, so that 9 to 21 minutes is "10 to 20" and not "5 to 25". Screens only choose the sentence for the two
numbers (`told_as`, and its like in static/shared/page.js).
"""

from __future__ import annotations

from math import ceil, floor

AT_ONCE, STEP, LONG, LONG_STEP, OPEN_END = 2.0, 5, 60, 30, 120
"""Minutes: below the first it is "any moment now"; from the last on only "more than"."""

GIVE = 1.0
"""By how many minutes an end may move towards the middle."""

Told = tuple[int | None, int | None]
UNKNOWN: Told = (None, None)


def in_steps(low: float, high: float) -> tuple[int, int]:
    """The range told for one in minutes; (0, 0) is at once."""
    if high < AT_ONCE:
        return 0, 0
    step = LONG_STEP if low + GIVE >= LONG else STEP
    first = step * floor((max(0.0, low) + GIVE) / step)
    last = step * ceil((high - GIVE) / step)
    return first, max(last, first + step)


def told_as(low: int | None, high: int | None) -> tuple[str, dict[str, str]]:
    """Which sentence tells the range, and its numbers; lengths from an hour on are in hours."""
    if low is None or high is None:
        return "wait_unknown", {}
    if high == 0:
        return "wait_none", {}
    if low == 0:
        return ("wait_few", {}) if high <= STEP else ("wait_short", {"high": str(high)})
    if low >= OPEN_END:
        return "wait_over", {"low": hours(low)}
    if low >= LONG:
        return "wait_hours", {"low": hours(low), "high": hours(high)}
    return "wait_range", {"low": str(low), "high": str(high)}


def hours(minutes: int) -> str:
    return f"{minutes / 60:g}"
