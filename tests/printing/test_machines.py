"""One printer and its faults: what is said of it, and whether a slip may be tried again."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from printing import machines
from printing.machines import Machine
from queueing.printer_rules import Printer
from queueing.text import Text
from tests.printing.emulator import Emulator, emulated

NAME = Text("入口打印机", "Printer at the entrance")


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with emulated() as printer:
        yield printer


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for patience, seconds in (("ANSWER", 0.2), ("SEND", 1.0), ("CONNECT", 1.0), ("CONFIRM", 0.6)):
        monkeypatch.setattr(machines, f"{patience}_SECONDS", seconds)


def machine(**told: Any) -> Machine:
    printer = Printer("door", NAME, **{"kind": "network", "host": "127.0.0.1", **told})
    return Machine(asdict(printer) | {"across": printer.across})


def at(emulator: Emulator, **told: Any) -> Machine:
    return machine(port=emulator.port, **told)


def a_slip(width: int = 576, rows: int = 700) -> Image.Image:
    """Something that is different in every row."""
    made = Image.new("1", (width, rows), 1)
    ImageDraw.Draw(made).line((0, 0, width - 1, rows - 1), fill=0, width=5)
    return made


def feed_of(image: Image.Image, rows: int) -> Image.Image:
    return image.crop((0, rows, image.width, image.height))


def test_a_slip_comes_out_dot_by_dot_and_is_cut_once(emulator: Emulator) -> None:
    slip = a_slip()
    assert at(emulator).put(slip) == ("printed", "ok")
    [printed] = emulator.wait_for(1)
    assert printed.crop((0, 0, 576, 700)).tobytes() == slip.tobytes()
    assert set(feed_of(printed, 700).tobytes()) == {255}


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ({"paper": "out"}, "paper_out"),
        ({"cover_open": True}, "cover_open"),
        ({"answers": False}, "silent"),
        ({"accepts": False}, "gone"),
    ],
)
def test_a_printer_that_cant_print_keeps_the_slip_for_later(
    emulator: Emulator, fault: dict[str, object], state: str
) -> None:
    emulator.tell(**fault)
    assert at(emulator).look() == state
    assert at(emulator).put(a_slip()) == ("kept", state)
    assert emulator.slips == []


@pytest.mark.parametrize("unasked", [b"\x00", b"\x10\x00\x00\x00", b"\xff\x03"])
def test_what_a_printer_says_unasked_is_no_answer(emulator: Emulator, unasked: bytes) -> None:
    emulator.tell(unasked=unasked)
    assert at(emulator).look() == "ok"
    assert at(emulator).put(a_slip()) == ("printed", "ok")
    emulator.tell(cover_open=True)
    assert at(emulator).look() == "cover_open"


@pytest.mark.parametrize("garbled", [b"\x10", b"\x00" * 40])
def test_a_printer_that_says_something_else_has_a_fault(emulator: Emulator, garbled: bytes) -> None:
    emulator.tell(garbled=garbled)
    assert at(emulator).look() == "fault"
    assert at(emulator).put(a_slip()) == ("kept", "fault")
    assert emulator.slips == []


def test_a_slip_that_is_out_stays_printed_whatever_comes_after_it(emulator: Emulator) -> None:
    """Kept for later it would come out twice."""
    emulator.tell(mute_after_cut=True)
    assert at(emulator).put(a_slip()) == ("printed", "silent")


def test_little_paper_is_said_and_still_prints(emulator: Emulator) -> None:
    emulator.tell(paper="low")
    assert at(emulator).look() == "paper_low"
    assert at(emulator).put(a_slip()) == ("printed", "paper_low")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library drops a socket
def test_nobody_listening_is_a_printer_that_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert machine(port=port).look() == "gone"
    assert machine(port=port).put(a_slip()) == ("kept", "gone")


def test_a_line_that_breaks_after_everything_was_sent_isnt_tried_again(emulator: Emulator) -> None:
    emulator.tell(confirms=False)
    assert at(emulator).put(a_slip())[0] == "unsure"
    assert len(emulator.slips) == 1


def test_paper_that_ends_in_the_middle_leaves_it_unsure(emulator: Emulator) -> None:
    emulator.tell(runs_out_at=300)
    assert at(emulator).put(a_slip()) == ("unsure", "paper_out")


def test_a_printer_that_stops_reading_in_the_middle_never_counts_as_printed(emulator: Emulator) -> None:
    emulator.tell(break_after=20_000)
    result, state = at(emulator).put(a_slip(rows=3000))
    assert (result in ("kept", "unsure"), state) == (True, "gone")
    assert emulator.slips == []


def test_a_printer_that_cant_tell_is_believed(emulator: Emulator) -> None:
    emulator.tell(answers=False)
    assert at(emulator, tells=False).look() == "ok"
    assert at(emulator, tells=False).put(a_slip()) == ("printed", "ok")
    emulator.wait_for(1)


def test_without_a_cutter_the_paper_is_only_fed(emulator: Emulator) -> None:
    assert at(emulator, cut=False).put(a_slip()) == ("printed", "ok")
    assert emulator.slips == []


def test_a_file_holds_the_last_slip(tmp_path: Path) -> None:
    file = tmp_path / "slip.bin"
    trial = machine(kind="file", file=str(file), cut=False)
    assert trial.look() == "ok"
    assert trial.put(a_slip(rows=8)) == ("printed", "ok")
    assert file.read_bytes().startswith(b"\x1b@\x1dv0\x00\x48\x00\x08\x00")
    assert trial.look() == "ok"
    assert trial.put(a_slip(rows=8)) == ("printed", "ok"), "the next slip takes its place"


@pytest.mark.parametrize("where", [{"kind": "file", "file": "F"}, {"kind": "usb", "device": "F"}])
def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path, where: dict[str, str]) -> None:
    file = tmp_path / "passwd"
    file.write_text("root:x:0:0", "utf-8")
    trial = machine(**{key: str(file) if said == "F" else said for key, said in where.items()})
    assert trial.look() == "gone"
    assert trial.put(a_slip(rows=8)) == ("kept", "gone")
    assert file.read_text("utf-8") == "root:x:0:0"


def test_a_device_file_that_isnt_there_is_gone(tmp_path: Path) -> None:
    missing = machine(kind="usb", device=str(tmp_path / "none" / "lp0"))
    assert missing.look() == "gone"
    assert missing.put(a_slip()) == ("kept", "gone")


def test_a_usb_printer_that_isnt_plugged_in_is_gone() -> None:
    assert machine(kind="usb", device="0416:5011").look() == "gone"
