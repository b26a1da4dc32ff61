"""A real server in a process of its own, and people who use it over HTTP and sockets as anybody would."""

from __future__ import annotations

import os
import re
import selectors
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, Any

import engineio
import requests
import socketio

from tests.warm import Server, served

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "halls_for_tests" / "small.toml"
MORNING = "2026-10-12T09:00"
"""A Monday; the small hall opens at 8:30."""

PATIENCE = 30.0
PASSWORD = re.compile(r"one-time password: (\S+)")
OWN_PASSWORD = "correct horse battery"

Json = dict[str, Any]
KEYS = count(1)


def fresh_key() -> str:
    return f"test-{os.getpid()}-{next(KEYS)}"


class Refused(Exception):
    """The hall answered with a problem."""

    def __init__(self, response: requests.Response) -> None:
        self.response, self.problem = response, response.json()
        super().__init__(self.problem)

    @property
    def code(self) -> str:
        return str(self.problem["code"])


class Person:
    """A browser with its cookies: a clerk, the administrator, or a kiosk on the hall's own machine."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept-Language"] = "en"

    def get(self, path: str, **query: str) -> Json:
        return answer(self.session.get(f"{self.url}{path}", params=query, timeout=PATIENCE))

    def post(self, path: str, body: Json | None = None, key: str | None = None) -> Json:
        return answer(self.send(path, body, {"Idempotency-Key": key or fresh_key()}))

    def send(self, path: str, body: Json | None = None, headers: Json | None = None) -> requests.Response:
        return self.session.post(f"{self.url}{path}", json=body or {}, headers=headers, timeout=PATIENCE)

    def press(self, name: str, window: str, **body: Any) -> Json:
        return self.post(f"/api/v1/windows/{window}/{name}", body)

    def take(self, service: str = "id-card", **wish: Any) -> Json:
        return self.post("/api/v1/tickets", {"service": service} | wish)

    def sign_in(self, name: str, password: str) -> Json:
        return self.post("/api/v1/session", {"name": name, "password": password})

    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.session.cookies)

    def close(self) -> None:
        self.session.close()


def answer(response: requests.Response) -> Json:
    if response.status_code >= 400:
        raise Refused(response)
    said: Json = response.json()
    return said


class InOrderEngine(engineio.Client):
    """Hands messages on one after the other; the library's own way is a thread for each."""

    def _trigger_event(self, event: str, *args: Any, **how: Any) -> Any:
        return super()._trigger_event(event, *args, **(how | {"run_async": False}))


class InOrder(socketio.Client):
    """A client that hears things in the order in which they were said."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return InOrderEngine


class Screen:
    """A joined socket that remembers what it was told."""

    def __init__(self, person: Person, **wish: str) -> None:
        self.told: dict[str, list[Json]] = {}
        self.client = InOrder(reconnection=False)
        for name in ("events", "lines", "places", "beat", "scores", "figures", "announcing"):
            self.client.on(name, self.told.setdefault(name, []).append)
        headers = {"Cookie": person.cookies()} if person.cookies() else {}
        self.client.connect(person.url, headers=headers, transports=["websocket"], wait_timeout=PATIENCE)
        self._wire = self.client.eio.ws.sock
        self.joined: Json = self.ask("join", wish)

    def ask(self, name: str, message: Json) -> Json:
        said: Json = self.client.call(name, message, timeout=PATIENCE)
        return said

    def events(self) -> list[Json]:
        return [event for message in self.told["events"] for event in message["events"]]

    def wait_for(self, seq: int) -> list[Json]:
        """The events up to that one, as soon as they have arrived."""
        wait_until(lambda: bool(self.events()) and self.events()[-1]["seq"] >= seq, f"event {seq}")
        return self.events()

    def close(self) -> None:
        self.client.disconnect()
        self._wire.close()  # the library leaves it open when the server hung up


def wait_until(true: Any, what: str = "it", patience: float = PATIENCE) -> None:
    """Looks often at first, then less: to look costs what it waits for processor time. Gives up loudly."""
    until, pause = time.monotonic() + patience, 0.005
    while not true():
        if time.monotonic() > until:
            raise AssertionError(f"waited {patience} s for {what}")
        selectors.DefaultSelector().select(pause)
        pause = min(1.3 * pause, 0.05)


@dataclass
class RunningHall:
    """One server and everybody who was let in."""

    url: str
    process: Server
    one_time_password: str
    said: str
    people: list[Person] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    _staff: dict[str, Person] = field(default_factory=dict)

    def somebody(self) -> Person:
        """A browser on the hall's own machine: its screens open, nobody is signed in."""
        self.people.append(Person(self.url))
        return self.people[-1]

    def administrator(self) -> Person:
        return self._staff.get("admin") or self._admitted("admin", self.one_time_password)

    def clerk(self, name: str) -> Person:
        """Signed in with a password of their own."""
        if name in self._staff:
            return self._staff[name]
        issued = self.administrator().post(f"/api/v1/staff/{name}/one_time_password")
        return self._admitted(name, issued["one_time_password"])

    def _admitted(self, name: str, one_time: str) -> Person:
        person = self.somebody()
        person.sign_in(name, one_time)
        person.post("/api/v1/session/password", {"old": one_time, "new": OWN_PASSWORD})
        self._staff[name] = person
        return person

    def screen(self, person: Person | None = None, **wish: str) -> Screen:
        self.screens.append(Screen(person or self.somebody(), **wish))
        return self.screens[-1]

    def leave(self) -> None:
        for each in (*self.screens, *self.people):
            each.close()


@contextmanager
def running_hall(data: Path | None, hall: Path = SMALL, clock: str | None = MORNING) -> Iterator[RunningHall]:
    """Starts the hall as `make run` does and stops it afterwards."""
    process = start(data, hall, clock)
    try:
        said = first_words(process)
        found = PASSWORD.search(said)
        at = re.search(r"http://localhost:\d+", said)
        assert at, said
        url = at[0].replace("localhost", "127.0.0.1")
        opened = RunningHall(url, process, found[1] if found else "", said)
        yield opened
        opened.leave()
    finally:
        process.terminate()
        rest = process.communicate(timeout=PATIENCE)[0]
    opened.said += rest
    assert "Traceback" not in rest, rest
    assert process.returncode == 0, rest


def start(
    data: Path | None, hall: Path = SMALL, clock: str | None = MORNING, said: IO[str] | None = None
) -> Server:
    """The server on a port of its own choice; what it says comes out of one pipe, or into that file."""
    more = [*(["--data", str(data)] if data else []), *(["--clock", clock] if clock else [])]
    return served(hall, ["--port", "0", *more], said)


def first_words(process: Server) -> str:
    """What the server says until it is open."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Press Ctrl+C"):
            return said
    return said
