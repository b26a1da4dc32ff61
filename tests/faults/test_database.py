"""The database goes away at any moment: nothing answered is lost or done twice, and the hall goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from queueing.database_errors import DatabaseAway, NotKnownWhetherKept
from queueing.errors import DiskReadOnly, StorageFailed
from storage.opening import CannotOpen
from storage.postgres_store import PostgresStore
from storage.upgrading import UpgradeFailed
from tests import scene as scenes
from tests.cluster import Cluster, running_cluster
from tests.running import SMALL, Refused, RunningHall, fresh_key, running_hall, wait_until
from tests.scene import Scene

THROW_OUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ 'service-hall'"


@pytest.fixture(scope="module")
def own_cluster() -> Iterator[Cluster]:
    """One that may be stopped without harm to others."""
    with running_cluster() as running:
        yield running


@pytest.fixture(params=["eventlet", "gevent", "threading"])
def hall(request, own_cluster, tmp_path, monkeypatch) -> Iterator[RunningHall]:
    """The small hall on each engine, in a database of its own."""
    file = tmp_path / "hall.toml"
    file.write_text(f'[server]\nengine = "{request.param}"\n\n{SMALL.read_text("utf-8")}', "utf-8")
    address = own_cluster.new_database()
    monkeypatch.setenv("HALL_DATABASE", address)
    with running_hall(tmp_path / "data", file) as running:
        running.address = address  # type: ignore[attr-defined]
        yield running


def test_a_hall_outlives_its_database(hall, own_cluster):
    kiosk, key = hall.somebody(), fresh_key()
    first = kiosk.take()["ticket"]["number"]
    own_cluster.stop()
    try:
        with pytest.raises(Refused) as refused:
            kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)
        assert (refused.value.code, refused.value.response.status_code) == ("database_away", 503)
        assert kiosk.get("/healthz") == {"status": "degraded", "trouble": "database_away"}
    finally:
        own_cluster.start()
    wait_until(lambda: kiosk.get("/healthz")["status"] == "ok", "the hall to go on by itself")
    second, again = (kiosk.post("/api/v1/tickets", {"service": "id-card"}, key) for _ in range(2))
    assert (first, second["ticket"]["number"], again) == ("A001", "A002", second)
    with psycopg.connect(hall.address) as conn:
        assert conn.execute("SELECT count(*) FROM tickets").fetchone() == (2,)


def test_a_look_that_waits_for_the_database_holds_up_nobody(hall):
    """The engine's loop must go on while one request waits for its rows."""
    kiosk, slow = hall.somebody(), hall.somebody()
    with psycopg.connect(hall.address) as conn:
        conn.execute("LOCK TABLE windows IN ACCESS EXCLUSIVE MODE")
        found: list[object] = []
        waiting = threading.Thread(target=lambda: found.append(slow.get("/api/v1/windows")))
        waiting.start()
        wait_until(lambda: somebody_waits(hall.address), "the look to wait")
        assert kiosk.get("/healthz") and not found
    waiting.join(30)
    assert len(found) == 1


def somebody_waits(address: str) -> bool:
    with psycopg.connect(address) as conn:
        asked = (
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return conn.execute(asked).fetchone() is not None


@pytest.fixture
def scene(tmp_path: Path, behind: str, monkeypatch) -> Iterator[Scene]:
    """The small hall at the end of a line that can be cut."""
    monkeypatch.setattr(scenes, "ADDRESS", behind)
    opened = Scene(tmp_path)
    yield opened
    opened.close()


def test_a_commit_whose_answer_was_lost_is_answered_as_what_it_became(scene, line):
    line.cut = "after"
    by = scene.by(role="kiosk", key="lost")
    given = scene.hall.issue(service="id-card", by=by)
    assert scene.hall.issue(service="id-card", by=by) == given
    assert (scene.waiting(), len(scene.pushed)) == (["A001"], 1)


def test_a_commit_that_never_arrived_is_refused_and_may_be_tried_again(scene, line):
    line.cut = "before"
    by = scene.by(role="kiosk", key="lost")
    with pytest.raises(DatabaseAway):
        scene.hall.issue(service="id-card", by=by)
    assert scene.waiting() == []
    scene.hall.issue(service="id-card", by=by)
    assert (scene.waiting(), scene.store.trouble) == (["A001"], None)


def test_what_nobody_can_say_is_not_called_failed(scene, line, monkeypatch):
    monkeypatch.setattr("storage.postgres_store.ASKING_SECONDS", 0.5)
    line.cut, line.closed_to_all = "after", True
    by = scene.by(role="kiosk", key="lost")
    with pytest.raises(NotKnownWhetherKept):
        scene.hall.issue(service="id-card", by=by)
    line.closed_to_all = False
    scene.hall.issue(service="id-card", by=by)
    assert [event.seq for event in scene.events()] == [1]
    assert scene.waiting() == ["A001"]


def test_a_database_that_only_reads_is_said_so_and_goes_on_by_itself(scene, cluster):
    scene.take()
    with psycopg.connect(scenes.ADDRESS, autocommit=True) as conn:
        name = conn.info.dbname
        conn.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        conn.execute(THROW_OUT)
        with pytest.raises(StorageFailed):
            scene.take()
        with pytest.raises(DiskReadOnly):
            scene.take()
        assert scene.store.trouble == "disk_read_only"
        conn.execute("SET default_transaction_read_only = off")
        conn.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        conn.execute(THROW_OUT)
    scene.store.try_again()
    scene.store.try_again()
    assert scene.store.trouble is None
    assert scene.waiting() == ["A001"]


def test_processes_on_one_database_share_one_line(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(scenes, "ADDRESS", cluster.new_database())
    halls = [Scene(tmp_path) for _ in range(3)]
    crowd = [threading.Thread(target=lambda s=each: [s.take() for _ in range(20)]) for each in halls]
    for number, each in enumerate(halls):
        each._keys = iter(range(number * 1000, number * 1000 + 1000))
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert sorted(halls[0].waiting()) == [f"A{n:03d}" for n in range(1, 61)]
    assert [event.seq for event in halls[1].events()] == list(range(1, 61))
    for each in halls:
        each.close()


def test_two_that_open_an_empty_database_at_once_both_get_it(cluster):
    address, opened = cluster.new_database(), []
    doors = [
        threading.Thread(target=lambda n=n: opened.append(PostgresStore(address, f"hall {n}"))) for n in "ab"
    ]
    for each in doors:
        each.start()
    for each in doors:
        each.join()
    assert len(opened) == 2
    for each in opened:
        each.close()


def test_a_newer_releases_database_is_left_alone(cluster):
    address = cluster.new_database()
    PostgresStore(address, "small").close()
    with psycopg.connect(address) as conn:
        conn.execute("INSERT INTO schema_steps VALUES ('900_x', '')")
    with pytest.raises(CannotOpen, match=r"newer version of the hall.*900_x"):
        PostgresStore(address, "small")


def test_a_step_that_fails_leaves_the_database_as_it_was(cluster, monkeypatch):
    from storage.migrations import steps

    address = cluster.new_database()

    def half(database):
        database.execute("CREATE TABLE half (a TEXT)")
        database.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(steps, "_migrations", [*steps._migrations, steps._Migration("999_half", half)])
    with pytest.raises(UpgradeFailed, match="nowhere"):
        PostgresStore(address, "small")
    with psycopg.connect(address) as conn:
        assert conn.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_database_that_is_not_there_is_said_in_one_sentence():
    with pytest.raises(CannotOpen, match="The hall can't reach its database"):
        PostgresStore("postgresql://hall@/none?host=/nowhere", "small")
