"""A session that ends by the clock ends on its open sockets, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import running
from tests.running import running_hall, wait_until
from tests.warm import Server, served

EARLY = "2026-10-12T00:30"
MIDNIGHT = "2026-10-12T16:00"
"""The hall's, in UTC: then everybody's sessions end anyway."""

SPEED = 5_400
"""An hour and a half of the hall a second: fourteen hours, the longest session, end long before the day."""


def hurried(data: Path | None, hall: Path, clock: str | None) -> Server:
    return served(hall, ["--port", "0", "--data", str(data), "--clock", str(clock), "--speed", str(SPEED)])


def test_an_open_socket_ends_with_its_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "start", hurried)
    with running_hall(tmp_path / "data", clock=EARLY) as hall:
        office = hall.screen(hall.administrator(), screen="office")
        board = hall.screen(screen="board")
        wait_until(lambda: not office.client.connected, "the end of the session")
        last = office.told["beat"][-1]["now"]
        assert board.client.connected
    assert last < MIDNIGHT
