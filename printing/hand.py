"""The printing process: one thread a printer, which draws its slips, prints them and looks how it is.

It is started by the hall (`printing.workshop`), talks with it in lines of JSON over the socket that it
inherits, and ends with it. A printer that hangs, a library that crashes: the hall goes on.

hall → hand   {"begin": {"printers": [...], "look_seconds": 5}}, then
              {"print": {"job", "printer", "page", "pictures"}}
hand → hall   {"ready": {"chinese": true}}, {"state": {"printer", "state"}}, {"fault": "…"},
              {"done": {"job", "printer", "result", "state"}},
              {"beat": {"stuck": [printer]}}: a sign of life, and whose thread has hung or ended
"""

from __future__ import annotations

import json
import os
import queue
import socket
import sys
import threading
import time
import traceback
from typing import Any

from printing.drawing import drawn, knows_chinese
from printing.machines import FINE, Machine

MOST_WAITING = 5
"""Jobs in a printer's own queue; the hall hands over one at a time and keeps the others."""

TROUBLED_LOOK_SECONDS = 2.0
FAREWELL_SECONDS = 8.0
BEAT_SECONDS = 3.0
STUCK_SECONDS = 75.0
"""A thread that is at one look or one slip for so long hangs in its device."""

POLITE = 5

Said = dict[str, Any]


class Hand:
    """All printers, and the line to the hall."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire, self._lock = wire, threading.Lock()
        self._workers: dict[str, Worker] = {}
        self.over = threading.Event()

    def say(self, message: Said) -> None:
        line = json.dumps(message).encode() + b"\n"
        with self._lock:
            self._wire.sendall(line)

    def work(self) -> None:
        """Until the hall hangs up; what is being printed then is finished."""
        with self._wire.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                self._hear(json.loads(line))
        self.over.set()
        until = time.monotonic() + FAREWELL_SECONDS
        while any(worker.busy for worker in self._workers.values()) and time.monotonic() < until:
            time.sleep(0.05)

    def beat(self) -> None:
        """As long as the process lives."""
        while True:
            time.sleep(BEAT_SECONDS)
            try:
                self.say({"beat": {"stuck": self.stuck()}})
            except OSError:
                return  # the hall has hung up, and `work` ends

    def stuck(self) -> list[str]:
        """Printers whose thread has ended, or hangs in its device."""
        return [name for name, worker in list(self._workers.items()) if worker.hangs()]

    def _hear(self, message: Said) -> None:
        if "begin" in message:
            self._begin(**message["begin"])
        elif "print" in message:
            self._workers[message["print"]["printer"]].take(message["print"])

    def _begin(self, printers: list[Said], look_seconds: float) -> None:
        """Drawing once before the first ticket loads the fonts."""
        for told in printers:
            worker = Worker(self, Machine(told), look_seconds)
            worker.start()
            self._workers[worker.name] = worker
        self.say({"ready": {"chinese": knows_chinese()}})


class Worker(threading.Thread):
    """One printer's thread."""

    def __init__(self, hand: Hand, machine: Machine, look_seconds: float) -> None:
        super().__init__(name=machine.id, daemon=True)
        self._hand, self._machine, self._look_seconds = hand, machine, look_seconds
        self._jobs: queue.Queue[Said] = queue.Queue(MOST_WAITING)
        self._state = ""
        self._since: float | None = None
        self.busy = False

    def take(self, job: Said) -> None:
        """Without ever waiting; a job too many stays with the hall."""
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            self._done(job, "kept", self._state)

    def run(self) -> None:
        """Whatever a printer says or a library does, the next look is taken."""
        self._look()
        while not self._hand.over.is_set():
            try:
                job = self._jobs.get(timeout=self._pause())
            except queue.Empty:
                self._look()
            else:
                self._print(job)

    def hangs(self) -> bool:
        since = self._since
        return not self.is_alive() or (since is not None and time.monotonic() - since > STUCK_SECONDS)

    def _look(self) -> None:
        self._since = time.monotonic()
        try:
            state = self._machine.look()
        except Exception:  # noqa: BLE001 - told once, and looked again
            state = "fault"
            if self._state != state:
                self._hand.say({"fault": traceback.format_exc()})
        self._since = None
        self._tell(state)

    def _pause(self) -> float:
        return self._look_seconds if self._state in FINE else min(self._look_seconds, TROUBLED_LOOK_SECONDS)

    def _print(self, job: Said) -> None:
        self.busy, self._since = True, time.monotonic()
        try:
            image = drawn(job["page"], self._machine.dots, job["pictures"])
            self._done(job, *self._machine.put(image))
        except Exception:  # noqa: BLE001 - whatever a slip does to the renderer, the next one is printed
            self._hand.say({"fault": traceback.format_exc()})
            self._done(job, "unsure", "fault")
        finally:
            self.busy, self._since = False, None

    def _done(self, job: Said, result: str, state: str) -> None:
        self._state = state
        self._hand.say(
            {"done": {"job": job["job"], "printer": self._machine.id, "result": result, "state": state}}
        )

    def _tell(self, state: str) -> None:
        """When it has changed."""
        if state != self._state:
            self._state = state
            self._hand.say({"state": {"printer": self._machine.id, "state": state}})


def main() -> None:
    os.nice(POLITE)
    with socket.socket(fileno=int(sys.argv[1])) as wire:
        wire.setblocking(True)  # the hall's own end may not wait, and both share the setting at first
        hand = Hand(wire)
        threading.Thread(target=hand.beat, daemon=True).start()
        try:
            hand.work()
        except Exception:  # noqa: BLE001 - told to the hall, whose log somebody reads
            hand.say({"fault": traceback.format_exc()})
    os._exit(0)


if __name__ == "__main__":
    main()
