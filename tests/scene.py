"""One small hall with a clock turned by hand and a real database: the cast of the hall's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from queueing.clock import HandClock
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Event, Press, Ticket
from scoring.ratings import Ratings
from settings import load_house
from storage.opening import FILE, opened
from storage.postgres_store import PostgresStore
from storage.store import SqliteStore

SMALL = Path(__file__).parent / "halls_for_tests" / "small.toml"
MONDAY_NINE = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
"""Monday, 12 October 2026, 9:00 on the hall's wall."""


ADDRESS = ""
"""The PostgreSQL database in which scenes are kept at the moment; else each has its file."""


OPENED: list[PostgresStore] = []
"""Those whose connections are still there."""


def store_in(folder: Path, hall: str) -> SqliteStore | PostgresStore:
    """The hall of that folder: in a database it is told from other folders' halls by the folder."""
    if not ADDRESS:
        lay_out(folder)
        return SqliteStore(folder, hall)
    OPENED.append(PostgresStore(ADDRESS, f"{hall} {folder}"))
    return OPENED[-1]


def lay_out(folder: Path) -> None:
    """A new hall's file as the schema's steps leave it: they are taken once, and tested elsewhere."""
    if not any(folder.glob(f"{FILE}*")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(empty_file())


@cache
def small_house() -> House:
    return load_house(SMALL)


@cache
def empty_file() -> bytes:
    with TemporaryDirectory() as folder:
        opened(Path(folder)).close()
        return (Path(folder) / FILE).read_bytes()


class Scene:
    """Windows 1 to 3, clerks li (window 1) and wang (window 3), and as many visitors as a test needs."""

    def __init__(self, folder: Path, **parts: Any) -> None:
        self.house: House = replace(small_house(), **parts)
        self.clock = HandClock(MONDAY_NINE)
        self.store = store_in(folder, self.house.hall.id)
        self.hall = Hall(self.house, self.store, self.clock)
        self.ratings = Ratings(self.hall)
        self.pushed: list[Event] = []
        self.store.on_commit = self.pushed.extend
        self._keys = count(1)

    def by(self, clerk: str | None = None, role: str = "clerk", key: str | None = None) -> Press:
        """A press with a key of its own."""
        actor = f"staff:{clerk}" if clerk else "device:kiosk"
        return Press(actor=actor, role=role, key=key or f"key-{next(self._keys)}", clerk=clerk)

    def sit(self, window: str, clerk: str, take_over: bool = False) -> dict[str, Any]:
        return self.hall.sit(window=window, take_over=take_over, by=self.by(clerk))

    def take(self, service: str = "id-card", ticket_class: str = "walk_in") -> str:
        """A visitor takes a number; the ticket's key."""
        answer = self.hall.issue(service=service, ticket_class=ticket_class, by=self.by(role="kiosk"))
        key: str = answer["ticket"]["ticket"]
        return key

    def press(self, name: str, window: str, clerk: str, **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self.hall, name)(window=window, by=self.by(clerk), **more)
        return answer

    def serve_one(self, window: str, clerk: str, minutes: float = 5.0) -> str:
        """Calls, serves and finishes whoever is next; the ticket's key."""
        key: str = self.press("call_next", window, clerk)["ticket"]["ticket"]
        self.press("serve", window, clerk)
        self.clock.turn(minutes=minutes)
        self.press("finish", window, clerk, outcome="done")
        return key

    def ticket(self, key: str) -> Ticket:
        return self.store.look(lambda desk: desk.ticket(key))

    def number(self, key: str) -> str:
        return self.ticket(key).number

    def waiting(self) -> list[str]:
        """The numbers that wait, in the order of their lines."""
        return [t.number for t in self.store.look(lambda desk: desk.in_states(("waiting",)))]

    def events(self) -> list[Event]:
        return self.store.look(lambda desk: desk.events_after(0, 100_000))

    def close(self) -> None:
        self.store.close()
