"""The month that the bench measures is what it says: every ticket a fact, every window kept its hours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench import month
from queueing.clock import HandClock
from queueing.hall import Hall
from scoring.gathering import facts_of
from scoring.periods import period
from settings import load_house
from storage.opening import FILE
from storage.store import SqliteStore
from tests.scene import SMALL


@pytest.fixture
def hall(tmp_path: Path):
    house = load_house(SMALL)
    SqliteStore(tmp_path, house.hall.id).close()
    store = SqliteStore(tmp_path, house.hall.id)
    opened = Hall(house, store, HandClock(month.AFTER))
    month.write_month(tmp_path / FILE, opened, 300)
    month.enter(opened)
    yield opened
    store.close()


def test_every_ticket_of_the_month_counts(hall: Hall) -> None:
    facts = hall.store.look(lambda desk: facts_of(desk, period(month.MONTH), hall))
    times: Counter[str] = Counter()
    for each in facts.values():
        for fact in each:
            times[fact.kind] += int(fact.times)
    assert (times["finished"], times["item"]) == (300, month.ENTERED)
    assert 120 < times["rated"] < 240
    assert times["unattended"] == 0, "the made-up clerks come every day"
    assert 0 < times["opened_late"] + times["closed_early"] < 132, (
        "some of the 132 stretches begin or end badly"
    )
