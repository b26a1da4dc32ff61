"""Everybody who may send bad input to a running hall: signed in, paired, sitting, or holding a ticket."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.running import (
    OWN_PASSWORD,
    PASSWORD,
    PATIENCE,
    Json,
    Person,
    Refused,
    RunningHall,
    start,
    wait_until,
)

LEFT_BY_REFUSALS = frozenset(
    {"halls", "events", "wrong_tries", "announcements", "sqlite_stat1", "sqlite_sequence"}
)
"""What may move while something is refused: the log's end by its notes, the count of wrong tries at the
doors, and what is written down about earlier calls that were or weren't said aloud."""


@dataclass
class Asker:
    """One kind of asker; `person` is its browser, let in again after it was put out."""

    name: str
    person: Person
    come_in: Callable[[], Person]
    is_in: Callable[[Person], bool]

    def renew(self) -> bool:
        """Whether they are in; whoever tried too often has to wait."""
        if not self.is_in(self.person):
            try:
                self.person = self.come_in()
            except Refused:
                return False
        return True


@dataclass
class Known:
    """Real names of tickets, links and screens, learned from what the hall answers."""

    random: random.Random
    words: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words |= {
            "window": ["1", "2", "3"], "to_window": ["1", "2", "3"], "go_to": ["1", "2"], "staff": ["chen"],
            "service": ["id-card", "household", "pension"], "ticket_class": ["walk_in", "priority"],
            "reason": ["short_break"], "level": ["satisfied", "dissatisfied"], "reasons": [[], ["202"]],
            "period": ["2026-10"], "day": ["2026-10-12"],
        }  # fmt: skip

    def one(self, name: str) -> Any:
        """Of tickets and links mostly one of the last few, which may still be called or rated."""
        known = self.words.get("ticket" if name in ("key", "ticket") else name, [])
        few = known[-3:] if name in ("key", "ticket", "token") and self.random.random() < 0.7 else known
        return self.random.choice(few) if few else None

    def learn(self, said: Any) -> None:
        """Tickets and links in an answer, the newest two hundred."""
        for name, value in members(said):
            if name in ("ticket", "device") and isinstance(value, str):
                self.keep(name, value)
            elif name == "link" and isinstance(value, str):
                self.keep("token", value.rpartition("/")[2])

    def keep(self, name: str, value: str) -> None:
        known = self.words.setdefault(name, [])
        if value in known:
            known.remove(value)
        known.append(value)
        del known[:-200]


def members(said: Any) -> Iterator[tuple[str, Any]]:
    """Every name and value anywhere in an answer."""
    if isinstance(said, dict):
        for name, value in said.items():
            yield name, value
            yield from members(value)
    elif isinstance(said, list):
        for each in said:
            yield from members(each)


class Kept:
    """What the hall keeps, read beside it: where the log ends, and a mark of everything else."""

    def __init__(self, data: Path) -> None:
        self._db = sqlite3.connect(f"file:{data / 'hall.db'}?mode=ro", uri=True)
        self._version, self._mark = -1, ""

    def seq(self) -> int:
        with closing(self._db.execute("SELECT max(seq) FROM halls")) as found:
            return int(found.fetchone()[0])

    def actions_after(self, seq: int) -> list[tuple[str, str | None, str | None]]:
        """What was logged since: action, ticket and window."""
        rows = self._db.execute(
            'SELECT action, ticket, "window" FROM events WHERE seq > ? ORDER BY seq', (seq,)
        )
        return rows.fetchall()

    def mark(self) -> str:
        """The same as long as no row of any table but the log's has changed; read anew after a write."""
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version, self._mark = version, self._marked()
        return self._mark

    def _marked(self) -> str:
        names = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in names if name not in LEFT_BY_REFUSALS]
        rows = [self._db.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables]
        return sha256(repr(rows).encode()).hexdigest()

    def close(self) -> None:
        self._db.close()


def askers(hall: RunningHall) -> list[Asker]:
    """Nobody, screens, a ticket's holder, a clerk who sits, a supervisor, the administrator."""
    admin = hall.administrator()

    def device(kind: str, place: str | None) -> Asker:
        def paired() -> Person:
            person = far(hall)
            code = admin.post("/api/v1/devices/codes", {"kind": kind, "place": place})["code"]
            person.post("/api/v1/devices/pair", {"code": code})
            return person

        page = f"/{kind}/{place}" if place else f"/{kind}"
        return Asker(kind, paired(), paired, lambda person: opens(person, page))

    def staff(name: str) -> Asker:
        def back() -> Person:
            person = hall.clerk(name) if name != "admin" else admin
            if signed_in_as(person) != name:
                sign_in_again(hall, name)
            if name == "li":
                with suppress(Refused):  # a ticket that is open elsewhere keeps the clerk there
                    person.press("sit", "1", take_over=True)
            return person

        return Asker(name, back(), back, lambda person: signed_in_as(person) == name)

    nobody = Asker("nobody", far(hall), lambda: far(hall), lambda person: True)
    holder = Asker("holder", far(hall), lambda: far(hall), lambda person: True)
    return [
        nobody,
        holder,
        device("kiosk", None),
        device("pad", "1"),
        staff("li"),
        staff("chen"),
        staff("admin"),
    ]


def far(hall: RunningHall) -> Person:
    """A browser that doesn't stand on the hall's own machine: a proxy's header says so."""
    person = hall.somebody()
    person.session.headers["X-Forwarded-For"] = "10.0.0.7"
    return person


def signed_in_as(person: Person) -> str | None:
    staff: Json | None = person.get("/api/v1/session")["staff"]
    return str(staff["id"]) if staff and not staff["must_change_password"] else None


def opens(person: Person, page: str) -> bool:
    """Whether the screen's own page is shown and not the one where codes are typed."""
    shown = person.session.get(f"{person.url}{page}", timeout=PATIENCE, allow_redirects=False)
    return shown.status_code == 200


def sign_in_again(hall: RunningHall, name: str) -> None:
    """With the own password, or, where the administrator took it away, with a new one."""
    person = hall.administrator() if name == "admin" else hall.clerk(name)
    try:
        person.sign_in(name, OWN_PASSWORD)
    except Refused:
        word = hall.administrator().post(f"/api/v1/staff/{name}/one_time_password")["one_time_password"]
        person.sign_in(name, word)
        person.post("/api/v1/session/password", {"old": word, "new": OWN_PASSWORD})


@contextmanager
def hall_with_a_log(folder: Path) -> Iterator[tuple[RunningHall, Path]]:
    """The small hall; what it says goes into a file, as nobody would read a pipe meanwhile."""
    log = folder / "said.txt"
    with log.open("w") as said:
        process = start(folder / "data", said=said)
    try:
        wait_until(lambda: "Press Ctrl+C" in log.read_text() or process.poll() is not None, "the hall")
        words = log.read_text()
        found, at = PASSWORD.search(words), re.search(r"http://localhost:\d+", words)
        assert found and at, words
        opened = RunningHall(at[0].replace("localhost", "127.0.0.1"), process, found[1], words)
        yield opened, log
        opened.leave()
    finally:
        process.terminate()
        process.wait(PATIENCE)
