"""One printer as the printing process handles it: how it is, and a picture put on its paper.

Of a job it says `printed`; `kept` when surely no whole slip came out, so that it may be tried again; `unsure`
when everything was sent and nothing came back, so that it must not be.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from escpos.constants import RT_STATUS
from escpos.exceptions import Error
from escpos.printer import Dummy, File, Network, Usb
from PIL import Image

CONNECT_SECONDS = 3.0
SEND_SECONDS = 20.0
CONFIRM_SECONDS = 20.0
ANSWER_SECONDS = 1.5

TRANSMIT_PAPER = b"\x1dr\x01"
"""GS r 1: answered in its turn, when everything before it has been printed; DLE EOT is answered at once."""

COVER_OPEN, STOPPED, FAULT = 0x04, 0x20, 0x40
LOW, OUT = 0x0C, 0x60
OFFLINE = 0x08
FIXED, REAL_TIME = 0x93, 0x12
"""Bits that are always alike in an answer to DLE EOT, and how they are; in no other answer are they so."""

NOT_IN_TURN = 0x90
"""Bits of which none is set in an answer to GS r."""

MOST_STRAY = 16
"""Bytes that a printer may say unasked before the answer: a late one, a notice of its own."""

FINE = frozenset({"ok", "paper_low"})

PIECE_ROWS = 256
"""Rows sent at a time: small printers keep no more."""

SLIP_BEGINS = b"\x1b@"

FAILURES = (OSError, Error, ValueError)
"""A ValueError is how the USB library says that libusb isn't there."""


class Silent(Exception):
    """The printer takes what is sent and answers nothing."""


class Garbled(Exception):
    """It says what is no answer to what it was asked: `said`."""

    def __init__(self, said: bytes) -> None:
        super().__init__(said.hex())
        self.said = said


class Machine:
    """One printer of the hall's file; opened anew for each look and job: others may print on it, too."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.id: str = told["id"]
        self._told = told
        self._tells = bool(told["tells"]) and not self._is_file
        self.dots: int = told["across"]

    @property
    def _is_file(self) -> bool:
        return bool(self._told["kind"] == "file" or self._told["device"].startswith("/"))

    def look(self) -> str:
        """How it is, in one word."""
        try:
            with self._opened() as device:
                return self._state(device) if self._tells else "ok"
        except Silent:
            return "silent"
        except Garbled:
            return "fault"
        except FAILURES:
            return "gone"

    def put(self, image: Image.Image) -> tuple[str, str]:
        """What became of the job, and how the printer is now."""
        try:
            with self._opened(to_print=True) as device:
                state = self._state(device) if self._tells else "ok"
                return self._sent(device, image) if state in FINE else ("kept", state)
        except Silent:
            return "kept", "silent"
        except Garbled:
            return "kept", "fault"
        except FAILURES:
            return "kept", "gone"

    # -- one connection ---------------------------------------------------------------------------

    @contextmanager
    def _opened(self, to_print: bool = False) -> Iterator[Any]:
        if self._is_file:
            self._find_file()
        if self._is_file and not to_print:
            yield None
            return
        device = self._device()
        device.open()
        try:
            yield device
        finally:
            device.close()

    def _device(self) -> Any:
        told = self._told
        if self._is_file:
            return File(told["device"] or told["file"])
        if told["kind"] == "usb":
            vendor, _, product = told["device"].partition(":")
            return Usb(int(vendor, 16), int(product, 16), timeout=int(SEND_SECONDS * 1000))
        return Network(told["host"], told["port"], timeout=CONNECT_SECONDS)

    def _find_file(self) -> None:
        """A device file that is there and may be written; of a trial's file the folder is enough."""
        path = Path(self._told["device"] or self._told["file"])
        if not os.access(path if self._told["device"] else path.parent, os.W_OK):
            raise FileNotFoundError(path)
        if path.is_file():
            with path.open("rb") as there:
                if there.read(len(SLIP_BEGINS)) not in (b"", SLIP_BEGINS):
                    raise FileExistsError(path)  # somebody else's: a slip would take its place

    # -- asking -----------------------------------------------------------------------------------

    def _state(self, device: Any) -> str:
        self._patience(device, ANSWER_SECONDS)
        cause, paper, online = (_real_time(device, n) for n in (2, 4, 1))
        if cause & COVER_OPEN:
            return "cover_open"
        if paper & OUT or cause & STOPPED:
            return "paper_out"
        if cause & FAULT or online & OFFLINE:
            return "fault"
        return "paper_low" if paper & LOW else "ok"

    def _patience(self, device: Any, seconds: float) -> None:
        """How long the network may take; the USB library has patience of its own."""
        if self._told["kind"] == "network":
            device.device.settimeout(seconds)

    # -- sending ----------------------------------------------------------------------------------

    def _sent(self, device: Any, image: Image.Image) -> tuple[str, str]:
        """A break before the last piece is out means that no whole slip came out."""
        self._patience(device, SEND_SECONDS)
        for piece in self._pieces(image):
            device._raw(piece)
        return self._confirmed(device) if self._tells else ("printed", "ok")

    def _pieces(self, image: Image.Image) -> Iterator[bytes]:
        """Commands for the whole slip; the last piece ends it."""
        for top in range(0, image.height, PIECE_ROWS):
            paper = Dummy()
            if top == 0:
                paper.hw("INIT")
            paper.image(image.crop((0, top, image.width, min(top + PIECE_ROWS, image.height))))
            if top + PIECE_ROWS >= image.height:
                self._end(paper)
            yield paper.output

    def _end(self, paper: Any) -> None:
        """Past the cutter or the edge to tear at."""
        if self._told["cut"]:
            paper.cut(mode="PART")
        else:
            paper.print_and_feed(6)

    def _confirmed(self, device: Any) -> tuple[str, str]:
        """Waits until the printer has printed everything, or tells why it won't."""
        self._patience(device, ANSWER_SECONDS)
        try:
            device._raw(TRANSMIT_PAPER)
            return self._waited(device, time.monotonic() + CONFIRM_SECONDS)
        except FAILURES:
            return "unsure", "gone"

    def _waited(self, device: Any, until: float) -> tuple[str, str]:
        while time.monotonic() < until:
            try:
                printed = _in_turn(_read(device))
            except Silent:
                state = self._state_meanwhile(device)
                printed = state == "printed"
                if not printed and state not in FINE:
                    return "unsure", state
            if printed:
                return "printed", self._state_after(device)
        return "printed", "ok"  # one that answers at once and never in turn: it has had time enough

    def _state_meanwhile(self, device: Any) -> str:
        """As `_state`; "printed" when the awaited answer comes instead."""
        try:
            return self._state(device)
        except Garbled as garbled:
            return "printed" if _in_turn(garbled.said) else "fault"
        except Silent:
            return "silent"

    def _state_after(self, device: Any) -> str:
        """Whatever comes now, the slip is out."""
        try:
            return self._state(device)
        except Garbled:
            return "fault"
        except Silent:
            return "silent"
        except FAILURES:
            return "gone"


def _in_turn(said: bytes) -> bool:
    return any(not each & NOT_IN_TURN for each in said)


def _real_time(device: Any, n: int) -> int:
    """The answer to DLE EOT n; what else it says meanwhile is no answer, and not waited through for ever."""
    device._raw(RT_STATUS + bytes([n]))
    until, strays = time.monotonic() + ANSWER_SECONDS, b""
    while len(strays) <= MOST_STRAY and time.monotonic() < until:
        try:
            said = _read(device)
        except Silent:
            break
        answers = [each for each in said if each & FIXED == REAL_TIME]
        if answers:
            return answers[-1]
        strays += said
    raise Garbled(strays) if strays else Silent


def _read(device: Any) -> bytes:
    """What the printer says; raises Silent when it says nothing, ConnectionError when it hung up."""
    try:
        answer = bytes(device._read())
    except TimeoutError as error:
        raise Silent from error
    except OSError as error:
        if type(error).__name__ == "USBTimeoutError":
            raise Silent from error
        raise
    if not answer:
        raise ConnectionResetError("the printer hung up")
    return answer
