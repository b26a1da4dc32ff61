"""What a city's page for everybody costs: drawn for each who asks, and once for all of two seconds.

    python -m bench.city_page [--halls 100]

Processor time of one request in this process, rounds taken in turns; one hall so many times under other ids.
"""

from __future__ import annotations

import argparse
import copy
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

import city.lately
from queueing.clock import HallClock, moment
from settings.city import load_city
from storage.store import SqliteStore
from web.building import built_of
from web.context import Built
from web.deployment import Deployment
from web.opening import open_web
from web.starting import house_of

FILES = Path(__file__).resolve().parent.parent / "halls" / "city-example"
PAGE, ROUNDS = "/?need=ID-CARD&lang=en", 3


def opened(file: str, folder: Path) -> Built:
    """Built from its file on a clock that stands still in the morning; nothing runs by itself."""
    folder.mkdir()
    house = house_of(FILES / file)
    store = SqliteStore(folder, house.hall.id)
    clock = HallClock(moment("2026-10-12T02:40:00.000Z"), 0.0)
    return built_of(house, clock, store, "threading", lambda work: work(), folder, 8000)


def app_of(folder: Path, halls: int) -> Flask:
    """The city's own app over so many halls that are alike."""
    hall, office = opened("xinqu.toml", folder / "hall"), opened("city.toml", folder / "city")
    open_web(hall)
    office.city = Deployment(load_city(FILES / "city.toml"), FILES)
    for at in range(halls):
        another = copy.copy(hall)
        info = replace(hall.house.hall, id=f"hall{at:03}")
        another.house = replace(hall.house, hall=info)
        office.city.halls[info.id] = another
    return open_web(office)


def cost(asks: Any, times: int, headers: dict[str, str]) -> tuple[float, int]:
    """Milliseconds of processor time for one, and the bytes that go out."""
    began = time.process_time()
    for _ in range(times):
        answer = asks.get(PAGE, headers=headers)
        assert answer.status_code == 200
    return 1000 * (time.process_time() - began) / times, len(answer.data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--halls", type=int, default=100)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asks = app_of(Path(folder), wish.halls).test_client()
        for _ in range(ROUNDS):
            city.lately.FRESH_SECONDS = -1.0
            drawn, whole = cost(asks, 5, {})
            city.lately.FRESH_SECONDS = 2.0
            kept, squeezed = cost(asks, 200, {"Accept-Encoding": "gzip"})
            print(f"{wish.halls} halls: drawn {drawn:.1f} ms, {whole} B; kept {kept:.2f} ms, {squeezed} B")


if __name__ == "__main__":
    main()
