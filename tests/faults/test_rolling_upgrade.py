"""A release that changes the schema comes while the one before still serves: neither ever writes wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from queueing.database_errors import NewerRelease
from queueing.house import House
from queueing.records import Press
from settings import load_house
from storage.migrations import steps
from storage.opening import CannotOpen
from storage.postgres_store import PostgresStore
from tests.cluster import Cluster
from tests.running import SMALL
from upkeep.folder import store_of
from web.starting import CannotStart

PRESS = Press(actor="device:kiosk")


@contextmanager
def newer_release() -> Iterator[None]:
    """Whatever is opened meanwhile knows one step more."""
    step = steps._Migration("998_more", lambda database: database.execute("CREATE TABLE more (hall TEXT)"))
    with pytest.MonkeyPatch.context() as release:
        release.setattr(steps, "_migrations", [*steps._migrations, step])
        yield


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.new_database()


@pytest.fixture
def old(address: str) -> Iterator[PostgresStore]:
    store = PostgresStore(address, "small")
    yield store
    store.close()


def kept(store: PostgresStore) -> int:
    """One change more; how far the log has come."""
    store.change(lambda desk: {"seq": desk.seq()}, PRESS)
    return store.look(lambda desk: desk.seq())


def is_newer(address: str) -> bool:
    with psycopg.connect(address) as conn:
        return conn.execute("SELECT 1 FROM pg_tables WHERE tablename = 'more'").fetchone() is not None


def house_in(address: str) -> House:
    house = load_house(SMALL)
    return replace(house, server=replace(house.server, database=address))


def throw_out(cluster: Cluster, address: str) -> None:
    name = conninfo_to_dict(address)["dbname"]
    cluster.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_the_newer_one_waits_for_the_older_which_goes_on(
    address: str, old: PostgresStore, tmp_path: Path
) -> None:
    with newer_release(), pytest.raises(CannotStart, match=r"a server is still at it.*that server goes on"):
        store_of(house_in(address), tmp_path)
    assert not is_newer(address) and not list(tmp_path.glob("*.dump")), "nothing is copied again and again"
    assert kept(old) == 0 and old.trouble is None
    old.close()
    with newer_release():
        store_of(house_in(address), tmp_path).close()
    assert is_newer(address) and len(list(tmp_path.glob("*.dump"))) == 1


def test_a_hall_of_the_same_database_counts_too(address: str, old: PostgresStore) -> None:
    with newer_release(), pytest.raises(CannotOpen, match="of every hall in it"):
        PostgresStore(address, "another")
    assert kept(old) == 0


def test_two_of_the_newer_one_that_start_at_once_both_open(address: str) -> None:
    PostgresStore(address, "small").close()
    with newer_release():
        first = PostgresStore(address, "small")
        second = PostgresStore(address, "small")
    assert is_newer(address) and kept(first) == kept(second) == 0
    first.close()
    second.close()


def test_an_older_one_that_was_cut_off_meanwhile_writes_nothing_any_more(
    cluster: Cluster, address: str, old: PostgresStore, caplog: pytest.LogCaptureFixture
) -> None:
    throw_out(cluster, address)
    with newer_release():
        new = PostgresStore(address, "small")
    for _ in range(2):
        with pytest.raises(NewerRelease):
            kept(old)
    assert old.trouble == "newer_release" and "start the newer one" in caplog.text
    old.try_again()
    assert old.trouble == "newer_release"
    with newer_release():
        assert kept(new) == 0 and new.trouble is None
        new.close()


def test_what_was_there_before_is_looked_over_for_the_planner(cluster: Cluster, address: str) -> None:
    PostgresStore(address, "small").close()
    name = str(conninfo_to_dict(address)["dbname"])
    unknown = "SELECT relname FROM pg_class WHERE relname IN ('events', 'tickets') AND reltuples < 0"
    assert len(cluster.ask(unknown, name)) == 2, "of an empty table it is better to know nothing"
    with newer_release():
        PostgresStore(address, "small").close()
    assert cluster.ask(unknown, name) == []
