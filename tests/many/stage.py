"""Several server processes of one hall on one PostgreSQL and one Redis, each real and each killable."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import redis

from tests.doors.nginx import free_ports
from tests.running import (
    MORNING,
    OWN_PASSWORD,
    PASSWORD,
    PATIENCE,
    SMALL,
    Json,
    Person,
    Screen,
    start,
    wait_until,
)

LOOKUPS = 5
"""Numbers that anybody may look up in a minute."""

OPEN = re.compile(r"http://localhost:(\d+)")


class Redis:
    """A Redis of the tests' own, which keeps nothing on the disk."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_ports(1)[0], folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "tools/setup-tests.sh installs Redis"
        keeps_nothing = ("--save", "", "--appendonly", "no", "--dir", str(self._folder))
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", *keeps_nothing]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self.answers, "Redis")

    @property
    def pid(self) -> int:
        return self._process.pid

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def listeners(self) -> int:
        """How many processes listen to it."""
        with redis.Redis.from_url(self.url) as client:
            return sum(count for _, count in client.pubsub_numsub(*client.pubsub_channels()))

    def say(self, channel: str, mark: bytes, said: Json) -> None:
        """As somebody who may write to it and has no key of the hall's."""
        with redis.Redis.from_url(self.url) as client:
            assert client.publish(channel, mark + json.dumps(said).encode()) > 0

    @contextmanager
    def hanging(self) -> Iterator[None]:
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


class Process:
    """One server process; what it says is read from a file, so that nobody has to listen."""

    def __init__(self, hall: Path, data: Path, said: Path, clock: str | None = MORNING) -> None:
        self._said: IO[str] = said.open("w+", encoding="utf-8")
        self.process = start(data, hall, clock, said=self._said)
        wait_until(self.is_open_or_over, "a server", 3 * PATIENCE)  # a city opens hall by hall
        found = OPEN.search(self.said())
        assert found, self.said()
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def is_open_or_over(self) -> bool:
        return "Press Ctrl+C" in self.said() or self.process.poll() is not None

    def said(self) -> str:
        return Path(self._said.name).read_text("utf-8")

    def kill(self) -> None:
        """At once, as a machine that loses its power."""
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        self._said.close()


@dataclass
class Stage:
    """The hall's file and folder, its Redis, and its processes."""

    hall: Path
    folder: Path
    redis: Redis
    processes: list[Process] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    one_time: str = ""
    chief: Person = field(init=False, repr=False)
    """The administrator, at the first process."""

    def open_one(self) -> Process:
        said = self.folder / f"said-{len(self.processes)}.txt"
        process = Process(self.hall, self.folder / "data", said)
        self.processes.append(process)
        found = PASSWORD.search(process.said())
        self.one_time = found[1] if found else self.one_time
        return process

    def administrator(self, at: Process) -> Person:
        """Signed in there, with a password of her own."""
        return self._admitted("admin", self.one_time, at)

    def clerk(self, name: str, administrator: Person, at: Process) -> Person:
        given = administrator.post(f"/api/v1/staff/{name}/one_time_password")["one_time_password"]
        return self._admitted(name, given, at)

    def _admitted(self, name: str, one_time: str, at: Process) -> Person:
        person = self.somebody(at)
        person.sign_in(name, one_time)
        person.post("/api/v1/session/password", {"old": one_time, "new": OWN_PASSWORD})
        return person

    def somebody(self, at: Process | str) -> Person:
        self.people.append(Person(at if isinstance(at, str) else at.url))
        return self.people[-1]

    def screen(self, at: Process | str, **wish: str) -> Screen:
        self.screens.append(Screen(self.somebody(at), **wish))
        return self.screens[-1]

    def same_person(self, person: Person, at: Process | str) -> Person:
        """The same browser, which now asks another process."""
        other = self.somebody(at)
        other.session.cookies.update(person.session.cookies)
        return other

    def close(self) -> None:
        for screen in self.screens:
            screen.close()
        for person in self.people:
            person.close()
        for process in self.processes:
            process.stop()  # those that were killed, too: their files are still open
        self.redis.stop()


def hall_file(folder: Path, source: Path, database: str, queue: str, **server: str | int) -> Path:
    """That hall, kept in the database and told by the queue."""
    keys = {"database": database, "queue": queue, "public_url": "http://hall.example"} | server
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    text = source.read_text("utf-8")
    assert "[server]" not in text
    doors = "" if "[doors]" in text else f"\n[doors]\nlookups = {LOOKUPS}\n"
    file = folder / "hall.toml"
    file.write_text(f"{text}{doors}\n[server]\n{lines}", "utf-8")
    return file


def news(screen: Screen, seq: int) -> list[Json]:
    """What it was told after its first picture, up to that event; what was under way then may come twice."""
    return [event for event in screen.wait_for(seq) if event["seq"] > screen.joined["seq"]]


@contextmanager
def stage(folder: Path, database: str, source: Path = SMALL, **server: str | int) -> Iterator[Stage]:
    """Nobody serves yet; everybody is stopped at the end, and none has had a fault."""
    redis_server = Redis(folder)
    opened = Stage(hall_file(folder, source, database, redis_server.url, **server), folder, redis_server)
    try:
        yield opened
    finally:
        opened.close()
    for process in opened.processes:
        assert "Traceback" not in (folder / f"said-{opened.processes.index(process)}.txt").read_text("utf-8")
