"""A database that can't keep the hall: whoever opens it, moves it or copies it is told what to do."""

from __future__ import annotations

import argparse
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from queueing.database_errors import DatabaseAway
from queueing.house import House
from queueing.records import Press
from settings import load_house
from storage.chain import verdict_of
from storage.postgres_store import PostgresStore
from tests.cluster import Cluster
from tests.faults.cut_line import CutLine
from tests.faults.starts import refused
from tests.running import SMALL
from tests.scene import Scene
from upkeep.dumping import dump
from upkeep.folder import store_of
from upkeep.looking import in_database
from upkeep.moving import moved
from upkeep.operator import backed_up, data_of, put_back
from upkeep.verdicts import verified
from web.starting import CannotStart

PRESS = Press(actor="device:kiosk")
SECRET = "s3cret"
OLD = {b"server_version\x0015": b"server_version\x0010", b"SET jit": b"SET jix"}
"""A server of 2017: it knows nothing of what newer ones are told first."""

FULL = """CREATE FUNCTION full_disk() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
    CREATE EVENT TRIGGER full_disk ON ddl_command_start EXECUTE FUNCTION full_disk()"""


class Wrong(NamedTuple):
    """What is the matter, and what has to be said of it."""

    address: str
    why: str
    remedy: str


def name_of(address: str) -> str:
    return str(conninfo_to_dict(address)["dbname"])


@pytest.fixture(scope="module")
def by_tcp(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CutLine]:
    """The same server at a port, where TLS may be asked for."""
    door = socket.create_server(("127.0.0.1", 0))
    made = CutLine(tmp_path_factory.mktemp("tcp"), str(cluster.folder), door)
    yield made
    made.close()


@pytest.fixture(scope="module")
def wrong(cluster: Cluster, by_tcp: CutLine) -> Iterator[dict[str, Wrong]]:
    """All that may be wrong with a database, each at an address of its own."""
    cluster.guard("guarded", SECRET)
    cluster.ask("CREATE ROLE stranger LOGIN; CREATE ROLE nologin")
    database, shut, still, full = (cluster.new_database() for _ in range(4))
    cluster.ask(f"REVOKE CONNECT ON DATABASE {name_of(shut)} FROM PUBLIC")
    cluster.ask(f"ALTER DATABASE {name_of(still)} SET default_transaction_read_only = on")
    cluster.ask(FULL, name_of(full))
    cluster.ask("CREATE DATABASE latin1 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    host, port = by_tcp._door.getsockname()
    tcp = f"postgresql://hall@{host}:{port}/{name_of(database)}"
    yield {
        "a wrong password": Wrong(database.replace("hall@", "guarded:wr0ng@"), "password", "~/.pgpass"),
        "no password": Wrong(database.replace("hall@", "guarded@"), "no password", "~/.pgpass"),
        "no such role": Wrong(database.replace("hall@", "nobody@"), '"nobody" does not exist', "CREATE ROLE"),
        "no log-in": Wrong(database.replace("hall@", "nologin@"), "not permitted", "ALTER ROLE … LOGIN"),
        "no such database": Wrong(cluster.address("none"), '"none" does not exist', "CREATE DATABASE"),
        "shut": Wrong(shut.replace("hall@", "stranger@"), "permission denied", "GRANT CONNECT"),
        "no rights": Wrong(database.replace("hall@", "stranger@"), "permission denied", "OWNER TO"),
        "read only": Wrong(still, "read-only", "target_session_attrs=read-write"),
        "full": Wrong(full, "No space left", "make room"),
        "latin": Wrong(cluster.address("latin1"), "LATIN1", "ENCODING 'UTF8'"),
        "no TLS": Wrong(f"{tcp}?sslmode=require", "does not support SSL", "Switch ssl on"),
        "bad sslmode": Wrong(f"{tcp}?sslmode=always", '"always"', "sslmode=disable, prefer, require"),
        "unknown word": Wrong(f"{tcp}?ssmode=require", "no ssmode", "~/.pgpass"),
        "bad port": Wrong(tcp.replace(f":{port}", ":54a2"), "can't be read", "%3A"),
        "far port": Wrong(tcp.replace(f":{port}", ":99999"), "99999", "Correct the port"),
        "bad host": Wrong(tcp.replace(host, "a..b"), "can't be read", "%40"),
        "unknown host": Wrong(tcp.replace(host, "no.invalid"), "no.invalid", "Correct the server's name"),
        "odd password": Wrong(tcp.replace("hall@", "hall:p@wr0ng@"), "can't be read", "%40"),
        "odder password": Wrong(tcp.replace("hall@", "hall:p%wr0ng@"), "can't be read", "%25"),
        "nobody there": Wrong("postgresql://hall@127.0.0.1:1/hall", "refused", "Start it, or correct"),
    }  # fmt: skip
    cluster.ask(f"DROP DATABASE {name_of(full)}")


CASES = (
    *("a wrong password", "no password", "no such role", "no log-in", "no such database", "shut"),
    *("no rights", "read only", "full", "latin", "no TLS", "bad sslmode", "unknown word", "bad port"),
    *("far port", "bad host", "unknown host", "odd password", "odder password", "nobody there"),
)


def must_tell(said: str, wrong: Wrong) -> None:
    """In one line, with a remedy, without the password."""
    assert wrong.why in said and wrong.remedy in said, said
    assert "\n" not in said.strip() and "wr0ng" not in said and SECRET not in said, said


def in_that(address: str) -> House:
    house = load_house(SMALL)
    return replace(house, server=replace(house.server, database=address))


@pytest.mark.parametrize("case", CASES)
def test_a_hall_doesnt_open_and_says_what_to_do(wrong: dict[str, Wrong], case: str, tmp_path: Path) -> None:
    with pytest.raises(CannotStart) as reason:
        store_of(in_that(wrong[case].address), tmp_path)
    must_tell(str(reason.value), wrong[case])


def test_an_older_server_is_refused_before_it_is_asked_anything(
    behind: str, line: CutLine, tmp_path: Path
) -> None:
    line.instead = OLD
    with pytest.raises(CannotStart, match=r"^The database is PostgreSQL 10\. The hall needs version 13"):
        store_of(in_that(behind), tmp_path)
    line.instead = {}
    assert tables(behind) == 0


def tables(address: str) -> int:
    with psycopg.connect(address) as conn:
        found = conn.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return int(found[0]) if found else -1


def test_the_process_says_it_in_one_line_and_ends_with_2(
    wrong: dict[str, Wrong], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wrong["a wrong password"]
    monkeypatch.setenv("HALL_DATABASE", case.address)
    must_tell(refused(tmp_path / "data"), case)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall's file after a number."""
    scene = Scene(tmp_path_factory.mktemp("lived"))
    scene.take()
    scene.close()
    return Path(scene.store._folder)


@pytest.mark.parametrize("case", ("a wrong password", "no rights", "read only", "full", "latin", "bad host"))
def test_nothing_is_moved_there(wrong: dict[str, Wrong], lived: Path, case: str) -> None:
    with pytest.raises(CannotStart, match=r"^Nothing was moved: ") as reason:
        moved(argparse.Namespace(hall=SMALL, data=lived, to=wrong[case].address))
    must_tell(str(reason.value), wrong[case])
    assert verdict_of(lived / "hall.db").good


def test_nothing_is_moved_to_an_older_server(behind: str, line: CutLine, lived: Path) -> None:
    line.instead = OLD
    with pytest.raises(CannotStart, match=r"^Nothing was moved: The database is PostgreSQL 10\."):
        moved(argparse.Namespace(hall=SMALL, data=lived, to=behind))


@pytest.mark.parametrize("case", ["a wrong password", "latin", "full"])
def test_commands_say_it_too(
    wrong: dict[str, Wrong], lived: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_DATABASE", wrong[case].address)
    data = data_of(argparse.Namespace(hall=SMALL, data=lived))
    with pytest.raises(CannotStart, match=r"^Nothing was put back: ") as reason:
        put_back(data, str(lived / "hall.db"))
    must_tell(str(reason.value), wrong[case])
    if case != "a wrong password":
        return  # an empty database can be looked at, whatever it can't keep
    for ask in (backed_up, lambda data: verified(data, None)):
        with pytest.raises(CannotStart) as reason:
            ask(data)
        must_tell(str(reason.value), wrong[case])


def test_a_command_that_only_looks_says_it_too(wrong: dict[str, Wrong]) -> None:
    case = wrong["no such database"]
    with pytest.raises(CannotStart) as reason, in_database(in_that(case.address)):
        pass
    must_tell(str(reason.value), case)


def test_odd_names_and_passwords_are_no_trouble_where_they_are_written_as_addresses_are(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.guard('"大厅 @:/?#%"', "a @:/?#%")
    cluster.ask('CREATE DATABASE "大厅\'s 1/2 #%" OWNER "大厅 @:/?#%"')
    odd = "%E5%A4%A7%E5%8E%85"
    who = f"{odd}%20%40%3A%2F%3F%23%25:a%20%40%3A%2F%3F%23%25"
    address = f"postgresql://{who}@/{odd}%27s%201%2F2%20%23%25?host={cluster.folder}"
    store = PostgresStore(address, "small")
    assert store.change(lambda desk: {"kept": True}, PRESS) == {"kept": True}
    store.close()
    dump(address, tmp_path / "all.dump")
    assert (tmp_path / "all.dump").stat().st_size > 1000


def test_a_password_that_changes_in_mid_life_is_named_and_the_hall_goes_on_with_the_right_one(
    cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    cluster.guard("changing", "old")
    address = cluster.new_database()
    cluster.ask(f"ALTER DATABASE {name_of(address)} OWNER TO changing")
    store = PostgresStore(address.replace("hall@", "changing:old@"), "small")
    cluster.ask("ALTER ROLE changing PASSWORD 'new'")
    cluster.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'changing'")
    for _ in range(2):
        with pytest.raises(DatabaseAway):
            store.change(lambda desk: {}, PRESS)
    with pytest.raises(DatabaseAway):
        store.look(lambda desk: desk.seq())
    assert store.trouble == "database_away"
    assert len([each for each in caplog.records if "Put the right password into" in each.getMessage()]) == 1
    cluster.ask("ALTER ROLE changing PASSWORD 'old'")
    store.try_again()
    assert store.trouble is None
    assert store.change(lambda desk: {"kept": True}, PRESS) == {"kept": True}
    store.close()
