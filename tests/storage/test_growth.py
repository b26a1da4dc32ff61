"""No look and no press costs more in a hall that has been open for years: the database's steps counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bench.filling import fill
from queueing import looks
from queueing.clock import shifted
from queueing.log import Wanted
from queueing.receipts import receipt
from scoring.periods import period
from scoring.reports import Reports
from scoring.told_levels import levels_told
from settings import load_house
from storage.desk import SqlDesk
from tests.scene import SMALL, Scene
from upkeep.purging import purge_all
from upkeep.signing import sign_until

SATURDAY, TODAY = date(2026, 10, 10), "2026-10-12"
A_DAY, FEW_DAYS, MANY_DAYS = 24, 75, 300
"""The shorter past is longer than anything that a hall learns from, and than any month that it reports."""

pytestmark = pytest.mark.of_files  # it counts the steps of SQLite's machine

EACH = 10
"""Instructions of the database between two counts."""

LITTLE = 40
"""A halving more here and there, and pages that lie elsewhere; in counts."""


class Counted(Scene):
    """A hall with a past, whose database counts its own instructions."""

    def __init__(self, folder: Path, days: int) -> None:
        fill(folder, load_house(SMALL), days * A_DAY, A_DAY, SATURDAY)
        with sqlite3.connect(folder / "hall.db") as conn:
            conn.executescript(CASES)
        super().__init__(folder)
        self.clock.turn(minutes=0)
        self.steps = 0
        self.hall.store.look(lambda desk: desk.seq())
        for db in (self.store._writer, *self.store._readers):
            cast(Any, db).database.conn.set_progress_handler(self._count, EACH)

    def _count(self) -> None:
        self.steps += 1

    def costs(self, work: Callable[[Counted], object]) -> int:
        before = self.steps
        work(self)
        return self.steps - before

    def seen(self, look: Callable[[SqlDesk], object]) -> object:
        return self.store.look(look)


CASES = """
INSERT INTO complaints (hall, id, kind, channel, state, about_day, received_at, step_at, weight, ticket,
    taken_by, handler, hands, closed_at, solved, satisfied, verdict, item, decided_by, fact, set_aside,
    missed)
    SELECT hall, 'c' || ticket, 'complaint', 'phone', 'closed', day, at, at, 'ordinary', ticket,
    '', '', '', at, '', '', '', '', '', '', '', '' FROM ratings;
INSERT INTO remedies (hall, id, ticket, state, opened_at, opened_day, contact_days, put_right_days, before,
    named, verified_by, set_aside_as)
    SELECT hall, seq, ticket, 'closed', at, day, 1, 5, 0, 0, '', '' FROM ratings;
"""


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counted, Counted]]:
    made = [Counted(tmp_path_factory.mktemp("past"), days) for days in (FEW_DAYS, MANY_DAYS)]
    yield made[0], made[1]
    for each in made:
        each.close()


def morning(hall: Counted) -> None:
    """The day's first presses: earlier days are closed, service times are learned."""
    hall.sit("1", "li")
    hall.sit("3", "wang")
    for _ in range(6):
        hall.take()


def a_visit(hall: Counted) -> None:
    hall.serve_one("1", "li")


def undone(hall: Counted) -> None:
    hall.press("call_next", "1", "li")
    hall.press("undo", "1", "li")


def own_ticket(hall: Counted) -> None:
    key = hall.take()
    at = hall.hall.now()
    hall.seen(lambda desk: looks.phone(hall.hall, desk, at, key, lambda: hall.hall.line(desk, at)))
    hall.seen(lambda desk: receipt(hall.hall, desk, key))
    hall.seen(lambda desk: desk.complaints_of(key))


def screens(hall: Counted) -> None:
    at = hall.hall.now()
    hall.seen(lambda desk: looks.board(hall.hall, desk, at, None))
    hall.seen(lambda desk: hall.hall.lines(desk, at))
    hall.seen(lambda desk: looks.panel(hall.hall, desk, "1"))
    hall.seen(lambda desk: looks.terminal(hall.hall, desk, at, "1", "li"))
    hall.seen(lambda desk: hall.ratings.asked_at_pad(desk, "1", at))
    hall.seen(lambda desk: hall.ratings.asked_at_pad(desk, "3", at))
    hall.seen(lambda desk: looks.guide(desk, TODAY))


def office(hall: Counted) -> None:
    hall.seen(lambda desk: hall.ratings.of_today(desk, hall.hall.now()))
    hall.seen(lambda desk: desk.complaints(closed=True, limit=10))
    hall.seen(lambda desk: desk.complaints(closed=False, limit=10))
    hall.seen(lambda desk: desk.remedies_in(("closed",), 10))
    hall.seen(lambda desk: desk.remedies_in(("opened", "contacted"), 10))
    hall.seen(lambda desk: desk.log_page(Wanted(), 100))
    hall.seen(lambda desk: levels_told(desk, "li", "2026-09"))


def month(hall: Counted) -> None:
    hall.seen(lambda desk: Reports(hall.hall).report(desk, period("2026-09"), hall.hall.now()))


def forecasts(hall: Counted) -> None:
    since = (date.fromisoformat(TODAY) - timedelta(days=30)).isoformat()
    hall.seen(lambda desk: (desk.kept_waits(since), desk.walks(since), desk.days_before(TODAY, 20)))
    hall.seen(lambda desk: desk.past_visits("2026-10-09"))
    hall.seen(lambda desk: desk.events_between(shifted(hall.hall.now(), minutes=-60), hall.hall.now()))


def night(hall: Counted) -> None:
    purge_all(hall.hall)
    sign_until(hall.hall, b"key", TODAY)


STORY = (morning, a_visit, screens, own_ticket, undone, office, month, forecasts, night)


def test_no_look_and_no_press_costs_more_after_years(halls):
    """One story in both halls, part by part."""
    few, many = halls
    grown = {}
    for part in STORY:
        cheap, dear = few.costs(part), many.costs(part)
        if dear > 1.1 * cheap + LITTLE:
            grown[part.__name__] = (cheap, dear)
    assert not grown
