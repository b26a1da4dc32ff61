"""A picture of every page state in every language, and what each page weighs: make looks.

    python -m tests.looks.shots [NAME…] [--out build/looks] [--themes light dark] [--languages en …]

Pictures are called STATE.LANGUAGE.THEME.png. The table of weights is printed and written to weights.md beside
them: bytes over the wire and requests at the very first visit, then the first and the largest paint, in a
Chromium whose processor is slowed down four times.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.chromium import chromium
from tests.looks.pages import STATES, State
from tests.looks.stage import stage
from tests.looks.visiting import LANGUAGES, THEMES, Tour, wear
from tests.looks.weights import table, weighed
from tests.running import ROOT


def shoot(tour: Tour, state: State, asked: argparse.Namespace) -> Iterator[Path]:
    page = tour.page_of(state)
    for language in asked.languages:
        tour.reach(page, state, language)
        for theme in asked.themes:
            wear(page, theme)
            file = asked.out / f"{state.name}.{language}.{theme}.png"
            page.screenshot(path=file, animations="disabled")
            yield file


def asked_for(words: Sequence[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("names", nargs="*", metavar="NAME")
    asked.add_argument("--out", type=Path, default=ROOT / "build" / "looks")
    asked.add_argument("--themes", nargs="*", default=["light"], choices=THEMES)
    asked.add_argument(
        "--languages", nargs="*", default=LANGUAGES, choices=LANGUAGES, help="none: weights alone"
    )
    return asked.parse_args(words)


def main(words: Sequence[str]) -> int:
    asked = asked_for(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    states = [each for each in STATES if not asked.names or each.name.startswith(tuple(asked.names))]
    with tempfile.TemporaryDirectory() as data, stage(Path(data)) as scene, chromium() as browser:
        tour = Tour(browser, scene)
        taken = [file for state in states for file in shoot(tour, state, asked)]
        told = table([weighed(tour, state) for state in states if not state.steps and not state.refused])
    (asked.out / "weights.md").write_text(told, "utf-8")
    sys.stdout.write(f"{told}\n{len(taken)} pictures in {asked.out}\n")
    return 1 if tour.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
