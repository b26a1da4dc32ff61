"""Everybody who may stand at a door of the hall, and what happens when they try one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from websockets.sync.client import connect
from websockets.typing import Origin

from tests.running import Json, Person, RunningHall, fresh_key

WANDERER = {"X-Forwarded-For": "192.0.2.7"}
"""What was passed on doesn't come from the hall's own machine."""

REFUSED = (401, 403)
DOORS = ("/login", "/pair", "/password")
FILLED = {
    "window": "1", "area": "main", "staff": "li", "filename": "shared/hall.css", "screen": "board",
    "device": "nothing", "name": "nothing", "key": "nothing", "ticket": "nothing", "by": "window",
    "place": "1",
}  # fmt: skip
MAILBOX = {"endpoint": "https://push.test/box"}
BODIES: dict[str, Json] = {
    "/rating": {"level": "satisfied"},
    "/push": MAILBOX | {"keys": {"p256dh": "B" * 87, "auth": "A" * 22}},
    "/push/end": MAILBOX,
    "/complaints": {"kind": "praise", "words": "Well done."},
}
"""What a holder's press must say to be understood; only then the link is looked at."""


@dataclass(frozen=True)
class Asker:
    """A person or a screen; the words of the access table that fit, and where it doesn't belong."""

    name: str
    person: Person
    words: frozenset[str]
    elsewhere: str = ""
    token: str = "forged.738000.word"
    extra: dict[str, str] = field(default_factory=dict)

    def is_let_in_by(self, door: str) -> bool:
        """Tries a route; a press is tried without its key, which is asked for inside the door only."""
        method, rule = door.split(" ", 1)
        path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", self._fill, rule)
        if method == "GET":
            return self._looks(path)
        forged = self.token in path and self.token.startswith("forged")
        let_in = not forged and self._presses(path, {})
        if not let_in:
            assert not self._presses(path, {"Idempotency-Key": fresh_key()}), f"{door} opens with a key"
        return let_in

    def _fill(self, variable: re.Match[str]) -> str:
        return self.token if variable[1] == "token" else FILLED.get(variable[1], "nothing")

    def _looks(self, path: str) -> bool:
        answer = self.person.session.get(
            self.person.url + path, headers=self.extra, allow_redirects=False, timeout=20
        )
        assert answer.status_code < 500, path
        sent_away = answer.status_code == 302 and answer.headers["Location"].startswith(DOORS)
        return not (
            answer.status_code in REFUSED or sent_away or self._no_such_ticket(path, answer.status_code)
        )

    def _presses(self, path: str, key: dict[str, str]) -> bool:
        body = next((said for end, said in BODIES.items() if path.endswith(end)), {})
        answer = self.person.send(path, body, self.extra | key)
        assert answer.status_code < 500, path
        return answer.status_code not in REFUSED and not self._no_such_ticket(path, answer.status_code)

    def _no_such_ticket(self, path: str, status: int) -> bool:
        return status in (404, 410) and self.token in path

    def joins(self, hall: RunningHall, kind: str) -> bool:
        wish: dict[str, Any] = {"screen": kind, "area": "main", "window": "1"}
        if kind == "phone":
            wish["token"] = self.token
        answer = joined(hall.url, wish, self.extra | {"Cookie": self.person.cookies()})
        assert answer["ok"] or answer["problem"]["status"] in (*REFUSED, 404), answer
        return bool(answer["ok"])


def joined(url: str, wish: Json, headers: dict[str, str], origin: str = "") -> Any:
    """The hall's answer to a screen that opens by this address, from a page of that origin."""
    address = f"ws{url[4:]}/socket.io/?EIO=4&transport=websocket"
    with connect(address, origin=Origin(origin or url), additional_headers=headers, proxy=None) as wire:
        for said in ("40", "421" + json.dumps(["join", wish])):
            wire.recv(20)
            wire.send(said)
        while not (answer := str(wire.recv(20))).startswith("431"):
            pass
        return json.loads(answer[3:])[0]


def everybody(hall: RunningHall) -> list[Asker]:
    """One of each."""
    ticket = hall.somebody().take("id-card")["link"].removeprefix("/t/")
    anyone = frozenset({"anyone"})
    screens = [_screen(hall, kind, place) for kind, place in SCREENS]
    staff = [_staff(hall, role, name) for role, name in STAFF]
    one_time = hall.administrator().post("/api/v1/staff/wang/one_time_password")["one_time_password"]
    newcomer = hall.somebody()
    newcomer.sign_in("wang", one_time)
    on_loopback = anyone | {"kiosk", "board", "panel", "pad", "announcer"}
    return [
        Asker("nobody", hall.somebody(), anyone, extra=WANDERER),
        Asker("ticket holder", hall.somebody(), anyone, token=ticket, extra=WANDERER),
        Asker("loopback", hall.somebody(), on_loopback),
        *screens,
        Asker("newcomer", newcomer, anyone | {"newcomer"}, extra=WANDERER),
        *staff,
    ]


SCREENS = [
    ("kiosk", None),
    *(("board", area) for area in ("main", "upstairs")),
    *(("panel", window) for window in ("1", "2")),
    *(("pad", window) for window in ("1", "2")),
    *(("announcer", area) for area in ("main", "upstairs")),
]
STAFF = [
    ("clerk", "li"), ("guide", "guo"), ("supervisor", "chen"),
    ("inspector", "he"), ("administrator", "admin"),
]  # fmt: skip


def _screen(hall: RunningHall, kind: str, place: str | None) -> Asker:
    code = hall.administrator().post("/api/v1/devices/codes", {"kind": kind, "place": place})["code"]
    person = hall.somebody()
    person.post("/api/v1/devices/pair", {"code": code})
    elsewhere = place not in (None, "main", "1")
    words = frozenset({"anyone", kind})
    if elsewhere:
        return Asker(f"{kind} elsewhere", person, words, kind, extra=WANDERER)
    return Asker(kind, person, words, extra=WANDERER)


def _staff(hall: RunningHall, role: str, name: str) -> Asker:
    person = hall.administrator() if role == "administrator" else hall.clerk(name)
    return Asker(role, person, frozenset({"anyone", role}), extra=WANDERER)
