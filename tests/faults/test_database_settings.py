"""A database as somebody else has set it up: what works works, and what can't is said at the start."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from queueing.clock import RealClock
from queueing.database_errors import NoConnections
from queueing.records import Press
from settings import load_house
from storage import postgres_readers
from storage.migrations import steps
from storage.opening import CannotOpen
from storage.postgres_store import PostgresStore
from storage.together import LEAD, ByDatabase
from tests import scene as scenes
from tests.cluster import Cluster, keeper
from tests.running import SMALL, wait_until
from tests.scene import Scene
from upkeep import opening
from upkeep.folder import store_of
from web.engines import Engine
from web.starting import CannotStart

PRESS = Press(actor="device:kiosk")
OTHERWISE = {
    "statement_timeout": "300ms",
    "lock_timeout": "100ms",
    "idle_session_timeout": "300ms",
    "default_transaction_isolation": "serializable",
    "TimeZone": "America/St_Johns",
    "DateStyle": "SQL, DMY",
    "IntervalStyle": "sql_standard",
    "extra_float_digits": "-3",
    "synchronous_commit": "off",
    "bytea_output": "escape",
    "standard_conforming_strings": "off",
}


def name_of(address: str) -> str:
    return str(conninfo_to_dict(address)["dbname"])


def test_settings_of_a_database_or_a_role_change_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = cluster.new_database()
    for name, value in OTHERWISE.items():
        cluster.ask(f"ALTER DATABASE {name_of(address)} SET {name} = '{value}'")
    monkeypatch.setattr(scenes, "ADDRESS", address)
    scene = Scene(tmp_path)
    scene.sit("1", "li")
    for _ in range(12):
        scene.take()
    key = scene.serve_one("1", "li", minutes=7.5)
    assert scene.waiting() == [f"A{n:03d}" for n in range(2, 13)]
    assert scene.ticket(key).state == "finished"
    slow = scene.store.look(lambda desk: desk.db.rows("SELECT 1 FROM pg_sleep(0.8)"))
    assert len(slow) == 1
    scene.close()


def test_a_connection_that_was_ended_in_a_quiet_hour_costs_nobody_a_press(cluster: Cluster) -> None:
    """A restart at night, a firewall's patience: the first press in the morning is like any other."""
    address = cluster.new_database()
    store = PostgresStore(address, "small")
    everybody = f"FROM pg_stat_activity WHERE datname = '{name_of(address)}'"
    cluster.ask(f"SELECT pg_terminate_backend(pid) {everybody}")
    assert store.change(lambda desk: {"kept": True}, PRESS) == {"kept": True}
    assert store.trouble is None
    store.close()


def test_a_role_without_rights_is_told_which_it_lacks(cluster: Cluster) -> None:
    address = cluster.new_database()
    cluster.ask("CREATE ROLE guest LOGIN")
    with pytest.raises(CannotOpen, match=r"permission denied for schema public.*OWNER TO"):
        PostgresStore(address.replace("hall@", "guest@"), "small")
    cluster.ask("DROP ROLE guest")


def test_a_database_of_another_name_is_said_to_be_missing(cluster: Cluster) -> None:
    with pytest.raises(CannotOpen, match='database "nobodys" does not exist'):
        PostgresStore(cluster.address("nobodys"), "small")


def test_a_database_that_keeps_other_letters_is_refused(cluster: Cluster) -> None:
    cluster.ask("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    with pytest.raises(CannotOpen, match=r"keeps text as LATIN1.*ENCODING 'UTF8'"):
        PostgresStore(cluster.address("latin"), "small")


# -- a pooler between ---------------------------------------------------------------------------


@contextmanager
def pooled(cluster: Cluster, address: str, mode: str, size: int = 20) -> Iterator[str]:
    """The same database through a PgBouncer that hands connections round that way."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    assert program, "tools/setup-tests.sh installs PgBouncer"
    place = cluster.folder / f"{mode}-{size}"
    place.mkdir()
    place.chmod(0o777)
    (place / "users").write_text('"hall" ""\n')
    (place / "ini").write_text(
        f"[databases]\n* = host={cluster.folder}\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = {place}\n"
        f"auth_type = trust\nauth_file = {place}/users\npool_mode = {mode}\nlisten_port = 5432\n"
        f"default_pool_size = {size}\n"
    )
    process = subprocess.Popen(
        [program, "-q", str(place / "ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **keeper()
    )
    try:
        wait_until(lambda: (place / ".s.PGSQL.5432").exists(), "PgBouncer")
        yield address.replace(str(cluster.folder), str(place))
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_a_pooler_by_transactions_is_refused_by_name(cluster: Cluster) -> None:
    with (
        pooled(cluster, cluster.new_database(), "transaction") as address,
        pytest.raises(CannotOpen, match="pool_mode = session"),
    ):
        PostgresStore(address, "small")


def test_a_pooler_by_sessions_serves_a_hall(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pooled(cluster, cluster.new_database(), "session") as address:
        monkeypatch.setattr(scenes, "ADDRESS", address)
        scene = Scene(tmp_path)
        scene.take()
        assert scene.waiting() == ["A001"]
        scene.close()


def test_a_pooler_with_too_few_for_all_halls_is_told_in_bounded_time_and_the_others_go_on(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.postgres.FIRST_ANSWER_SECONDS", 0.3)
    with pooled(cluster, cluster.new_database(), "session", size=2) as address:
        north = PostgresStore(address, "north")
        with pytest.raises(CannotOpen, match=r"no connection left for the hall.*default_pool_size"):
            PostgresStore(address, "south")
        with closing(psycopg.connect(address)) as somebody:
            somebody.execute("SELECT 1")
            with pytest.raises(NoConnections):
                north.look(lambda desk: desk.seq())
            assert north.trouble == "no_connections" and "default_pool_size" in caplog.text
            assert north.change(lambda desk: {"kept": True}, PRESS) == {"kept": True}
        assert north.look(lambda desk: desk.seq()) == 0
        with pytest.raises(CannotOpen):
            PostgresStore(address, "south")
        assert north.look(lambda desk: desk.seq()) == 0, "who has a connection is refused nothing"
        north.close()


# -- an upgrade ---------------------------------------------------------------------------------


@pytest.fixture
def older(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database that lacks a step of this release."""
    address = cluster.new_database()
    PostgresStore(address, "small").close()
    step = steps._Migration("998_more", lambda database: database.execute("CREATE TABLE more (a TEXT)"))
    monkeypatch.setattr(steps, "_migrations", [*steps._migrations, step])
    return address


def in_that(address: str, dump: bool = True):
    house = load_house(SMALL)
    return replace(house, server=replace(house.server, database=address, database_dump=dump))


def tables(address: str) -> set[str]:
    with psycopg.connect(address) as conn:
        return {name for (name,) in conn.execute("SELECT tablename FROM pg_tables")}


def test_an_older_database_is_copied_before_its_schema_changes(older: str, tmp_path: Path) -> None:
    store_of(in_that(older), tmp_path).close()
    assert "more" in tables(older)
    (dump,) = tmp_path.glob("before-upgrade-*.dump")
    listed = subprocess.run(["pg_restore", "--list", str(dump)], capture_output=True, text=True, check=True)
    assert " tickets " in listed.stdout and " more " not in listed.stdout
    assert dump.stat().st_mode & 0o077 == 0
    store_of(in_that(older), tmp_path).close()
    assert len(list(tmp_path.glob("before-upgrade-*"))) == 1, "nothing was lacking any more"


def test_without_a_copy_the_schema_stays_as_it_is_unless_somebody_else_sees_to_it(
    older: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match=r"pg_dump isn't there.*database_dump = false"):
        store_of(in_that(older), tmp_path)
    assert "more" not in tables(older)
    store_of(in_that(older, dump=False), tmp_path).close()
    assert "more" in tables(older)


def test_a_look_that_cant_begin_gives_its_connection_back(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of few connections each one that stayed away would be missed until the server is started again."""
    store = PostgresStore(cluster.new_database(), "small", looks=1)
    with monkeypatch.context() as patch:
        patch.setattr(postgres_readers, "PICTURE", "BEGIN OTHERWISE")
        with pytest.raises(psycopg.errors.SyntaxError):
            store.look(lambda desk: desk.seq())
    monkeypatch.setattr(postgres_readers, "TURN_SECONDS", 0.0)
    assert store.look(lambda desk: desk.seq()) == 0
    store.close()


def test_a_hall_that_couldnt_be_opened_leads_no_longer(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Halls of a process share the connection that says who leads: it lives on without this one."""
    house, address = load_house(SMALL), cluster.new_database()
    house = replace(house, server=replace(house.server, database=address))
    neighbour = ByDatabase(address, "neighbour")
    neighbour.agree({}, {LEAD: True})

    def fails(built: object) -> None:
        assert built.together.leads  # type: ignore[attr-defined]
        raise CannotStart("there is no room for its pictures")

    monkeypatch.setattr(opening, "open_web", fails)
    with pytest.raises(CannotStart, match="no room"):
        opening.open_hall(Engine(), house, RealClock(), tmp_path, 8000, SMALL, fresh=False)
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pg_locks.database = "
    own = f"(SELECT oid FROM pg_database WHERE datname = '{name_of(address)}')"
    assert neighbour.leads
    assert cluster.ask(held + own)[0][0] == 1
    neighbour.close()
