"""Charts as SVG without a style of their own: static/reports/charts.css colours them on pages and papers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, cast
from unicodedata import east_asian_width

from pygal import Bar, HorizontalBar, HorizontalStackedBar

from reports.showing import Showing
from scoring.figures import By
from scoring.levels import LEVELS
from scoring.reports import Row
from web.charts import drawn, options

MOST_ROWS = 12
"""Rows that a chart shows; the table has all."""

BAR_HEIGHT, AROUND = 20, 110
ROOM = 26
LEAST_PART = 4.0
Series = tuple[str, Sequence[float | None]]


def days_chart(shown: Showing) -> str:
    """Numbers taken and visits finished, day by day; empty when there is nothing to compare."""
    bars = shown.report.bars
    if len(bars) < 2:
        return ""
    words = shown.speech.words
    few = {"x_labels_major_every": 1 + len(bars) // 12, "show_minor_x_labels": False, "truncate_label": -1}
    chart = Bar(**options(height=300, **few))
    chart.x_labels = [shown.bar_name(bar) for bar in bars]
    for code in ("received", "finished"):
        chart.add(words[code], [getattr(bar, code) for bar in bars])
    return drawn(chart)


def waits_chart(shown: Showing, by: By) -> str:
    """The rows whose visits waited longest: median and ninth decile."""
    rows = [row for row in shown.report.views[by] if row.values["wait_p90"]]
    longest = sorted(rows, key=lambda row: -cast(float, row.values["wait_p90"]))[:MOST_ROWS]
    if by == "hall" or not longest:
        return ""
    series = [(shown.speech.words[code], _values(longest, code)) for code in ("wait_p50", "wait_p90")]
    return drawn(_across(HorizontalBar, shown, by, longest, series, 2))


def levels_chart(shown: Showing, by: By) -> str:
    """How the rows with most ratings were rated, as parts of a hundred."""
    rows = [row for row in shown.report.views[by] if row.values["ratings"]]
    most = sorted(rows, key=lambda row: -cast(int, row.values["ratings"]))[:MOST_ROWS]
    if not most:
        return ""
    series = [(shown.speech.words[level], [_percent(row, level) for row in most]) for level in LEVELS]
    return drawn(_across(HorizontalStackedBar, shown, by, most, series, 1, formatter=legible))


def _values(rows: Sequence[Row], code: str) -> list[float | None]:
    return [row.values[code] for row in rows]


def _percent(row: Row, level: str) -> float | None:
    part = round(100.0 * cast(int, row.values[level]) / cast(int, row.values["ratings"]), 1)
    return part or None


def _across(
    kind: type[Any], shown: Showing, by: By, rows: Sequence[Row], series: Sequence[Series], bars: int,
    **more: Any,
) -> Any:  # fmt: skip
    """The first row at the top, which the library draws at the bottom."""
    height = AROUND + len(rows) * (BAR_HEIGHT * bars if bars > 1 else BAR_HEIGHT + 12)
    labels = [short(shown.label(by, row)) for row in reversed(rows)]
    left = 8 + max(map(wider, labels))
    chart = kind(**options(height=height, print_values=True, margin_left=left, **more))
    chart.x_labels = labels
    for name, values in series:
        chart.add(name, list(reversed(values)))
    return chart


def legible(value: float) -> str:
    """Narrow parts of a bar have no room for their number."""
    return f"{value:g}" if value >= LEAST_PART else ""


def wider(label: str) -> int:
    """By how many pixels Chinese is wider than the library reckons."""
    return 5 * sum(east_asian_width(sign) in "WF" for sign in label)


def short(label: str) -> str:
    """So much of it as has room beside a bar."""
    widths = list(accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in label))
    return label if not widths or widths[-1] <= ROOM else f"{label[: bisect_right(widths, ROOM - 1)]}…"
