"""The printing process from within: its threads outlive their printers' faults, and say when they don't."""

from __future__ import annotations

import json
import queue
import socket
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import pytest

from printing import hand, machines
from printing.hand import Hand, Said
from printing.machines import Machine
from queueing.printer_rules import Printer
from queueing.text import Text
from tests.printing.emulator import Emulator, emulated


@dataclass
class Line:
    """The hall's end of the line."""

    hand: Hand
    wire: socket.socket
    printer: Emulator
    heard: queue.Queue[Said] = field(default_factory=queue.Queue)
    faults: list[Said] = field(default_factory=list)

    def say(self, message: Said) -> None:
        self.wire.sendall(json.dumps(message).encode() + b"\n")

    def listen(self) -> None:
        with self.wire.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                self.heard.put(json.loads(line))

    def waits_for(self, what: Said) -> None:
        while (told := self.heard.get(timeout=10)) != what:
            self.faults += [told] if "fault" in told else []

    def begin(self) -> None:
        told = Printer("door", Text("", ""), "network", host="127.0.0.1", port=self.printer.port)
        self.say({"begin": {"printers": [asdict(told) | {"across": told.across}], "look_seconds": 0.05}})


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    monkeypatch.setattr(machines, "ANSWER_SECONDS", 0.2)
    ours, theirs = socket.socketpair()
    with emulated() as printer, ours, theirs:
        made = Line(Hand(theirs), ours, printer)
        threads = [threading.Thread(target=each, daemon=True) for each in (made.hand.work, made.listen)]
        for thread in threads:
            thread.start()
        yield made
        ours.shutdown(socket.SHUT_WR)
        threads[0].join(5)
        for worker in made.hand._workers.values():
            worker.join(5)
        theirs.shutdown(socket.SHUT_RDWR)
        threads[1].join(5)


def state(word: str) -> Said:
    return {"state": {"printer": "door", "state": word}}


def test_a_printer_that_babbles_is_looked_at_again_until_it_is_well(line: Line) -> None:
    line.begin()
    line.waits_for(state("ok"))
    line.printer.tell(garbled=b"\x00")
    line.waits_for(state("fault"))
    line.printer.tell(garbled=b"")
    line.waits_for(state("ok"))
    assert line.hand.stuck() == []


def test_a_look_that_breaks_in_a_way_nobody_thought_of_is_a_fault_told_once(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.begin()
    line.waits_for({"ready": {"chinese": True}})
    with monkeypatch.context() as broken:
        broken.setattr(Machine, "_state", lambda *_: 1 // 0)
        line.waits_for(state("fault"))
    line.waits_for(state("ok"))
    assert ["ZeroDivisionError" in each["fault"] for each in line.faults] == [True]


def test_a_thread_that_hangs_in_its_device_is_named(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hang(machine: Machine) -> str:
        entered.set()
        leave.wait(10)
        return "ok"

    with monkeypatch.context() as broken:
        broken.setattr(Machine, "look", hang)
        broken.setattr(hand, "STUCK_SECONDS", 0.0)
        line.begin()
        line.waits_for({"ready": {"chinese": True}})
        assert entered.wait(10)
        assert line.hand.stuck() == ["door"]
    leave.set()
    line.waits_for(state("ok"))
