"""A door that is shut in the very moment in which the hall opens ends nothing else."""

from __future__ import annotations

import socket
import time

import pytest

from web import limits


def test_only_a_door_that_nobody_shut_ends_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[object] = []
    monkeypatch.setattr(limits, "closed", ended.append)
    with socket.socket() as listening:
        door = limits.Door(listening, time.sleep, 1)
        door.left("a fault")
        door.shut()
        door.left("the server's leaving")
    assert ended == ["a fault"]
