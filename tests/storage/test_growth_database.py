"""The same story of years in PostgreSQL: the pages that its looks touch, counted by the server itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench.filling import fill
from queueing.clock import HandClock
from queueing.hall import Hall
from scoring.ratings import Ratings
from settings import load_house
from storage.chain import open_live
from storage.moving import carry_in
from storage.postgres import OF_READERS, PostgresDb, connected, translated
from storage.postgres_schema import opened
from storage.postgres_store import PostgresStore
from tests.cluster import Cluster
from tests.scene import MONDAY_NINE, SMALL, Scene
from tests.storage.test_growth import A_DAY, CASES, FEW_DAYS, MANY_DAYS, SATURDAY, STORY

pytestmark = pytest.mark.of_files

LITTLE = 40
"""Pages: a level more of an index here and there."""

BY_SIZE = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
"""Ways that the planner takes where a whole table is no more than some pages; years later it doesn't."""

ASKED = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "


class Counted(Scene):
    """A hall with a past in a database of its own."""

    def __init__(self, folder: Path, address: str, days: int) -> None:
        house = load_house(SMALL)
        fill(folder, house, days * A_DAY, A_DAY, SATURDAY)
        with sqlite3.connect(folder / "hall.db") as conn:
            conn.executescript(CASES)
        moved(folder, address)
        self.house, self.clock = house, HandClock(MONDAY_NINE)
        self.store = PostgresStore(address, house.hall.id)
        self.hall, self.pushed = Hall(house, self.store, self.clock), []
        self.ratings, self._keys = Ratings(self.hall), iter(range(10**6))

    def seen(self, look: Callable[[Any], object]) -> object:
        return self.store.look(look)


def moved(folder: Path, address: str) -> None:
    with closing(open_live(folder / "hall.db")) as source, closing(connected(address, OF_READERS)) as conn:
        opened(PostgresDb(conn))
        conn.execute("BEGIN")
        carry_in(source, conn, "small")
        conn.execute("COMMIT")
        conn.execute("VACUUM ANALYZE")
        for way in BY_SIZE:
            conn.execute(f"ALTER DATABASE {conn.info.dbname} SET {way} = off")


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Iterator[tuple[Counted, Counted]]:
    made = [
        Counted(tmp_path_factory.mktemp("past"), cluster.new_database(), days)
        for days in (FEW_DAYS, MANY_DAYS)
    ]
    yield made[0], made[1]
    for each in made:
        each.close()


def test_no_look_and_no_press_touches_more_pages_after_years(halls, monkeypatch) -> None:
    pages = []
    run = PostgresDb._execute

    def counted(db: PostgresDb, sql: str, params: dict[str, Any]) -> Any:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            plan = db.conn.execute(ASKED + translated(sql), params).fetchall()[0][0][0]["Plan"]
            pages.append(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
        return run(db, sql, params)

    monkeypatch.setattr(PostgresDb, "_execute", counted)
    costs: dict[str, list[int]] = {}
    for part in STORY:
        for hall in halls:
            pages.clear()
            part(hall)
            costs.setdefault(part.__name__, []).append(sum(pages))
    assert not {name: (few, many) for name, (few, many) in costs.items() if many > 1.1 * few + LITTLE}
    assert len(costs) == len(STORY) and sum(few for few, _ in costs.values()) > 500, costs
