"""A database that says nothing, that lets nobody in, and how many connections a process takes of it."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from queueing.database_errors import DatabaseAway, NoConnections
from queueing.records import Press
from storage.opening import CannotOpen
from storage.postgres_store import PostgresStore
from storage.together import LEAD, ByDatabase
from tests.cluster import Cluster
from tests.faults.cut_line import CutLine
from tests.running import ROOT, SMALL, Refused, RunningHall, running_hall, wait_until

PRESS = Press(actor="device:kiosk")
SAID = re.compile("Tell the administrator|请告知管理员")
HALLS = ("north", "south", "west")


def seq_of(store: PostgresStore) -> int:
    return store.look(lambda desk: desk.seq())


@pytest.mark.timeout(60)
def test_a_look_doesnt_wait_for_a_server_that_fell_silent(behind: str, line: CutLine) -> None:
    store = PostgresStore(behind, "small")
    assert seq_of(store) == 0
    line.speaks.clear()
    for _ in range(2):
        with pytest.raises(DatabaseAway):
            seq_of(store)
    with pytest.raises(DatabaseAway):
        store.change(lambda desk: {}, PRESS)
    line.speaks.set()
    wait_until(lambda: not tried(store), "the hall to go on")
    assert seq_of(store) == 0
    store.close()


def test_a_server_that_is_slow_to_let_somebody_in_is_not_called_away(behind: str, line: CutLine) -> None:
    """A connection that hears nothing for 2 s is no news under load, while the next one is let in."""
    store = PostgresStore(behind, "small")
    line.kept_waiting = 1
    assert seq_of(store) == 0
    assert (line.kept_waiting, store.trouble) == (0, None)
    store.close()


def tried(store: PostgresStore) -> str | None:
    store.try_again()
    return store.trouble


def test_what_a_server_takes_long_for_is_waited_for(behind: str, line: CutLine) -> None:
    """A report of a month over ten years isn't a silence: the server says that it is there."""
    store = PostgresStore(behind, "small")
    slow = store.look(lambda desk: desk.db.rows("SELECT 1 FROM pg_sleep(2.5)"))
    assert [tuple(row) for row in slow] == [(1,)]
    store.close()


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
@pytest.mark.timeout(90)
def test_pages_say_so_and_boards_go_on_showing_while_the_line_is_silent(
    engine: str, behind: str, line: CutLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(f'[server]\nengine = "{engine}"\n\n{SMALL.read_text("utf-8")}', "utf-8")
    monkeypatch.setenv("HALL_DATABASE", behind)
    with running_hall(tmp_path / "data", file) as hall:
        kiosk, board = hall.somebody(), hall.screen(screen="board", area="main")
        kiosk.take()
        line.speaks.clear()
        for path in ("/board", "/kiosk", "/api/v1/services"):
            answer = kiosk.session.get(f"{hall.url}{path}", timeout=20)
            assert answer.status_code == 503 and SAID.search(answer.text)
        with pytest.raises(Refused) as refused:
            kiosk.take()
        assert refused.value.code == "database_away"
        assert kiosk.get("/healthz") == {"status": "degraded", "trouble": "database_away"}
        assert board.client.connected
        line.speaks.set()
        went_on(hall)
        last = kiosk.take()["seq"]
        assert [event["seq"] for event in board.wait_for(last)] == list(range(1, last + 1))


def went_on(hall: RunningHall) -> None:
    wait_until(lambda: hall.somebody().get("/healthz")["status"] == "ok", "the hall to go on by itself")


def connections(address: str) -> int:
    """Of halls, in that database."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'service-hall%'"
    with psycopg.connect(address) as conn:
        counted = conn.execute(f"{asked} AND datname = current_database()").fetchone()
    return int(counted[0]) if counted else 0


def test_halls_of_one_process_share_all_connections_but_one_each(cluster: Cluster) -> None:
    address = cluster.new_database()
    stores = [PostgresStore(address, hall, looks=2) for hall in HALLS]
    parts = [ByDatabase(address, hall) for hall in HALLS]
    for store, part in zip(stores, parts, strict=True):
        part.agree({}, {LEAD: True})
        seq_of(store)
    assert all(part.leads for part in parts)
    assert connections(address) == len(HALLS) + 1 + 1, "one each for changes, one to agree, one for looks"
    crowd = [threading.Thread(target=seq_of, args=(each,)) for each in stores * 10]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert connections(address) <= len(HALLS) + 1 + 2
    for store, part in zip(stores, parts, strict=True):
        part.close()
        store.close()
    wait_until(lambda: connections(address) == 0, "all to be given back")


def test_a_hall_that_leaves_gives_back_what_it_held_alone(cluster: Cluster) -> None:
    address = cluster.new_database()
    here, there, other = (ByDatabase(address, hall) for hall in ("north", "north", "south"))
    there._agreement = type(there._agreement)(address)  # as in another process
    for each in (here, there, other):
        each.agree({"kiosks": []}, {LEAD: True})
    assert (here.leads, there.leads, other.leads) == (True, False, True)
    here.close()
    there.agree({}, {LEAD: True})
    other.agree({}, {LEAD: True})
    assert (here.leads, there.leads, other.leads, there.others) == (False, True, True, [])
    there.close()
    other.close()


@pytest.fixture
def limited(cluster: Cluster) -> Iterator[str]:
    """The address of a database for a role that may have so many connections."""
    address = cluster.new_database()
    name = conninfo_to_dict(address)["dbname"]
    cluster.ask("CREATE ROLE few LOGIN SUPERUSER")
    yield address.replace("hall@", "few@")
    cluster.ask(f"DROP DATABASE {name} WITH (FORCE)")
    cluster.ask("DROP ROLE few")


def test_a_server_without_a_connection_left_is_named_as_that(
    limited: str, cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    store = PostgresStore(limited, "small")
    cluster.ask("ALTER ROLE few NOSUPERUSER CONNECTION LIMIT 0")
    cluster.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'few'")
    with pytest.raises(NoConnections):
        store.change(lambda desk: {}, PRESS)
    assert store.trouble == "no_connections" and "Raise max_connections" in caplog.text
    with pytest.raises(CannotOpen, match="no connection left"):
        PostgresStore(limited, "other")
    cluster.ask("ALTER ROLE few SUPERUSER CONNECTION LIMIT -1")
    store.try_again()
    assert store.trouble is None
    store.close()


def test_a_connection_may_have_the_number_of_a_door_that_was_shut(cluster: Cluster) -> None:
    """An eventlet server that ends while its database is away connects again with its doors shut."""
    command = [sys.executable, "-m", "tests.faults.door_number", cluster.new_database()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "same number: True, answer: (42,)", done.stderr
