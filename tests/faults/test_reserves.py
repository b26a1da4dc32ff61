"""Kiosks that come back at once while others take numbers: nobody stands twice, everybody in their turn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.crowd import crowded_hall
from tests.running import MORNING, Json, RunningHall, fresh_key, running_hall

KIOSKS, OTHERS, EACH = 6, 4, 25
TIMES = 2
"""How often a kiosk enters each number: the answer to the first time may have been lost."""


def cut_off(hall: RunningHall, seed: int) -> list[Json]:
    """A kiosk that comes back: it enters its twenty numbers in order, each twice, under keys of their own."""
    chance, kiosk = Random(seed), hall.somebody()
    block = kiosk.post("/api/v1/blocks")
    ago = sorted((chance.uniform(0, 0.2) for _ in block["numbers"]), reverse=True)
    entered = []
    for number, seconds in zip(block["numbers"], ago, strict=True):
        body = {"block": block["block"], "number": number["number"], "service": chance.choice(SERVICES)}
        for _ in range(TIMES):
            answer = kiosk.post("/api/v1/blocks/tickets", body | {"seconds_ago": seconds}, fresh_key())
        assert answer["ticket"]["ticket"] == number["ticket"]
        entered.append(answer)
    return entered


def connected(hall: RunningHall, seed: int) -> list[Json]:
    chance, kiosk = Random(seed), hall.somebody()
    return [kiosk.take(chance.choice(SERVICES)) for _ in range(EACH)]


SERVICES = ("id-card", "household")


def all_at_once(hall: RunningHall) -> list[Json]:
    with ThreadPoolExecutor(KIOSKS + OTHERS) as pool:
        cut = [pool.submit(cut_off, hall, seed) for seed in range(KIOSKS)]
        others = [pool.submit(connected, hall, seed) for seed in range(KIOSKS, KIOSKS + OTHERS)]
        return [ticket for each in (*cut, *others) for ticket in each.result()]


def line_of(hall: RunningHall) -> list[dict[str, Any]]:
    """Everybody who waits, in the order in which the windows have them."""
    seen = hall.screen(hall.administrator(), screen="office").joined["snapshot"]["waiting"]
    waiting: list[dict[str, Any]] = seen
    return waiting


def test_six_kiosks_come_back_at_once(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", crowded_hall(tmp_path), MORNING) as hall:
        given = all_at_once(hall)
        waiting = line_of(hall)
        numbers = [ticket["number"] for ticket in waiting]
        assert len(numbers) == len(set(numbers)) == KIOSKS * 20 + OTHERS * EACH
        assert sorted(numbers) == sorted(each["ticket"]["number"] for each in given)
        told = {each["ticket"]["number"]: each["joined_at"] for each in given}
        times = [told[number] for number in numbers]
        assert times == sorted(times)
