"""A ticket printer that isn't there: a TCP server that speaks ESC/POS, keeps what it prints, breaks as told.

Understood: ESC @, ESC d, LF, GS v 0, GS ( L (functions 112 and 50), GS V, GS r 1, and DLE EOT 1 to 4, which
is answered at once. Anything else stops the test: a printer might print it as text.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image

LINE = 24
LATEST = 20.0


class HungUp(Exception):
    """One side closed the line."""


@dataclass
class Emulator:
    """`width` dots; the faults may be changed at any time."""

    width: int = 576
    paper: str = "full"
    cover_open: bool = False
    accepts: bool = True
    answers: bool = True
    confirms: bool = True
    unasked: bytes = b""
    """Said before every answer to DLE EOT, as late answers and notices are."""

    mute_after_cut: bool = False
    """Answers no DLE EOT any more once a slip is out, only GS r."""

    garbled: bytes = b""
    """Said instead of every answer to DLE EOT."""

    break_after: int | None = None
    """Bytes after which the line is cut, once."""

    runs_out_at: int | None = None
    """Rows after which the paper ends, once."""

    slips: list[Image.Image] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)
    """Rows of pieces that were never cut off."""

    faults: list[str] = field(default_factory=list)
    port: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)
    _rows: list[Image.Image] = field(default_factory=list)
    _stored: Image.Image | None = None

    def tell(self, **faults: object) -> None:
        """Changes how the printer is."""
        with self.changed:
            for name, value in faults.items():
                setattr(self, name, value)
            self.changed.notify_all()

    def wait_for(self, slips: int) -> list[Image.Image]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.slips) >= slips or bool(self.faults), LATEST)
        assert not self.faults, self.faults
        return self.slips

    # -- what is on the paper ---------------------------------------------------------------------

    def put(self, image: Image.Image) -> None:
        if image.width != self.width:
            self.faults.append(f"a picture of {image.width} dots on {self.width}")
        self._rows.append(image)
        if self.runs_out_at is not None and sum(each.height for each in self._rows) >= self.runs_out_at:
            self.runs_out_at, self.paper = None, "out"

    def cut(self) -> None:
        slip = Image.new("1", (self.width, sum(each.height for each in self._rows)), 1)
        top = 0
        for each in self._rows:
            slip.paste(each, (0, top))
            top += each.height
        with self.changed:
            self._rows.clear()
            self.slips.append(slip)
            self.changed.notify_all()

    def begin(self) -> None:
        """ESC @: what was printed before and not cut off is a torn piece."""
        if self._rows:
            self.torn.append(sum(each.height for each in self._rows))
        self._rows.clear()

    # -- how it is --------------------------------------------------------------------------------

    def real_time(self, n: int) -> int:
        stopped = self.paper == "out" or self.cover_open
        low, out = 0x0C * (self.paper != "full"), 0x60 * (self.paper == "out")
        cause = 0x04 * self.cover_open | 0x20 * (self.paper == "out")
        return 0x12 | {1: 0x08 * stopped, 2: cause, 3: 0, 4: low | out}[n]

    def in_turn(self) -> int:
        return {"full": 0x00, "low": 0x03, "out": 0x0C}[self.paper]


class Line:
    """One connection, read byte by byte as a printer does."""

    def __init__(self, printer: Emulator, wire: socket.socket) -> None:
        self._printer, self._wire, self._kept, self._read = printer, wire, b"", 0

    def work(self) -> None:
        while True:
            self._command(self._take(1)[0])

    def _take(self, count: int) -> bytes:
        while len(self._kept) < count:
            more = self._wire.recv(4096)
            if not more:
                raise HungUp
            self._read += len(more)
            self._kept += more
            if self._printer.break_after is not None and self._read > self._printer.break_after:
                self._printer.break_after = None
                raise HungUp
        taken, self._kept = self._kept[:count], self._kept[count:]
        return taken

    def _command(self, first: int) -> None:
        if first == 0x10:
            return self._answer_at_once()
        if first == 0x0A:
            return self._feed(1)
        command = {0x1B: self._escape, 0x1D: self._group}.get(first)
        if command is None:
            raise AssertionError(f"0x{first:02x} would be printed as text")
        return command(self._take(1))

    def _answer_at_once(self) -> None:
        assert self._take(1) == b"\x04"
        n = self._take(1)[0]
        if self._printer.answers and not (self._printer.mute_after_cut and self._printer.slips):
            answer = self._printer.unasked + bytes([self._printer.real_time(n)])
            self._wire.sendall(self._printer.garbled or answer)

    def _escape(self, which: bytes) -> None:
        if which == b"@":
            self._printer.begin()
        elif which == b"d":
            self._feed(self._take(1)[0])
        else:
            raise AssertionError(f"ESC {which!r}")

    def _group(self, which: bytes) -> None:
        if which == b"v":
            self._raster()
        elif which == b"(":
            self._graphics()
        elif which == b"V":
            self._cut()
        elif which == b"r":
            self._answer_in_turn()
        else:
            raise AssertionError(f"GS {which!r}")

    def _raster(self) -> None:
        assert self._take(2) == b"0\x00"
        across, rows = (int.from_bytes(self._take(2), "little") for _ in range(2))
        self._printer.put(picture(self._take(across * rows), across * 8, rows))

    def _graphics(self) -> None:
        assert self._take(1) == b"L"
        data = self._take(int.from_bytes(self._take(2), "little"))
        if data[:2] == b"0p":
            across, rows = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
            self._printer._stored = picture(data[10:], across, rows)
        elif data[:2] == b"02" and self._printer._stored:
            self._printer.put(self._printer._stored)

    def _cut(self) -> None:
        mode = self._take(1)[0]
        if mode in (65, 66):
            self._take(1)
        self._printer.cut()

    def _feed(self, lines: int) -> None:
        self._printer.put(Image.new("1", (self._printer.width, lines * LINE), 1))

    def _answer_in_turn(self) -> None:
        """A printer without paper prints nothing more and so never comes to this."""
        self._take(1)
        if not self._printer.confirms:
            raise HungUp
        if self._printer.answers and self._printer.paper != "out":
            self._wire.sendall(bytes([self._printer.in_turn()]))


def picture(raster: bytes, width: int, height: int) -> Image.Image:
    """A set bit is a black dot."""
    return Image.frombytes("1", (width, height), bytes(255 - each for each in raster))


def _serve(printer: Emulator, listening: socket.socket) -> None:
    while True:
        try:
            wire, _ = listening.accept()
        except OSError:
            return
        with wire:
            if printer.accepts:
                _serve_one(printer, wire)


def _serve_one(printer: Emulator, wire: socket.socket) -> None:
    try:
        Line(printer, wire).work()
    except (HungUp, OSError):
        pass
    except AssertionError as error:
        with printer.changed:
            printer.faults.append(str(error))
            printer.changed.notify_all()


@contextmanager
def emulated(width: int = 576, port: int = 0) -> Iterator[Emulator]:
    """A printer on this machine, on a port of its own or on the one it had before."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        printer = Emulator(width, port=listening.getsockname()[1])
        server = threading.Thread(target=_serve, args=(printer, listening), daemon=True)
        server.start()
        yield printer
        listening.shutdown(socket.SHUT_RDWR)
    server.join(5)
    assert not server.is_alive()
    assert not printer.faults, printer.faults
