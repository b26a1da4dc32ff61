"""A screen that waits its turn to join is asked once more who it is: much may have happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import request

from queueing.records import Press
from tests.doors.two_ways import World, cookie
from web.closing import GATE, Gate
from web.rates import owner_here
from web.sessions import end_sessions
from web.tokens import token_for

BY = Press("staff:admin", "administrator", clerk="admin", key="out")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "hall", True)
    yield made
    made.scene.store.close()


def joined(world: World, meanwhile: Callable[[], Any]) -> Any:
    """What a clerk's terminal hears that joins, while something else happens before its turn."""
    headers = {"Cookie": cookie("li")["HTTP_COOKIE"]}
    client = world.built.sockets.test_client(world.app, headers=headers)
    world.built.sockets.server.environ[client.eio_sid][GATE] = Gate(meanwhile)
    return client.emit("join", {"screen": "terminal", "window": "1"}, callback=True)


def test_a_clerk_joins_when_it_is_their_turn(world: World) -> None:
    assert joined(world, lambda: None)["ok"]
    assert world.built.push.present_staff() == {"li"}


def test_who_was_signed_out_while_waiting_hears_nothing(world: World) -> None:
    def sign_out() -> None:
        with world.app.test_request_context():
            end_sessions("li", by=BY)

    told = joined(world, sign_out)
    assert not told["ok"] and told["problem"]["code"] == "not_signed_in"
    assert world.built.push.screens == {}


def test_who_leaves_while_the_database_is_asked_is_neither_counted_nor_in_a_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.built.hall.issue(service="id-card", by=Press("device:kiosk", "kiosk"))
    key = world.built.store.look(lambda desk: desk.in_states(["waiting"])[0].key)
    with world.app.test_request_context():
        token = token_for(key)
    client = world.built.sockets.test_client(world.app)
    manager, present = world.built.sockets.server.manager, iter([True, True, False])
    monkeypatch.setattr(manager, "is_connected", lambda sid, namespace: next(present))
    world.built.sockets.server.environ[client.eio_sid][GATE] = Gate(lambda: None)
    told = client.emit("join", {"screen": "phone", "token": token}, callback=True)
    assert not told["ok"] and next(present, None) is None
    assert world.built.push.screens == {}
    world.built.push.crowd.enter("the next one", f"ticket {key}", most=1)


def test_whose_line_is_cut_while_they_are_let_in_isnt_counted_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody says of such a line that it is gone: the server doesn't call it connected yet."""
    server = world.built.sockets.server

    def cut_meanwhile() -> Any:
        server._handle_eio_disconnect(server.manager.eio_sid_from_sid(request.sid, "/"), "cut")
        return owner_here()

    monkeypatch.setattr("web.sockets.owner_here", cut_meanwhile)
    client = world.built.sockets.test_client(world.app)
    assert not client.is_connected()
    assert len(world.built.push.crowd) == 0 and not server.manager.rooms.get("/")
