"""A client process of the torture: several people who press as fast as they can, until the server is gone.

It reads a line of JSON at a time: {"url": …, "press": true or false, "wanted": […], "seconds": 0}. First
it repeats, with the same key, what had no answer; then, if told so, it presses until the line is lost or the
seconds are over, and whatever is wanted as soon as it can be pressed. It answers with a line of JSON each
time: what it was told, what has no answer, and what a board heard.

python -m tests.faults.rush SEED kiosk | WINDOW=COOKIES …
"""

from __future__ import annotations

import json
import math
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import requests
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.api.wire import Wire
from tests.running import PATIENCE, Person

Json = dict[str, Any]
LOST = (requests.RequestException, WebSocketException, OSError)
"""How it shows that the server has gone, also in the middle of an answer."""

PAUSE = threading.Event()
"""Never set: to wait a moment for others."""


class Presser:
    """Somebody with a browser, who remembers each press until its answer has come."""

    def __init__(self, seed: str, cookies: str = "") -> None:
        self.rng, self.cookies = random.Random(seed), cookies
        self.told: list[Json] = []
        self.open: Json | None = None
        self.wanted: set[str] = set()

    def turn(self, url: str, press: bool, seconds: float) -> None:
        """One life of the server, or so many seconds of it."""
        until = time.monotonic() + (seconds or math.inf)
        self.person = Person(url)
        if self.cookies:
            self.person.session.headers["Cookie"] = self.cookies
        self.nobody = Person(url)
        try:
            if self.open:
                self.send(self.open | {"again": True})
            while press and time.monotonic() < until:
                self.step()
        except LOST:
            pass
        finally:
            self.person.close(), self.nobody.close()

    def press(self, what: str, path: str, body: Json, by_staff: bool = True) -> Json:
        key = f"torture-{self.rng.getrandbits(64) or 1:016x}"
        return self.send({"key": key, "what": what, "path": path, "body": body, "by_staff": by_staff})

    def send(self, wish: Json) -> Json:
        self.open = wish
        person = self.person if wish["by_staff"] else self.nobody
        response = person.send(f"/api/v1{wish['path']}", wish["body"], {"Idempotency-Key": wish["key"]})
        answer: Json = response.json()
        answer.pop("url", None)  # the next server listens at another port
        self.told.append(wish | {"status": response.status_code, "answer": answer})
        if response.ok:
            self.wanted.discard(wish["what"])
        self.open = None
        self.heard(wish, response.status_code, answer)
        return answer

    def step(self) -> None:
        raise NotImplementedError

    def heard(self, wish: Json, status: int, answer: Json) -> None:
        """What an answer means for the next step."""


class Citizen(Presser):
    """Takes numbers."""

    def step(self) -> None:
        service = self.rng.choice(("id-card", "household"))
        self.press("issue", "/tickets", {"service": service}, by_staff=False)
        PAUSE.wait(self.rng.uniform(0, 0.03))


class Clerk(Presser):
    """Calls, serves, finishes, changes the mind now and then; whoever was served rates at the pad."""

    def __init__(self, seed: str, cookies: str, window: str) -> None:
        super().__init__(seed, cookies)
        self.window = window
        self.ticket: str | None = None
        self.state: str | None = None
        self.to_rate: str | None = None

    def step(self) -> None:
        if self.to_rate:
            return self.rate()
        if self.ticket is None:
            return self.at_window("call_next", {})
        names = ("serve", "undo", "mark_no_show") if self.state == "called" else SERVING
        name = next((each for each in names if each in self.wanted), self.rng.choices(names, (18, 1, 1))[0])
        return self.at_window(name, {} if name == "undo" else {"ticket": self.ticket})

    def at_window(self, name: str, body: Json) -> None:
        answer = self.press(name, f"/windows/{self.window}/{name}", body)
        if answer.get("code") == "nobody_waiting":
            PAUSE.wait(0.02)

    def rate(self) -> None:
        body = {"ticket": self.to_rate, "level": self.rng.choice(("very_satisfied", "satisfied"))}
        self.press("rate", f"/windows/{self.window}/rating", body, by_staff=False)

    def heard(self, wish: Json, status: int, answer: Json) -> None:
        if wish["what"] == "rate":
            self.to_rate = None
        elif status == 200:
            seat = answer["window"]
            self.ticket, self.state = seat["ticket"], seat["ticket_state"]
            rates = self.rng.random() < 0.7 or "rate" in self.wanted
            if wish["what"].startswith("finish") and rates:
                self.to_rate = wish["body"]["ticket"]


SERVING = ("finish_and_next", "undo", "finish")


class Board:
    """A television that remembers every event that it was told."""

    def __init__(self) -> None:
        self.told: list[Json] = []
        self.open = None
        self.wanted: set[str] = set()

    def turn(self, url: str, press: bool, seconds: float) -> None:
        if not press or seconds:
            return
        with suppress(*LOST), connected(url) as wire:
            wire.ask("join", {"screen": "board", "area": "main"})
            while True:
                _, said = json.loads(wire.hear("42").removeprefix("42"))
                self.told += [{"what": "heard"} | event for event in said.get("events", ())]


@contextmanager
def connected(url: str) -> Iterator[Wire]:
    """Uncompressed, so that the shim can read along."""
    address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with connect(address, open_timeout=PATIENCE, close_timeout=0.1, compression=None) as socket:
        yield Wire(socket)


def crew(seed: str, who: list[str]) -> list[Any]:
    if who == ["kiosk"]:
        return [Citizen(f"{seed}-{n}") for n in range(3)] + [Board()]
    return [Clerk(f"{seed}-{w}", cookies, w) for w, cookies in (each.split("=", 1) for each in who)]


def tell(said: Json) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def main() -> None:
    people = crew(sys.argv[1], sys.argv[2:])
    tell({"ready": True})
    with ThreadPoolExecutor(len(people)) as pool:
        for line in sys.stdin:
            order = json.loads(line)
            for each in people:
                each.wanted = set(order["wanted"])
            at = order["url"], order["press"], order["seconds"]
            list(pool.map(lambda each: each.turn(*at), people))  # noqa: B023
            told = [fact for each in people for fact in each.told]
            tell({"told": told, "open": [each.open for each in people if each.open]})
            for each in people:
                each.told = []


if __name__ == "__main__":
    main()
