"""A report as a PDF: the page's own tables and charts on A4, drawn in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from queueing.errors import HallError
from queueing.records import Json
from reports.charts import days_chart, levels_chart, waits_chart
from reports.showing import Showing
from scoring.figures import VIEWS
from settings.reading import ROOT
from web.apart import run_apart

PATIENCE_SECONDS = 120.0
LOOK = ROOT / "static" / "reports"
LIGHT = {
    "--font": '"Noto Sans CJK SC", sans-serif', "--ink": "#12263a", "--edge": "#738496", "--line": "#d8e1e8",
    "--deep": "#0b4f6c", "--on-deep": "#ffffff", "--chart-1": "#a9d3e4", "--chart-2": "#eef3f6",
    "--chart-3": "#f5c68f", "--chart-4": "#ad231b", "--chart-on-4": "#ffffff",
}  # fmt: skip
"""The tokens of the light theme: the renderer knows none."""


class PaperNotDrawn(HallError):
    code = "paper_not_drawn"
    status = 503
    sentence = "The PDF couldn't be drawn on this machine."


def page_of(shown: Showing, template: Callable[..., str]) -> str:
    """The whole paper as one page that asks for nothing else."""
    views = [by for by in VIEWS if by != "hall"]
    return template(shown=shown, charts=charts_of(shown), views=views, look=look())


def charts_of(shown: Showing) -> Json:
    each: Json = {by: {"waits": waits_chart(shown, by), "levels": levels_chart(shown, by)} for by in VIEWS}
    return {"days": days_chart(shown), **each}


def look() -> str:
    """The stylesheet, with the charts' tokens said in full."""
    charts = (LOOK / "charts.css").read_text("utf-8")
    told = re.sub(r"var\((--[a-z0-9-]+)\)", lambda found: LIGHT[found[1]], charts)
    return told + (LOOK / "paper.css").read_text("utf-8")


def print_page(page: Path, paper: Path) -> None:
    """From HTML to PDF; not to be called within `in_thread`."""
    if run_apart("reports.press", str(page), str(paper), patience=PATIENCE_SECONDS) is None:
        raise PaperNotDrawn
