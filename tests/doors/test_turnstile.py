"""Whoever presses doesn't wait behind a crowd that looks, and a crowd is let through in its order."""

from __future__ import annotations

import json
import subprocess
import sys
import threading

import pytest

from tests.running import ROOT
from web.turnstile import AT_ONCE, Turnstile

FEW = 12
"""Of 40 that came before, so many may be answered first."""


@pytest.mark.parametrize(("lines", "engine"), [("kept", "eventlet"), ("new", "eventlet"), ("kept", "gevent")])
def test_a_press_is_answered_before_most_of_a_crowd_that_came_earlier(lines: str, engine: str) -> None:
    command = [sys.executable, "-m", "tests.doors.crowd_at_once", lines, engine]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    answered = json.loads(said.stdout)
    assert sorted(answered) == ["GET"] * 40 + ["POST"], "and everybody is answered"
    assert answered.index("POST") < FEW


class Queue:
    """Somebody who gives way for as long as it takes, and others that come meanwhile."""

    def __init__(self) -> None:
        self.open, self.inside = threading.Event(), threading.Event()
        self.turnstile = Turnstile(self._stand)
        self.through: list[str] = []
        self.threads: list[threading.Thread] = []

    def _stand(self) -> None:
        self.inside.set()
        self.open.wait(30)

    def come(self, name: str) -> None:
        def go() -> None:
            self.turnstile.pass_through()
            self.through.append(name)

        thread = threading.Thread(target=go)
        thread.start()
        self.threads.append(thread)

    def come_and_wait(self, name: str) -> None:
        """Back when it stands in the line."""
        waiting = len(self.turnstile._waiting)
        self.come(name)
        while len(self.turnstile._waiting) == waiting:
            threading.Event().wait(0.001)

    def all_through(self) -> list[str]:
        self.open.set()
        for thread in self.threads:
            thread.join(30)
        return self.through


def test_each_goes_through_once() -> None:
    queue = Queue()
    queue.come("first")
    queue.inside.wait(30)
    names = [str(n) for n in range(3 * AT_ONCE)]
    for name in names:
        queue.come_and_wait(name)
    assert queue.through == []
    assert sorted(queue.all_through()) == sorted(["first", *names])


class Ended(Exception):
    """The connection of somebody who waited has gone."""


def test_one_that_is_ended_while_it_gives_way_holds_up_nobody() -> None:
    ends = [Ended]

    def give_way() -> None:
        if ends:
            raise ends.pop()

    turnstile = Turnstile(give_way)
    with pytest.raises(Ended):
        turnstile.pass_through()
    turnstile.pass_through()


def test_those_that_are_ended_while_they_wait_hold_up_nobody() -> None:
    command = [sys.executable, "-m", "tests.doors.ended_in_line"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(said.stdout)
    assert told == {"ended": [1, 4], "through": [0, 2, 3, 5, 6, 7, 8, 9]}
