"""A hall with twenty windows, a clerk at each, made from the small one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.running import SMALL, Json, Person, RunningHall

WINDOWS = [str(number) for number in range(1, 21)]

WINDOW = """
[[windows]]
id = "{0}"
name = {{ zh = "{0}号综合窗口", en = "All services {0}" }}
area = "main"
hours = "office"
departments = ["police"]
"""
CLERK = """
[[staff]]
id = "clerk{0}"
name = {{ zh = "工作人员{0}", en = "Clerk {0}" }}
post = {{ zh = "综合窗口工作人员", en = "Clerk" }}
windows = ["{0}"]
"""


def twenty_windows(folder: Path) -> Path:
    """Writes the hall's file: the small hall's windows, and as many more as make twenty."""
    more = "".join(WINDOW.format(window) for window in WINDOWS[3:])
    clerks = "".join(CLERK.format(window) for window in WINDOWS)
    file = folder / "twenty.toml"
    text = SMALL.read_text(encoding="utf-8").replace('area = "upstairs"', 'area = "main"')
    file.write_text(text + more + clerks, encoding="utf-8")
    return file


def all_sit(server: RunningHall) -> dict[str, Person]:
    """A clerk at every window; by window."""
    server.administrator()
    with ThreadPoolExecutor(8) as pool:
        people = list(pool.map(lambda window: server.clerk(f"clerk{window}"), WINDOWS))
    for window, person in zip(WINDOWS, people, strict=True):
        person.press("sit", window)
    return dict(zip(WINDOWS, people, strict=True))


def queue_up(server: RunningHall, visitors: int) -> None:
    """Visitors for every window: the police's lines, and the social bureau's for window 3."""
    kiosk = server.somebody()
    for number in range(visitors):
        kiosk.take("pension" if number % 20 == 2 else "id-card")


def all_call(people: dict[str, Person]) -> list[Json]:
    """Everybody presses *next* at once; the answers in the order of the calls, each with when it was here."""
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(call_next, people.items()))
    return sorted(answers, key=lambda said: int(said["seq"]))


def call_next(at: tuple[str, Person]) -> Json:
    window, person = at
    return person.press("call_next", window) | {"answered": time.time()}
