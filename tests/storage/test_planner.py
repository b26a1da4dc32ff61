"""What PostgreSQL's planner knows of a hall's tables: presses don't depend on it, and nights tell it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from storage.postgres_store import PostgresStore
from tests import scene as scenes
from tests.cluster import Cluster
from tests.scene import Scene

pytestmark = pytest.mark.of_files

PREPARED = 12
"""A statement's plan is kept from about its tenth time on."""

OTHERS = 20_000
PAST = """INSERT INTO tickets
    SELECT other.* FROM (SELECT * FROM tickets LIMIT 1) one, generate_series(1, {}) n,
    LATERAL jsonb_populate_record(NULL::tickets, to_jsonb(one) || jsonb_build_object(
        'hall', 'past', 'key', one.key || n, 'number', one.number || n, 'state', 'finished')) other"""
OF_TICKETS = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'tickets'"


@pytest.fixture
def name(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a database whose server looks after nothing by itself."""
    address = cluster.new_database()
    monkeypatch.setattr(scenes, "ADDRESS", address)
    return str(conninfo_to_dict(address)["dbname"])


@pytest.fixture
def scene(name: str, cluster: Cluster, tmp_path: Path) -> Iterator[Scene]:
    opened = Scene(tmp_path)
    cluster.ask("ALTER TABLE tickets SET (autovacuum_enabled = false)", name)
    opened.sit("1", "li")
    yield opened
    opened.close()


def visits(scene: Scene, many: int) -> None:
    for _ in range(many):
        scene.take()
        scene.serve_one("1", "li", minutes=1)


def read(scene: Scene, cluster: Cluster, name: str) -> int:
    """Tickets that were read one by one through the whole table, so far."""
    assert isinstance(scene.store, PostgresStore)
    scene.store._writer.rows("SELECT pg_stat_force_next_flush()")
    return int(cluster.ask(OF_TICKETS, name)[0][0])


def test_a_press_goes_by_an_index_though_its_plan_is_of_the_first_day(
    scene: Scene, cluster: Cluster, name: str
) -> None:
    visits(scene, PREPARED)
    cluster.ask("ANALYZE", name)
    visits(scene, PREPARED)
    cluster.ask(PAST.format(OTHERS), name)
    before = read(scene, cluster, name)
    visits(scene, 3)
    assert read(scene, cluster, name) - before < OTHERS


def test_a_night_tells_the_planner_what_came_once(scene: Scene, cluster: Cluster, name: str) -> None:
    visits(scene, 1)
    assert isinstance(scene.store, PostgresStore)
    read(scene, cluster, name)
    counted = "SELECT analyze_count FROM pg_stat_user_tables WHERE relname = 'tickets'"
    for _ in range(2):
        scene.store.look_over()
    assert cluster.ask(counted, name) == [(1,)]
    assert cluster.ask("SELECT reltuples FROM pg_class WHERE relname = 'tickets'", name) == [(1.0,)]


def test_a_night_waits_for_nobody_who_holds_a_table(scene: Scene, cluster: Cluster, name: str) -> None:
    """Halls of a city begin their nights at the same moment, in the same database."""
    visits(scene, 1)
    assert isinstance(scene.store, PostgresStore)
    read(scene, cluster, name)
    with psycopg.connect(cluster.address(name)) as other:
        other.execute("LOCK TABLE tickets IN SHARE UPDATE EXCLUSIVE MODE")
        scene.store.look_over()
    assert cluster.ask("SELECT reltuples FROM pg_class WHERE relname = 'tickets'", name) == [(-1.0,)]
    scene.store.look_over()
    assert cluster.ask("SELECT reltuples FROM pg_class WHERE relname = 'tickets'", name) == [(1.0,)]
