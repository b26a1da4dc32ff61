"""The copy of a database before a release changes its schema: PostgreSQL's own, of all that is in it.

It lies in the data folder as what an upgrade puts aside, and goes when that goes (`keep.aside_days`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg

from queueing.clock import RealClock, instant
from queueing.house import House
from storage.backups import fresh_part, settle
from storage.postgres import OF_READERS, PostgresDb, connected
from storage.postgres_address import parts_of, without_password
from storage.postgres_schema import missing, must_be_unserved
from web.starting import CannotStart

PROGRAM = "pg_dump"
OTHERWISE = (
    "Install PostgreSQL's client programs (pg_dump, of the server's version or newer), or copy the database "
    "yourself and say so in the hall's file: [server] database_dump = false. The database is as it was."
)


def dump_before_upgrade(house: House, folder: Path) -> None:
    """Raises CannotStart where an earlier release's database can't be copied: then nothing is changed."""
    if not house.server.database_dump or not lacks_steps(house.server.database):
        return
    stamp = instant(RealClock().now())[:19].replace("-", "").replace(":", "")
    target = folder / f"before-upgrade-{stamp}-{os.getpid()}.dump"
    try:
        dump(house.server.database, target)
    except OSError as error:
        raise CannotStart(
            f"This release changes the database's schema, and no copy could be made before it: {error}. "
            + OTHERWISE
        ) from error


def lacks_steps(address: str) -> bool:
    """An empty database needs no copy; what is wrong with one is said when it is opened, or by CannotOpen."""
    try:
        with closing(connected(address, OF_READERS)) as conn:
            db = PostgresDb(conn)
            lacks = bool(missing(db))
            if lacks:
                must_be_unserved(db)
            return lacks
    except psycopg.Error:
        return False


def dump(address: str, target: Path) -> None:
    """All of the database, on the disk before it has its name; raises OSError with the reason."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise OSError(f"{PROGRAM} isn't there")
    part = fresh_part(target)
    command = [program, "--format=custom", f"--file={part}", f"--dbname={without_password(address)}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment(address), check=False)
        if done.returncode != 0:
            raise OSError(done.stderr.strip().rpartition("\n")[2] or f"{PROGRAM} failed")
        settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def environment(address: str) -> dict[str, str]:
    """A password in the address stands in no list of processes."""
    password = parts_of(address).get("password")
    return dict(os.environ) | ({"PGPASSWORD": str(password)} if password else {})
