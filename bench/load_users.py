"""Who makes the load: kiosks, clerks, boards and phones, as Locust's users with think times of a hall."""

from __future__ import annotations

import time
import uuid
from collections import defaultdict

import gevent
from locust import FastHttpUser, User, constant, task

from bench.load_halls import Json, Target
from bench.load_plan import PATIENCE
from bench.load_screens import NotLetIn, Screen

EXPECTED = {"nobody_waiting", "no_ticket", "ticket_moved", "cannot", "window_busy"}
"""Refusals of a hall that works: another window was faster, nobody waits."""

FULL = {"service_stopped", "service_full", "service_closed", "service_paused"}
"""And of its kiosks."""

PATIENT_TRIES, RECENT = 0.5, 300
"""Seconds between tries while there is nothing to do; among how many newest tickets a phone's is."""


class Run:
    """What the users of a run share; one run in a process."""

    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.began, self.over = 0.0, False
        self.coming_seconds = 0.0
        self.screens: list[tuple[Target, Screen]] = []
        self._turns: defaultdict[str, int] = defaultdict(int)

    def begin(self, targets: list[Target], seconds: float) -> None:
        """The run lasts so long; phones come during the first half of it."""
        self.targets, self.began, self.coming_seconds = targets, time.monotonic(), seconds / 2

    def next(self, kind: str) -> tuple[Target, int]:
        """The hall of the next user of that kind, and its place among those of that hall."""
        n, halls = self._turns[kind], len(self.targets)
        self._turns[kind] += 1
        return self.targets[n % halls], n // halls


RUN = Run()


class Placed:
    """A user who has a hall."""

    kind = ""

    def on_start(self) -> None:
        self.target, self.place = RUN.next(self.kind)


class Presser(Placed, FastHttpUser):
    """A user who presses; every answer tells how far the hall's events have come."""

    abstract = True
    host = "http://127.0.0.1"

    def press(self, path: str, body: Json, name: str, expected: set[str]) -> Json | None:
        """None: refused as a hall at work may refuse."""
        began, key = time.monotonic(), {"Idempotency-Key": uuid.uuid4().hex}
        cookies = "; ".join(f"{name}={value}" for name, value in self.target.cookies.items())
        headers = key | ({"Cookie": cookies} if self.kind == "clerk" else {})
        url = f"{self.target.url}/api/v1{path}"
        with self.client.post(url, json=body, headers=headers, name=name, catch_response=True) as answer:
            told: Json = answer.json() if answer.text else {}
            if answer.status_code >= 400 and told.get("code") in expected:
                answer.success()
                return None
            if answer.status_code >= 400 or not answer.status_code:
                answer.failure(f"{answer.status_code} {told.get('code')}")
                return None
        seq = told.get("seq")
        self.target.pushes.answered(seq, began)
        self.target.last_seq = max(self.target.last_seq, int(seq or 0))
        return told


class Kiosk(Presser):
    """Gives out a number whenever the plan says that somebody has come."""

    kind = "kiosk"
    wait_time = constant(0)

    @task
    def take(self) -> None:
        plan = self.target.plan
        visitor = plan.next_visitor(time.monotonic() - RUN.began)
        if visitor is None:
            gevent.sleep(PATIENCE["kiosk"][0] / plan.speed)
            return
        answer = self.press("/tickets", plan.wish(visitor), "issue", FULL)
        if answer:
            self.target.links.append(answer["link"])
        gevent.sleep(plan.think("kiosk"))


class Clerk(Presser):
    """Calls, serves, and ends four services in five with *finish and next*."""

    kind = "clerk"
    wait_time = constant(0)
    called: Json | None = None

    @task
    def work(self) -> None:
        plan = self.target.plan
        if self.called is None:
            gevent.sleep(plan.think("call"))
            self.called = self._at("call_next")
        if self.called is None:
            gevent.sleep(max(plan.think("idle"), PATIENT_TRIES))
            return
        gevent.sleep(plan.think("walk"))
        self._at("serve")
        gevent.sleep(plan.service(self.called["service"]))
        self.called = self._at("finish_and_next" if plan.chance.random() < 0.8 else "finish")

    def _at(self, press: str) -> Json | None:
        """The ticket that is called there now, if any."""
        window = self.target.windows[self.place]
        answer = self.press(f"/windows/{window}/{press}", {}, press, EXPECTED)
        ticket = (answer or {}).get("ticket")
        return ticket if ticket and ticket["state"] == "called" else None


class Watching(Placed):
    """A screen that only watches. One that the hall drops is an error."""

    def watch(self, join: dict[str, str], seconds: float | None = None) -> None:
        """Until the run is over, or so many seconds."""
        began, screen, error = time.monotonic(), None, None
        try:
            screen = Screen(self.target.url, join, self.target.pushes, timed=self.kind == "board")
        except (OSError, NotLetIn) as found:
            error = found
        self._told(f"join {self.kind}", began, error)
        if screen is None:
            gevent.sleep(1)
            return
        RUN.screens.append((self.target, screen))
        if seconds:
            gevent.spawn_later(seconds, screen.close)
        try:
            screen.listen()
        except (OSError, NotLetIn) as found:
            self._told(f"lost {self.kind}", began, None if RUN.over else found)
        if not RUN.over:
            RUN.screens.remove((self.target, screen))

    def _told(self, name: str, began: float, error: Exception | None) -> None:
        self.environment.events.request.fire(  # type: ignore[attr-defined]
            request_type="WS", name=name, response_time=1000 * (time.monotonic() - began),
            response_length=0, exception=error, context={},
        )  # fmt: skip


class Board(Watching, User):
    """A hall board."""

    kind = "board"
    wait_time = constant(0)

    @task
    def stay(self) -> None:
        self.watch({"screen": "board"})


class Phone(Watching, FastHttpUser):
    """A ticket's page, opened and watched for a while; several may look at one ticket, as families do."""

    kind = "phone"
    host = "http://127.0.0.1"
    wait_time = constant(0)

    def on_start(self) -> None:
        """Not all at once: they come in over the first part of the run."""
        super().on_start()
        gevent.sleep(self.target.plan.chance.uniform(0, RUN.coming_seconds))

    @task
    def look(self) -> None:
        plan = self.target.plan
        if not self.target.links:
            gevent.sleep(PATIENT_TRIES)
            return
        token = plan.chance.choice(self.target.links[-RECENT:]).rsplit("/", 1)[-1]
        self.client.get(f"{self.target.url}/t/{token}", name="phone page")
        self.watch({"screen": "phone", "token": token}, plan.think("phone"))
