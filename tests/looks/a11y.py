"""Every page state in every language and theme, judged by axe-core: make a11y.

    python -m tests.looks.a11y [NAME…]     only states whose names begin so

The last line says how many page states were looked at and what was found; the exit code is 1 when
anything was.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Error

from tests.chromium import chromium
from tests.looks.axe import Violation, violations
from tests.looks.pages import STATES, State
from tests.looks.stage import stage
from tests.looks.visiting import LANGUAGES, THEMES, Theme, Tour, wear

Worn = Mapping[str, Sequence[Theme]]
ALL: Worn = dict.fromkeys(LANGUAGES, THEMES)
EACH_ONCE: Worn = {"zh_Hans": ("light",), "en": ("dark",)}
"""For the tests: what a language breaks shows in any theme, and a theme's colours in any language."""


def judged(tour: Tour, state: State, worn: Worn = ALL) -> Iterator[Violation]:
    """A language needs the page loaded again, a theme doesn't."""
    page = tour.page_of(state)
    for language, themes in worn.items():
        tour.reach(page, state, language)
        for theme in themes:
            wear(page, theme)
            yield from violations(page, f"{state.name} {language} {theme}")


def judged_all(tour: Tour, states: Sequence[State]) -> Iterator[Violation | str]:
    """A page that can't be reached is a fault like any other, and the rest is still looked at."""
    for state in states:
        try:
            yield from judged(tour, state)
        except (AssertionError, Error) as trouble:
            yield f"{state.name}: not reached: {trouble}"


def main(asked: Sequence[str]) -> int:
    states = [each for each in STATES if not asked or each.name.startswith(tuple(asked))]
    with tempfile.TemporaryDirectory() as data, stage(Path(data)) as scene, chromium() as browser:
        tour = Tour(browser, scene)
        found = [*judged_all(tour, states), *tour.faults]
    for each in found:
        sys.stdout.write(f"{each}\n")
    sys.stdout.write(f"pages={len(states)} violations={len(found)}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
