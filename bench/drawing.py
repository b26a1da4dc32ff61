"""What it costs the server to tell the forecast process how the hall stands: processor time of one drawing.

    python -m bench.drawing                 Longquanyi's 151 windows, 300 and 900 people waiting

In one process, the file in memory where there is such a folder.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import tempfile
import time
from datetime import UTC
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from bench.changing import IN_MEMORY
from bench.servers import MORNING
from queueing.clock import HallClock
from queueing.errors import HallError
from queueing.hall import Hall
from queueing.records import Press
from settings import load_house
from storage.store import SqliteStore
from web.foreseeing import Foreseeing
from web.together import NoBus

FILE = Path("halls/longquanyi.toml")
TIMES = 30
KIOSK = Press("device:kiosk", "kiosk")


def busy(hall: Hall) -> None:
    """A clerk at each window, four in five of them serve somebody."""
    for n, window in enumerate(hall.house.windows):
        by = Press(f"staff:c{n}", clerk=f"c{n}")
        hall.sit(window=window.id, by=by)
        if n % 5:
            hall.issue(service=next(iter(hall.plan.reluctances[window.id])), by=KIOSK)
            hall.call_next(window=window.id, by=by)


def fill(hall: Hall, waiting: int) -> None:
    """Until so many wait, of all services that windows take."""
    taken = itertools.cycle([s.id for s in hall.house.services if hall.plan.windows_of[s.id]])
    while len(hall.store.look(lambda desk: desk.waiting())) < waiting:
        try:
            hall.issue(service=next(taken), by=KIOSK)
        except HallError:
            continue  # no more numbers for that one today


def drawing(foreseeing: Foreseeing) -> float:
    began = time.thread_time()
    foreseeing._draw()
    return 1000 * (time.thread_time() - began)


def measure(folder: Path, sizes: list[int]) -> None:
    house = load_house(FILE)
    store = SqliteStore(folder, house.hall.id)
    hall = Hall(house, store, HallClock(MORNING.replace(hour=2, tzinfo=UTC)))
    built: Any = SimpleNamespace(house=house, hall=hall, store=store, bus=NoBus(), forecasts=None)
    foreseeing = Foreseeing(built)
    busy(hall)
    for waiting in sizes:
        fill(hall, waiting)
        took = median(drawing(foreseeing) for _ in range(TIMES))
        print(f"{waiting:5d} waiting, {len(house.windows)} windows: {took:.2f} ms", flush=True)
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.drawing", description=__doc__.splitlines()[0])
    parser.add_argument("--waiting", default="300,900", help="people waiting: 300,900")
    sizes = [int(each) for each in parser.parse_args().waiting.split(",")]
    folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
    try:
        measure(folder, sizes)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
