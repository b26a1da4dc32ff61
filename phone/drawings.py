"""The few drawings that the page shows, put into the page itself: the whole sheet is larger than the page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import current_app
from markupsafe import Markup

SHOWN = ("bell", "check", "clock", "close", "heart", "offline", "paper", "pause", "people", "place", "ticket")
SYMBOL = re.compile(r'<symbol id="([a-z]+)".*?</symbol>', re.DOTALL)


@cache
def sheet(file: Path) -> Markup:
    """Those drawings as one hidden picture; each is named `icon-…`, as in the shared scripts."""
    drawn = {found[1]: found[0] for found in SYMBOL.finditer(file.read_text("utf-8"))}
    symbols = "".join(drawn[name].replace('id="', 'id="icon-', 1) for name in SHOWN)
    return Markup('<svg class="visually-hidden" aria-hidden="true">{}</svg>').format(Markup(symbols))


def drawings() -> Markup:
    return sheet(Path(current_app.root_path) / "static" / "shared" / "icons.svg")
