"""The design system on one page: tokens and components, drawn from the very files that every page uses."""

from __future__ import annotations

import re
from pathlib import Path

from flask import current_app, render_template

from office.blueprint import blueprint

TOKEN = re.compile(r"^  --([\w-]+):", re.MULTILINE)
ICON = re.compile(r'<symbol id="([\w-]+)"')


@blueprint.get("/design")
def design_page() -> str:
    """For whoever adds a page: what there is, in both themes and in high contrast."""
    return render_template("office/design.html", colours=colours(), icons=icons())


def colours() -> list[str]:
    """The colour tokens, in the order of the file."""
    light = _shared("hall.css").partition('[data-theme="light"] {')[2].partition("}")[0]
    return [name for name in TOKEN.findall(light) if name not in ("shadow", "veil")]


def icons() -> list[str]:
    return ICON.findall(_shared("icons.svg"))


def _shared(name: str) -> str:
    return (Path(current_app.static_folder or "") / "shared" / name).read_text("utf-8")
