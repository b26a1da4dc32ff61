"""When each window was there on a past day, to the minute: what a replay under another rule needs.

A window that was free and called nobody while somebody waited whom it serves wasn't there, however short
that was: under load a hundredth of the windows' time is minutes of everybody's wait. It was there past its
end only if it called somebody then. Where nobody waited nobody can tell: there the plan is believed, and at
noon and in the evening that it would have gone on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from forecast.history import History
from forecast.logs import Stretch, Visit
from forecast.presence import NO_CALLS, REST, Calls, PastDay, neighbours
from forecast.scenes import NEVER
from forecast.situations import Opening

PATIENCE = 1.0
"""Minutes that a clerk may take between two visits without being away."""
GOES_ON = 120.0
INSTANT = 0.01

Part = tuple[float, float]


def attendance(history: History, visits: Sequence[Visit]) -> list[Opening]:
    """All openings by window and time; a window that isn't planned was there from call to call."""
    day = PastDay(visits, history.learned.absent_minutes.value)
    by_window: dict[str, list[Stretch]] = {}
    for stretch in history.plan:
        by_window.setdefault(stretch.window, []).append(stretch)
    found = unplanned(by_window.keys(), visits)
    for window, own in sorted(by_window.items()):
        calls = day.calls.get(window, NO_CALLS)
        for _, stretch, after in neighbours(sorted(own, key=lambda each: each.opens)):
            takes = history.takes(stretch) if history.takes else {}
            for part in parts_of(stretch, calls, after.opens if after else NEVER, day):
                found.append(Opening(window, stretch.clerk or window, takes, *part))
    return sorted(found, key=lambda each: (each.window, each.opens))


def unplanned(known: Collection[str], visits: Sequence[Visit]) -> list[Opening]:
    """For windows that called and aren't in the plan."""
    calls: dict[str, list[tuple[float, Visit]]] = {}
    for visit in visits:
        if visit.called is not None and visit.window and visit.window not in known:
            calls.setdefault(visit.window, []).append((visit.called, visit))
    found = []
    for window, own in calls.items():
        takes = {visit.service: 0.0 for _, visit in own}
        times = [called for called, _ in own]
        found.append(Opening(window, own[0][1].clerk or window, takes, min(times), max(times) + INSTANT))
    return found


def parts_of(stretch: Stretch, calls: Calls, until: float, day: PastDay) -> list[Part]:
    """From when to when the window was there in this stretch; at `until` the next one begins."""
    services, found = frozenset(stretch.services), []
    mine = calls.between(stretch.opens, until)
    begins, free = stretch.opens, max(stretch.opens, calls.busy_at(stretch.opens))
    for called, done in zip(mine.called.tolist(), mine.free.tolist(), strict=True):
        since = day.somebody_waits(services, free, called)
        if since is not None and called - since > PATIENCE:
            found.append((begins, max(begins, since)))
            begins = called
        free = done
    last = float(mine.called[-1]) if len(mine.called) else stretch.opens
    ends = end_of(stretch, last, free, until, day)
    return [(a, b) for a, b in [*found, (begins, ends)] if b > a]


def end_of(stretch: Stretch, last: float, free: float, until: float, day: PastDay) -> float:
    """When the window stopped calling, or would have; `last` is its last call, then it was free at `free`."""
    services, latest = frozenset(stretch.services), min(until, stretch.closes + GOES_ON)
    since = day.somebody_waits(services, free, latest)
    if since is not None and since < stretch.closes - PATIENCE:
        return max(since, last + INSTANT)
    if since is not None or until - stretch.closes < REST:
        return min(until, max(stretch.closes, last + INSTANT))
    return latest
