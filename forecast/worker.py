"""The forecast process: reads situations from the hall, plays them forward, answers with every wait.

    python -m forecast.worker WIRE PARENT    a connected socket's number, the server's own; it starts it

One JSON object a line, each answered by one:

    {"begin": {zone, services, plays, keep}}            {"begun": …}     the services' configured minutes
    {"past": {day, visits, plan}}                       {"learned": …}   a day that is over, oldest first
    {"takes": {window: {service: reluctance}}}          {"alike": …}     services whose newcomers wait alike
    {"now": {situation, over}}                          {"tickets": …, "newcomers": …, "seconds": …}

Beside it each names its `hall`: several may share the process. `keep` is the file in which ranges keep what
their misses taught. `over` are the visits of today that ended since the last situation. It ends when the
server hangs up, and within about a second when the server is gone, whatever it computes. Whoever stands at
the keyboard and stops the server isn't heard here: the server's end is what counts.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from forecast.adjusting import Adjusting
from forecast.foresee import Forecast, foresee
from forecast.learning import Learned
from forecast.logs import Visit
from forecast.situations import Situation
from forecast.telling import Wall, alike_of, newly, situation_told, stretch_of, visit_of
from forecast.widening import Range

POLITE = 10
LOOK_SECONDS = 1.0
"""How often it looks whether the server is still there."""

SEED = 1
"""The same draws each time: what is told moves with the hall, not with chance."""

Json = dict[str, Any]
Prices = list[float | None]


class Workers:
    """One for each hall that asks; each knows no more than its own."""

    def __init__(self) -> None:
        self._of: dict[str, Worker] = {}

    def answer(self, message: Json) -> Json:
        """The answer to one message, by its hall; one that begins anew begins with nothing."""
        hall = message.pop("hall", "")
        if "begin" in message:
            self._of[hall] = Worker()
        return self._of[hall].answer(message)


class Worker:
    """What one hall has taught, and what its windows take."""

    def __init__(self) -> None:
        self._zone, self._plays = "UTC", 40
        self._learned = Learned()
        self._adjusting = Adjusting()
        self._takes: dict[str, dict[str, float]] = {}
        self._newcomers: list[str] = []
        self._day = ""
        self._joined: set[str] = set()
        self._verbs: dict[str, Callable[[Any], Json]] = {
            "begin": self.begin, "past": self.past, "takes": self.take, "now": self.now,
        }  # fmt: skip

    def answer(self, message: Json) -> Json:
        """The answer to one message; its one key says what is asked."""
        (verb, told), *_ = message.items()
        return self._verbs[verb](told)

    def begin(self, told: Json) -> Json:
        self._zone, self._plays = told["zone"], told["plays"]
        self._learned = Learned(told["services"])
        self._adjusting = Adjusting(Path(told["keep"]) if told.get("keep") else None)
        return {"begun": os.getpid()}

    def past(self, told: Json) -> Json:
        """Learns from one whole day, or from the end of the one that was lived through."""
        visits = self._visits(told["day"], told["visits"])
        if told["day"] != self._day:
            self._begin_day(told["day"])
            self._hear(visits)
        self._learned.end_day(visits, [stretch_of(row, told["day"]) for row in told["plan"]])
        return {"learned": told["day"]}

    def take(self, told: Json) -> Json:
        self._takes = told
        alike = alike_of(told)
        self._newcomers = list(dict.fromkeys(alike.values()))
        return {"alike": alike}

    def now(self, told: Json) -> Json:
        """Plays on from this moment."""
        began = time.process_time()
        situation = situation_told(told["situation"], self._takes, self._zone)
        if situation.day != self._day:
            self._begin_day(situation.day)
        self._hear(self._visits(situation.day, told["over"]))
        self._hear_joined([newly(each, situation.day) for each in situation.waiting])
        lines = [(service, name) for service in self._newcomers for name in situation.classes]
        played = foresee(situation, self._learned, plays=self._plays, seed=SEED, newcomers=lines)
        return self._told(situation, played) | {"seconds": round(time.process_time() - began, 3)}

    def _begin_day(self, day: str) -> None:
        self._day, self._joined = day, set()
        self._adjusting.forget()
        self._learned.begin_day()

    def _hear(self, visits: list[Visit]) -> None:
        """Visits that are over."""
        self._hear_joined(visits)
        for visit in sorted(visits, key=ended):
            self._learned.over(visit)
        self._adjusting.over(visits)

    def _hear_joined(self, visits: list[Visit]) -> None:
        """Each of them once, as soon as it is known."""
        for visit in visits:
            if visit.ticket not in self._joined:
                self._joined.add(visit.ticket)
                self._learned.joined(visit)

    def _told(self, situation: Situation, played: Forecast) -> Json:
        of_class = {each.ticket: each.ticket_class for each in situation.waiting}
        adjusting = self._adjusting
        tickets = [
            [key, *prices(adjusting.ticket(situation, key, of_class[key], told))]
            for key, told in played.tickets.items()
        ]
        newcomers = [
            [*line, *prices(adjusting.newcomer(situation, line[1], told))]
            for line, told in played.newcomers.items()
        ]
        return {"tickets": tickets, "newcomers": newcomers}

    def _visits(self, day: str, rows: list[Any]) -> list[Visit]:
        wall = Wall(day, self._zone)
        return sorted((visit_of(row, day, wall) for row in rows), key=lambda visit: visit.joined)


def ended(visit: Visit) -> float:
    """When it was known how the visit went."""
    return visit.finished or visit.called or visit.joined


def prices(told: Range | None) -> Prices:
    """Low, likeliest and high wait in minutes; nothing for who isn't reached today."""
    if told is None:
        return [None, None, None]
    return [round(each, 2) for each in (told.low, told.estimate, told.high)]


def serve(wire: socket.socket) -> None:
    """Answers line by line until the other side hangs up."""
    workers = Workers()
    wire.setblocking(True)  # the server's engine may have made both ends otherwise
    with wire, wire.makefile("r", encoding="utf-8") as lines:
        for line in lines:
            wire.sendall(json.dumps(answered(workers, line)).encode() + b"\n")


def answered(workers: Workers | Worker, line: str) -> Json:
    """What goes wrong with one message is told, and the next one has its chance."""
    try:
        return workers.answer(json.loads(line))
    except Exception:  # noqa: BLE001 - the hall logs it
        return {"fault": traceback.format_exc()}


def end_with(parent: int) -> None:
    """Beside the work, which lets other threads run also where it is compiled."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(0)


def main(words: list[str]) -> int:
    os.nice(POLITE)
    threading.Thread(target=end_with, args=(int(words[1]),), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        serve(socket.socket(fileno=int(words[0])))
    except (BrokenPipeError, ConnectionResetError):
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
