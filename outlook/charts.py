"""Waits by half hour, with the changes and without, and between what eight plays of ten lie."""

from __future__ import annotations

from typing import Any

from pygal import Bar

from queueing.records import Json
from web.charts import drawn, options
from web.words import _

HEIGHT = 340
LEAST_PEOPLE = 0.5
"""Half hours in which hardly anybody joins say nothing."""


def waits_chart(told: Json) -> str:
    """Empty when there is nothing to draw."""
    one, two = told["without"]["by_half_hour"], told["with"]["by_half_hour"]
    halves = [name for name in sorted({*one, *two}) if one.get(name, {"n": 0})["n"] >= LEAST_PEOPLE]
    if not halves:
        return ""
    most = max(each[name]["high"] for each in (one, two) for name in halves if each.get(name))
    chart = Bar(**options(height=HEIGHT, range=(0, max(1.0, most)), show_y_guides=True))
    chart.x_labels = halves
    chart.add(_("As it is"), [bar(one.get(name)) for name in halves])
    if told["changes"]:
        chart.add(_("With the changes"), [bar(two.get(name)) for name in halves])
    return drawn(chart)


def bar(told: Json | None) -> Any:
    if not told or told["mean"] is None:
        return None
    return {"value": told["mean"], "ci": {"low": told["low"], "high": told["high"]}}
