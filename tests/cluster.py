"""A PostgreSQL server of the tests' own: in a temporary folder, behind a socket, gone with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {
    "listen_addresses": "", "fsync": "on", "max_connections": "100", "log_min_messages": "fatal",
    "autovacuum": "off",
}  # fmt: skip
"""Nothing counts rows behind the tests' back: how a question is answered must not depend on the moment."""

OTHER_ORDER = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
"""Text sorts as in a dictionary there, not byte by byte: a hall's own order must not depend on it."""

NAMES = count(1)


def tools() -> Path:
    """Where Debian, or whoever, keeps the server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[4]))
    at = found[-1] if found else Path(shutil.which("initdb") or "")
    assert at.name == "initdb", "These tests need PostgreSQL: tools/setup-tests.sh installs it."
    return at.parent


def keeper() -> dict[str, Any]:
    """PostgreSQL doesn't run as root: then its own user does it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Cluster:
    """One server with any number of databases."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._data = folder, folder / "data"
        self._as = keeper()
        if self._as:
            os.chown(folder, self._as["user"], self._as["group"])
        wishes = ("--username=hall", "--auth=trust", "--no-sync", *OTHER_ORDER)
        self._run("initdb", "--pgdata", self._data, *wishes)
        self.start()

    def _run(self, name: str, *words: Any) -> None:
        said = (self.folder / "said").open("ab")
        with said:
            subprocess.run(
                [tools() / name, *words], check=True, cwd=self.folder, stdout=said, stderr=said, **self._as
            )

    def start(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        told = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.folder / "data.log"
        self._run("pg_ctl", "start", "--wait", "--pgdata", self._data, "--log", log, "--options", told)

    def stop(self, how: str = "immediate") -> None:
        """At once, as a machine that loses its power: `immediate`."""
        self._run("pg_ctl", "stop", "--wait", "--pgdata", self._data, "--mode", how)

    def address(self, database: str) -> str:
        return f"postgresql://hall@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"hall_{next(NAMES)}"
        self.ask(f"CREATE DATABASE {name}")
        return self.address(name)

    def guard(self, role: str, password: str) -> None:
        """A role that has to say a password; others come in as before."""
        self.ask(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n{rules.read_text()}")
        self.ask("SELECT pg_reload_conf()")

    def ask(self, sql: str, database: str = "postgres") -> list[Any]:
        with psycopg.connect(self.address(database), autocommit=True) as conn:
            cursor = conn.execute(sql)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="hall-pg-", dir="/tmp"))  # a socket's path must be short
    folder.chmod(0o755)
    try:
        cluster = Cluster(folder)
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
