"""The office's page of reports: what stands out first, then the tables, the charts and the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request
from markupsafe import Markup

from queueing.records import Json
from reports.blueprint import blueprint, maker_here
from reports.charts import days_chart, levels_chart, waits_chart
from reports.making import Maker, asked_period
from reports.shelf import FORMS, Kept, Shelf
from reports.showing import Showing
from reports.words import speech_here
from scoring.errors import UnknownPeriod
from scoring.figures import GROUPS, VIEWS, By, Group
from scoring.periods import Period, after, around, before
from web.watching import looked

KINDS = ("day", "week", "month", "quarter", "year")
NEWEST = 12
"""Written periods that the page lists; the others are found over the API."""


@dataclass(frozen=True)
class Drawn:
    """What takes its time and is made beside the loop."""

    tables: dict[str, Markup]
    charts: dict[str, Markup]


@blueprint.get("/office/reports")
def reports_page() -> str:
    """One period in one view. The look is recorded."""
    maker, stretch, by = maker_here(), wanted_period(maker_here()), wanted_view()
    shown = maker.showing(maker.report(stretch), speech_here())
    table = maker.template("reports/_table.html")
    drawn = maker.aside(lambda: draw(shown, by, lambda group: table(**table_of(shown, by, group))))
    looked("reports", period=stretch.name, table=by)
    return render_template(
        "reports/reports.html",
        shown=shown, by=by, views=VIEWS, drawn=drawn, near=near(stretch, maker.today), forms=FORMS,
        kinds={kind: around(kind, stretch.first).name for kind in KINDS},
        written=by_period(maker.aside(lambda: Shelf(maker).all())),
    )  # fmt: skip


def wanted_period(maker: Maker) -> Period:
    """By its name, or the one of a kind around a day; else the present month."""
    name, kind = request.args.get("period"), request.args.get("kind", "month")
    if name:
        return asked_period(name)
    day = request.args.get("day") or maker.today
    if kind not in KINDS:
        raise UnknownPeriod(period=kind)
    return around(kind, asked_period(day).first)


def wanted_view() -> By:
    by = request.args.get("by", "window")
    return next((each for each in VIEWS if each == by), "window")


def near(stretch: Period, today: str) -> Json:
    """The period before, and the next one unless it lies ahead."""
    following = after(stretch)
    return {"before": before(stretch).name, "after": following.name if following.first <= today else None}


def table_of(shown: Showing, by: By, group: Group) -> Json:
    """What a table's template asks for."""
    words = shown.speech.words
    caption = shown.speech.say("rows_of", view=words[f"by_{by}"], group=words[group])
    return {"shown": shown, "by": by, "group": group, "caption": caption, "sortable": by != "hall"}


def draw(shown: Showing, by: By, table: Callable[[Group], str]) -> Drawn:
    charts = {
        "days": days_chart(shown),
        "waits": waits_chart(shown, by),
        "levels": levels_chart(shown, by),
    }
    return Drawn(
        {group: Markup(table(group)) for group in GROUPS},
        {name: Markup(chart) for name, chart in charts.items() if chart},
    )


def by_period(kept: list[Kept]) -> list[tuple[str, list[Kept]]]:
    """The newest written periods with their files."""
    found: dict[str, list[Kept]] = {}
    for each in kept:
        found.setdefault(each.period.name, []).append(each)
    return list(found.items())[:NEWEST]
