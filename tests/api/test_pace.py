"""A socket that says too much is closed, and nobody else waits for it."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Opcode

from tests.api.test_engines import hall_file
from tests.api.wire import Wire, wire
from tests.running import RunningHall, running_hall
from web.pace import AT_ONCE, LONGEST_MESSAGE, unmasked

EVENT = '42["catch_up",{"since":0,"x":"%s"}]'
LONGEST = EVENT % ("x" * (LONGEST_MESSAGE - len(EVENT % "")))
MANY = 3000


def flood(socket: Wire, packets: Iterable[str]) -> None:
    """Says it all, or as much as is heard."""
    with suppress(ConnectionClosed):
        for packet in packets:
            socket.say(packet)


@pytest.mark.parametrize("engine", ["eventlet", "gevent", "threading"])
def test_a_flood_is_cut_off_and_holds_nobody_up(tmp_path: Path, engine: str) -> None:
    with (
        running_hall(tmp_path / "data", hall_file(tmp_path, engine)) as hall,
        wire(hall.somebody()) as socket,
    ):
        flooding = Thread(target=flood, args=(socket, [LONGEST] * MANY))
        flooding.start()
        for _ in range(20):
            before = time.monotonic()
            assert hall.somebody().get("/healthz") == {"status": "ok"}
            assert time.monotonic() - before < 1
        flooding.join()
        socket.rest()


@pytest.mark.parametrize("packet", [b"42[]", b"", "bNDI=", "", "x", "4", "4{}", "3probe", LONGEST + " "])
def test_what_is_no_packet_ends_the_connection(server: RunningHall, packet: str | bytes) -> None:
    with wire(server.somebody()) as socket:
        socket.say(packet)
        socket.rest()


def frame(opcode: int, data: bytes, last: bool = True) -> bytes:
    """One masked frame by hand."""
    mask = os.urandom(4)
    head = struct.pack("!BBH4s", opcode | (128 if last else 0), 128 | 126, len(data), mask)
    return head + unmasked(data, tuple(mask))


@pytest.mark.parametrize(
    "frames",
    [
        [frame(Opcode.TEXT, b"42[", last=False)],
        [frame(Opcode.TEXT, b"4", last=False), *[frame(Opcode.CONT, b"x" * 4000, last=False)] * 10],
        [frame(Opcode.TEXT, b"3")] * 2 * int(AT_ONCE),
        [struct.pack("!BB4s", 128 | Opcode.PING, 128, b"mask")] * 2 * int(AT_ONCE),
    ],
)
def test_pieces_and_pings_are_counted(server: RunningHall, frames: list[bytes]) -> None:
    with wire(server.somebody()) as socket:
        with suppress(OSError):
            for each in frames:
                socket.raw.sendall(each)
        socket.rest()


def test_a_lively_screen_is_no_flood(server: RunningHall) -> None:
    with wire(server.somebody()) as socket:
        assert socket.ask("join", {"screen": "board"})["ok"]
        for _ in range(int(AT_ONCE) // 2):
            assert socket.ask("catch_up", {"since": 0})["ok"]


@pytest.mark.parametrize("offset", range(5))
@pytest.mark.parametrize("size", [0, 1, 3, 4, 5, 4096])
def test_unmasking(size: int, offset: int) -> None:
    data, mask = os.urandom(size), (1, 0, 255, 77)
    expected = bytes(byte ^ mask[(offset + at) % 4] for at, byte in enumerate(data))
    assert unmasked(data, mask, length=size, offset=offset) == expected
