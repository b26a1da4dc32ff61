"""Whose turn is near: looked at after something moved, at most once a second, said once for each time."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import Protocol

from queueing.hall import Hall
from queueing.postponing import minutes_left
from queueing.records import Json, Ticket
from queueing.store import Desk
from queueing.waits import Place
from signals.faults import Faults
from signals.marks import replaced
from signals.messages import almost
from signals.ours import Ours
from web.context import Built

PAUSE_SECONDS = 1.0
IDLE_SECONDS = 15.0
"""Waits change with time as well."""

ARRIVED_SECONDS = 5.0
"""After which what was said counts as heard; said later than that before an end, it is said again."""


class Listener(Protocol):
    """Who wants to know."""

    def is_near(self, told: Json) -> None: ...


def is_due(hall: Hall, ticket: Ticket, place: Place) -> bool:
    """Whether it will be called within its walk and a little more, as far as that is foreseen."""
    windows = [ticket.direct_window] if ticket.direct_window else hall.plan.windows_of[ticket.service]
    walk = hall.plan.walks.farthest(windows, ticket.ticket_class)
    soon = walk + hall.house.waits.ready_minutes
    return walk > 0 and place.span is not None and place.played and place.span.likely <= soon


class Near:
    """One loop for all that want to know."""

    def __init__(self, built: Built, workers: Sequence[Listener]) -> None:
        self._built, self._workers, self._wake = built, workers, threading.Event()
        self._said: dict[str, float] = {}
        """By its id, when."""

        self._here: set[str] = set()
        self._file, self._kept = built.data / "signals" / "near.json", set[str]()
        self._ours = Ours(built, self._begin)
        self._faults = Faults("Looking whose turn is near")
        self._day = ""

    def start(self) -> None:
        self._built.sockets.start_background_task(self._again_and_again)

    def wake(self) -> None:
        self._wake.set()

    def _again_and_again(self) -> None:
        while True:
            self._wake.clear()
            try:
                if self._ours.now():
                    self.look()
                    self._keep()
            except Exception as error:  # noqa: BLE001 - logged by Faults
                self._built.sockets.sleep(self._faults.pause(error))
            else:
                self._faults.over()
            self._built.sockets.sleep(PAUSE_SECONDS)
            self._wake.wait(IDLE_SECONDS)

    def look(self) -> None:
        for told in self._built.store.look(self._fresh):
            for worker in self._workers:
                worker.is_near(told)

    def _fresh(self, desk: Desk) -> list[Json]:
        """Those that weren't near when this was last looked at; whoever is away is told when back."""
        hall = self._built.hall
        at = hall.now()
        self._on(hall.day(at))
        waiting = {each.key: each for each in desk.in_states(("waiting",)) if self._is_here(each, at)}
        line, most = hall.line(desk, at), self._built.house.signals.ahead
        places = [line.places(service) for service in {each.service for each in waiting.values()}]
        near = {
            key: place.ahead
            for each in places
            for key, place in each.items()
            if place.ahead <= most or (key in waiting and is_due(hall, waiting[key], place))
        }
        told = [almost(hall, at, waiting[key], near[key], None) for key in near if key in waiting]
        fresh = [each for each in told if each["id"] not in self._said]
        self._said |= {each["id"]: time.monotonic() for each in fresh}
        self._here = {each["id"] for each in told}
        return fresh

    def _is_here(self, ticket: Ticket, at: str) -> bool:
        return ticket.day == self._day and not minutes_left(ticket.not_before, at)

    def _on(self, day: str) -> None:
        if day != self._day:
            self._day, self._said = day, {}

    def _begin(self) -> None:
        """What this process said when it led last, or another one since, isn't said again."""
        self._on(self._built.hall.day(self._built.hall.now()))
        self._said = dict.fromkeys(self._noted(), 0.0) | self._said

    def _noted(self) -> list[str]:
        try:
            noted = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return list(noted["said"]) if noted["day"] == self._day else []

    def _keep(self) -> None:
        """Beside the data, for who leads next or starts anew: of those that are near."""
        since = time.monotonic() - ARRIVED_SECONDS
        heard = {each for each in self._here if self._said.get(each, since) < since}
        if heard != self._kept:
            told = json.dumps({"day": self._day, "said": sorted(heard)})
            self._built.in_thread(partial(replaced, self._file, told))
            self._kept = heard

