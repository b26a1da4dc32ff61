"""A backtest in figures: errors and intervals of all who had to wait, by class and hour, beside plain rules.

Fresh estimates (told with the ticket) and renewed ones (each so many minutes later) are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from forecast.backtest import Row
from forecast.judging import covered, judged
from forecast.widening import WAITED

Figures = dict[str, Any]
MOVED = 10.0
"""Minutes: an estimate that moves later by more is counted."""


def summary_of(rows: Sequence[Row], *, never_called: int = 0) -> Figures:
    """Errors in minutes; only tickets that had to wait are counted."""
    waited = [row for row in rows if row.actual > WAITED]
    fresh, renewed = ([row for row in waited if (row.waited > 0) == later] for later in (False, True))
    summary: Figures = {
        "tickets": sum(row.waited == 0 for row in rows),
        "days": len({row.day for row in rows}),
        "never_called": never_called,
        "mean_wait": mean([row.actual for row in fresh]),
        **figures_of(fresh),
        "by_class": cells(fresh, lambda row: row.ticket_class),
        "by_hour": cells(fresh, lambda row: f"{int(row.at // 60):02d}"),
    }
    if renewed:
        summary["renewed"] = figures_of(renewed)
        summary["moved_later_over_10"] = moved_later(rows)
        summary["first_renewal"] = figures_of(first_renewals(renewed))
    return summary


def figures_of(rows: Sequence[Row]) -> Figures:
    """Our errors, those of the plain rules, and ours as a share of theirs."""
    actual = np.array([row.actual for row in rows], dtype=float)
    ours = judged(np.array([row.told.estimate for row in rows], dtype=float), actual)
    found: Figures = dict(ours.shown)
    low, high = (np.array([getattr(row.told, end) for row in rows], dtype=float) for end in ("low", "high"))
    found |= covered(low, high, actual)
    for name in ("les", "naive"):
        theirs = judged(np.array([getattr(row, name) for row in rows], dtype=float), actual)
        found[name] = theirs.shown
        found[f"to_{name}"] = share(ours.mean_abs_error, theirs.mean_abs_error)
        found[f"rms_to_{name}"] = share(ours.root_mean_square, theirs.root_mean_square)
    return found


def cells(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, Figures]:
    """The same for each value of a key, without the plain rules."""
    names = sorted({key(row) for row in rows})
    kept = ("n", "mean_abs_error", "bias", "told_over_10_too_short", "coverage", "mean_width", "to_les")
    found = {name: figures_of([row for row in rows if key(row) == name]) for name in names}
    return {name: {each: figures[each] for each in kept} for name, figures in found.items()}


def first_renewals(rows: Sequence[Row]) -> list[Row]:
    """The earliest renewal of each ticket."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.day, row.ticket)
        if key not in first or row.waited < first[key].waited:
            first[key] = row
    return list(first.values())


def moved_later(rows: Sequence[Row]) -> float | None:
    """The share of tickets whose expected call moved by over 10 minutes at the first renewal."""
    fresh = {(row.day, row.ticket): row for row in rows if row.waited == 0}
    renewed = first_renewals([row for row in rows if row.waited > 0])
    moved = [
        row.at + row.told.estimate - expected.at - expected.told.estimate > MOVED
        for row in renewed
        if (expected := fresh.get((row.day, row.ticket)))
    ]
    return mean(moved)


def mean(numbers: Sequence[float]) -> float | None:
    return round(float(np.mean(numbers)), 4) if numbers else None


def share(ours: float, theirs: float) -> float | None:
    return round(ours / theirs, 4) if theirs else None


def lines(summary: Figures) -> Iterator[str]:
    """The same for people."""
    yield f"{summary['tickets']} tickets on {summary['days']} days, {summary['never_called']} never called"
    yield f"{summary['n']} had to wait, {summary['mean_wait'] or 0:.1f} minutes on average; errors in minutes"
    yield f"{'':40}{'error':>8}{'rms':>8}{'bias':>8}{'> 10 too short':>16}"
    yield error_line("told here", summary)
    yield error_line("wait of the last one called", summary["les"])
    yield error_line("people ahead × mean ÷ windows", summary["naive"])
    yield interval_line("80 % interval", summary)
    yield f"error: {summary['to_les'] or 0:.3f} × les, {summary['to_naive'] or 0:.3f} × naive"
    for heading in ("by_class", "by_hour"):
        for name, each in summary[heading].items():
            yield f"{name:14}{each['n']:7} waits{each['mean_abs_error']:8.2f}" + interval_line("", each)
    if "renewed" in summary:
        yield error_line("first renewal", summary["first_renewal"])
        yield error_line("les less the minutes waited", summary["first_renewal"]["les"])
        yield f"moved later by over 10 minutes: {summary['moved_later_over_10'] or 0:.1%} of tickets"


def error_line(words: str, told: Figures) -> str:
    errors = "".join(f"{told[name]:8.2f}" for name in ("mean_abs_error", "root_mean_square", "bias"))
    return f"{words:40}{errors}{told['told_over_10_too_short']:16.1%}"


def interval_line(words: str, told: Figures) -> str:
    return f"{words}{': ' if words else '  '}covers {told['coverage']:.1%}, width {told['mean_width']:.1f}"
