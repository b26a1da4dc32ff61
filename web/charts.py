"""What every chart on a page shares: SVG without a style of its own; static/reports/charts.css colours it."""

from __future__ import annotations

import sys
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pygal.style

sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != "pygal"]
"""The library's way to find its maps, which aren't here, is one that Python has given up."""

WIDE = 900
SVG = "{http://www.w3.org/2000/svg}"
LOOK = pygal.style.Style(
    font_family="inherit", label_font_size=13, major_label_font_size=13, legend_font_size=14,
    value_font_size=12, value_label_font_size=12,
)  # fmt: skip
SPARE = frozenset({"script", "style", "defs", "desc", "title"})
TOOLTIPS = "plot tooltip-overlay"


def options(**more: Any) -> dict[str, Any]:
    """How the library is told to draw."""
    return {
        "width": WIDE, "js": (), "css": (), "style": LOOK, "legend_at_bottom": True, "show_x_guides": False,
        "margin": 8, "print_zeroes": False, "formatter": lambda value: f"{value:g}", **more,
    }  # fmt: skip


def drawn(chart: Any) -> str:
    """The drawing alone: no script, no style, nothing that answers to a pointer."""
    tree: Element = chart.render_tree()
    strip(tree)
    tree.attrib.pop("id", None)
    tree.set("focusable", "false")
    tree.set("aria-hidden", "true")  # the table beside it says the same
    return tostring(tree, encoding="unicode")


def strip(element: Element) -> None:
    for child in list(element):
        name = str(child.tag).removeprefix(SVG) if isinstance(child.tag, str) else "script"
        if name in SPARE or child.get("class") == TOOLTIPS:
            element.remove(child)
            continue
        child.attrib.pop("style", None)
        strip(child)
