"""A connection that is over leaves nothing behind that only the garbage collector would find."""

from __future__ import annotations

import gc
import socket
import weakref
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from flask import Request, request
from werkzeug.test import EnvironBuilder

from web.asked import AskedOfFlask, asked
from web.frames import Outlet
from web.lean import LeanFlask
from web.pace import Paced


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


class Websocket:
    """One whose frames can be counted."""

    def _recv_frame(self, message: object = None) -> str:
        return "frame"


def test_a_websocket_and_its_pace_let_go_of_each_other() -> None:
    websocket = Websocket()
    paced = Paced(websocket, lambda seconds: None, lambda: None)
    known = weakref.ref(paced)
    paced.give_back()
    del paced
    assert known() is None and websocket._recv_frame() == "frame"


def test_an_outlet_that_is_over_asks_nobody_to_catch_up() -> None:
    here, there = socket.socketpair()
    with here, there:
        asked_for: list[int] = []
        outlet = Outlet(here, here.send, lambda: asked_for.append(1), nullcontext())
        outlet.forget()
        outlet.put(bytes(2**22))  # more than the system takes
        assert outlet.bytes_behind and asked_for == []


def test_words_over_a_socket_look_for_no_route_and_all_else_does() -> None:
    app = LeanFlask("words")
    for path, looked_for in (("/socket.io/", False), ("/nowhere", True)):
        with app.request_context(EnvironBuilder(path).get_environ()):
            assert (request.routing_exception is not None) == looked_for


def test_a_request_goes_with_its_context() -> None:
    app = LeanFlask("words")
    with app.request_context(EnvironBuilder("/socket.io/").get_environ()):
        assert isinstance(asked(), AskedOfFlask)
        known: weakref.ref[Request] = weakref.ref(request._get_current_object())  # type: ignore[attr-defined]
    assert known() is None
