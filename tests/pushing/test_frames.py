"""One outlet by itself, between two ends of a line: whole frames, in order, and an end that is an end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from web.frames import CLOSE, MOST_BEHIND, SEND_BUFFER, Outlet, framed

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    here, there = socket.socketpair()
    yield here, there
    here.close(), there.close()


def outlet_of(here: socket.socket) -> tuple[Outlet, list[str]]:
    said: list[str] = []
    return Outlet(here, here.send, lambda: said.append("behind"), nullcontext()), said


@pytest.mark.parametrize("size", [0, 125, 126, 127, 65535, 65536, 70000])
def test_frames_of_every_length_are_read_as_they_were_meant(size: int) -> None:
    reader = StreamReader()
    data = b"x" * size
    for message, opcode in ((data.decode(), Opcode.TEXT), (data, Opcode.BINARY)):
        reader.feed_data(framed(message))
        parsing = Frame.parse(reader.read_exact, mask=False)
        with pytest.raises(StopIteration) as parsed:
            next(parsing)
        frame = parsed.value.value
        assert (frame.data, frame.opcode, frame.fin) == (data, opcode, True)


def test_after_the_closing_frame_nothing_follows(ends: Ends) -> None:
    here, there = ends
    outlet, _ = outlet_of(here)
    for frame in (framed("one"), bytes((CLOSE, 0)), framed("two")):
        outlet.put(frame)
    assert there.recv(100) == framed("one") + bytes((CLOSE, 0))


def fill(outlet: Outlet, frame: bytes) -> int:
    """Puts frames until the system takes no more; how many were put."""
    count = 0
    while not outlet.bytes_behind:
        outlet.put(frame)
        count += 1
    return count


def test_what_the_system_doesnt_take_waits_and_follows_whole(ends: Ends) -> None:
    here, there = ends
    outlet, said = outlet_of(here)
    frame = framed("z" * 5000)
    count = fill(outlet, frame) + 3
    for _ in range(3):
        outlet.put(frame)
    assert said == ["behind"]
    assert 3 * len(frame) < outlet.bytes_behind <= 4 * len(frame)
    assert here.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == 2 * SEND_BUFFER
    here.setblocking(False)
    heard = b""
    while outlet.bytes_behind:
        heard += there.recv(100_000)
        try:
            outlet.catch_up()
        except BlockingIOError:
            continue
    there.setblocking(False)
    while len(heard) < count * len(frame):
        heard += there.recv(1_000_000)
    assert heard == frame * count
    outlet.put(framed("directly again"))
    assert there.recv(100) == framed("directly again")


def test_who_is_let_go_keeps_nothing_waiting(ends: Ends) -> None:
    here, _ = ends
    outlet, _ = outlet_of(here)
    fill(outlet, framed("z" * 5000))
    outlet.let_go()
    assert outlet.bytes_behind == 0 and not outlet.was_too_slow
    outlet.catch_up()
    outlet.put(framed("more"))
    assert outlet.bytes_behind == 0


def test_who_is_too_far_behind_is_cut(ends: Ends) -> None:
    here, there = ends
    outlet, _ = outlet_of(here)
    frame = framed("z" * 50_000)
    fill(outlet, frame)
    while not outlet.was_too_slow:
        assert outlet.bytes_behind <= MOST_BEHIND + len(frame)
        outlet.put(frame)
    assert outlet.bytes_behind == 0
    there.settimeout(10)
    while there.recv(1_000_000):
        pass


def test_a_client_that_has_gone_costs_nobody_anything(ends: Ends) -> None:
    here, there = ends
    outlet, said = outlet_of(here)
    there.close()
    for _ in range(3):
        outlet.put(framed("x"))
    assert (outlet.bytes_behind, said) == (0, [])
