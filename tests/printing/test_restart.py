"""A printing process that hangs, dies or falls silent: it is ended and the next one prints; no slip hangs."""

from __future__ import annotations

import queue
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask
from flask_socketio import SocketIO

from printing import office as rules
from printing import workshop
from printing.jobs import Job, new_name
from printing.office import PrintOffice
from printing.workshop import Workshop
from queueing.records import Json
from settings import load_house
from tests.printing.emulator import Emulator
from tests.printing.halls import with_printers
from web.context import Built


class Over(BaseException):
    """The test has seen enough."""


def built(tmp_path: Path) -> Built:
    """As much of a hall as printers need, without a door."""
    house = load_house(with_printers(tmp_path, door=(Emulator(port=1), ""), far=(Emulator(port=2), "")))
    push = SimpleNamespace(screens={}, emit=None)
    sockets = SocketIO(Flask("hall"), async_mode="threading")
    return cast(Built, SimpleNamespace(house=house, push=push, sockets=sockets))


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    """One that would never end by itself."""
    with subprocess.Popen(["sleep", "60"]) as sleeping:
        yield sleeping
        sleeping.kill()


@pytest.fixture
def office(tmp_path: Path, process: subprocess.Popen[bytes]) -> Iterator[PrintOffice]:
    """Both printers are fine, and their process takes what it is handed and says nothing of it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        made = PrintOffice(built(tmp_path))
        made._workshop._wire, made._workshop._process = ours, process
        for printer in made.printers:
            made.hear({"state": {"printer": printer, "state": "ok"}})
        yield made


def asked(office: PrintOffice, printer: str) -> Job:
    return office.take(Job(new_name(), printer, None, "", False, None, office.now(), by_staff=True))


def stands(office: PrintOffice) -> dict[str, tuple[str, Job | None]]:
    return {name: (each.state, each.job) for name, each in office.standing.items()}


def test_a_slip_that_nothing_is_heard_of_ends_and_so_does_the_process(
    office: PrintOffice, process: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    slip, waiting = asked(office, "door"), asked(office, "door")
    office._look_after_all()
    assert (slip.state, waiting.state, process.poll()) == ("printing", "waiting", None)
    monkeypatch.setattr(rules, "STUCK_SECONDS", 0.0)
    office._look_after_all()
    assert (slip.state, slip.why, waiting.state) == ("unsure", "stopped", "waiting")
    assert stands(office) == {"door": ("stuck", None), "far": ("ok", None)}
    assert process.wait(5) == -signal.SIGKILL
    office.hear({"stopped": {}})
    office.hear({"state": {"printer": "door", "state": "ok"}})
    assert (waiting.state, stands(office)["door"]) == ("printing", ("ok", waiting))


def test_another_printers_slip_is_finished_before_the_process_ends(
    office: PrintOffice, process: subprocess.Popen[bytes]
) -> None:
    slip = asked(office, "far")
    office.hear({"beat": {"stuck": []}})
    office.hear({"beat": {"stuck": ["door"]}})
    late = asked(office, "far")
    office._look_after_all()
    assert (slip.state, process.poll(), stands(office)["door"]) == ("printing", None, ("stuck", None))
    office.hear({"done": {"job": slip.id, "printer": "far", "result": "printed", "state": "ok"}})
    assert (slip.state, late.state) == ("printed", "waiting")
    office._look_after_all()
    assert process.wait(5) == -signal.SIGKILL


def test_a_process_that_says_nothing_is_killed_and_the_next_one_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops in the middle of whatever it does, as by a device; only a kill -9 ends it."""
    monkeypatch.setattr(workshop, "PAUSE_SECONDS", 0.05)
    heard: queue.Queue[Json] = queue.Queue()
    over = threading.Event()

    def hear(message: Json) -> None:
        heard.put(message)
        if over.is_set():
            raise Over

    made = Workshop(built(tmp_path), {"printers": [], "look_seconds": 1.0}, hear)

    def work() -> None:
        with suppress(Over):
            made._again_and_again()

    line = threading.Thread(target=work)
    line.start()
    assert list(heard.get(timeout=20)) == ["ready"]
    first = running(made)
    first.send_signal(signal.SIGSTOP)
    made._look()
    assert first.poll() is None
    with monkeypatch.context() as impatient:
        impatient.setattr(workshop, "SILENT_SECONDS", 0.0)
        made._look()
    assert list(heard.get(timeout=20)) == ["stopped"]
    assert first.returncode == -signal.SIGKILL
    over.set()
    assert list(heard.get(timeout=20)) == ["ready"]
    line.join(20)
    assert running(made).wait(20) == 0


def running(made: Workshop) -> Any:
    assert made._process is not None
    return made._process
