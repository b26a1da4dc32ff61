"""Sixty calls in a minute over three areas, each with a real announcer: is each said, once, in its turn?

python -m tests.faults.announcing [--windows 20] [--seconds 60]     make announce

Every window calls one visitor. In each area one call is undone at once, one visitor is served at once, one is
called again. The log of announcements is checked against what was pressed, and the sounds that the browsers
fetched are measured. The last line counts what went wrong; the run fails unless that is nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from speech.sound import from_wav
from tests.display.screens import Screens, chromium
from tests.display.twenty import CLERK
from tests.faults.announced import AREAS, CLEARED_WITHIN, Call, Loudness, Told, faults_of, summary, table
from tests.running import SMALL, Json, Person, RunningHall, running_hall

EAST = '[[areas]]\nid = "east"\nname = { zh = "东厅", en = "East hall" }\n\n[[hours]]'
WINDOW = """
[[windows]]
id = "{0}"
name = {{ zh = "{0}号综合窗口", en = "All services {0}" }}
area = "{1}"
hours = "office"
departments = ["police"]
"""


def hall_file(folder: Path, windows: int, voice: str = "") -> Path:
    """The small hall with a third area and so many windows more in each."""
    text = SMALL.read_text("utf-8").replace("[[hours]]", EAST, 1)
    text = text.replace("[[voice.volume]]", f"[voice]\n{voice}\n\n[[voice.volume]]", 1)
    for number, area in numbered(windows):
        text += WINDOW.format(number, area) + CLERK.format(number)
    file = folder / "three.toml"
    file.write_text(text, encoding="utf-8")
    return file


def numbered(windows: int) -> list[tuple[str, str]]:
    """The windows that call, in the order in which they do, with their areas."""
    return [(str(number), AREAS[number % 3]) for number in range(12, 12 + 3 * windows)]


@dataclass
class Run:
    """The hall, its clerks and its announcers."""

    hall: RunningHall
    windows: int
    people: dict[str, Person] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    sounds: dict[str, Any] = field(default_factory=dict)

    def prepare(self, screens: Screens) -> None:
        self.hall.administrator()
        places = [window for window, _ in numbered(self.windows)]
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(lambda window: self.hall.clerk(f"clerk{window}"), places)
        self.people = dict(zip(places, found, strict=True))
        for window, clerk in self.people.items():
            clerk.press("sit", window)
            clerk.take()
        for area in AREAS:
            page = screens.open(f"{self.hall.url}/announcer/{area}?lang=zh_Hans", wait=False)
            page.on("response", self._heard)
            self.pages[area] = page
        for page in self.pages.values():
            page.wait_for_selector("[data-voices] [data-by=hall]")

    def _heard(self, response: Any) -> None:
        if "/voice/call.wav" in response.url:
            self.sounds[response.url] = response

    def call_all(self, seconds: float) -> None:
        """One after the other, evenly; what is done besides belongs to the middle of each area's calls."""
        began, places = time.monotonic(), numbered(self.windows)
        for turn, (window, area) in enumerate(places):
            self._wait(began + seconds * turn / len(places))
            self.calls.append(self._press("call_next", window, area))
            self._besides(turn // len(AREAS), self.calls[-1])

    def _wait(self, until: float) -> None:
        """Playwright goes on listening meanwhile."""
        self.pages["main"].wait_for_timeout(max(0.0, until - time.monotonic()) * 1000)

    def _press(self, name: str, window: str, area: str) -> Call:
        said = self.people[window].press(name, window)
        return Call(said["seq"], area, window, said["ticket"]["number"], time.time())

    def _besides(self, turn: int, call: Call) -> None:
        """In a queue that is long by then, so that the call hasn't been said yet."""
        first = self.windows // 2 - 1
        press = {first: "undo", first + 1: "serve", first + 2: "recall"}.get(turn)
        if press == "recall":
            call.then = "called_again"
            self.calls.append(self._press("recall", call.window, call.area))
        elif press:
            self.people[call.window].press(press, call.window)
            call.then = {"undo": "undone", "serve": "answered"}[press]

    def finish(self, within: float) -> float:
        """Until nothing waits any more; seconds since the last call."""
        began = time.monotonic()
        while time.monotonic() - began < within and self.is_busy():
            self.pages["main"].wait_for_timeout(250)
        return time.monotonic() - began

    def is_busy(self) -> bool:
        areas = self.hall.administrator().get("/api/v1/announcing")["areas"]
        return any(area["waiting"] or area["now"] for area in areas)

    def lines(self) -> list[Json]:
        lines: list[Json] = self.hall.administrator().get("/api/v1/announcements", limit="2000")[
            "announcements"
        ]
        return lines

    def loudness(self) -> Loudness:
        """Of every sound that a browser fetched: seconds and root mean square."""
        found = {}
        for url, response in self.sounds.items():
            asked, sound = parse_qs(urlsplit(url).query), from_wav(response.body())
            found[asked["number"][0], asked["language"][0]] = (sound.seconds, sound.rms)
        return found


def play(hall: RunningHall, screens: Screens, windows: int, during: float) -> Told:
    run = Run(hall, windows)
    run.prepare(screens)
    run.call_all(during)
    cleared = run.finish(2 * CLEARED_WITHIN)
    return Told(run.calls, run.lines(), run.loudness(), cleared)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--windows", type=int, default=20, help="in each of three areas; each calls once")
    options.add_argument("--seconds", type=float, default=60.0, help="in which they all call")
    wish = options.parse_args()
    folder = Path(tempfile.mkdtemp())
    with running_hall(folder / "data", hall_file(folder, wish.windows)) as hall, chromium() as browser:
        screens = Screens(browser)
        told = play(hall, screens, wish.windows, wish.seconds)
        faults = faults_of(told)
        wrong = [f"{name}: {each}" for name, found in faults.items() for each in found]
        sys.stdout.write("\n".join([*table(told), "", *wrong, summary(told), ""]))
        screens.close()
    return 1 if any(faults.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
