"""Screens at several processes of one hall, in a process of their own: which event came when to all of them.

A line of JSON comes in for every wish, and one goes out as the answer:
join     opens boards at a process, under a name
seen     waits until all of them have heard an event; when the last of them had each event
"""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlsplit

from bench.receivers import AT_MOST, JOINING, PATIENCE, PING, PONG, Screen
from bench.wishes import Wishes

EVENT = re.compile(rb'\{"seq":(\d+),"at":')
TAIL = 40
"""Bytes in which the beginning of an event may be cut in two."""


class Board(Screen):
    """One socket; `had` holds when each event came, by its seq."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.had: dict[int, float] = {}
        self._end = b""

    def read(self) -> None:
        piece = self.socket.recv(AT_MOST)
        if not piece:
            raise ConnectionError("hung up")
        now = time.monotonic()
        for found in EVENT.finditer(self._end + piece):
            self.had.setdefault(int(found[1]), now)
        self._end = (self._end + piece)[-TAIL:]
        if PING in piece:
            self.say(PONG)


class Followers(Wishes):
    """All boards, and the wishes of whoever started this process."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[str, list[Board]] = {}

    def join(self, name: str, url: str, screens: int) -> dict[str, Any]:
        at, (path, words) = urlsplit(url), JOINING["hall"]
        for _ in range(screens):
            board = Board(str(at.hostname), int(at.port or 80))
            board.ask(path, at.netloc)
            board.join(words)
            self.watch(board)
            self._groups.setdefault(name, []).append(board)
            self.read(0)
        return {}

    def seen(self, name: str, seq: int) -> dict[str, Any]:
        group, until = self._groups[name], time.monotonic() + PATIENCE
        while not all(seq in board.had for board in group):
            self.read(0.1)
            if time.monotonic() > until:
                raise TimeoutError(f"{name}: {sum(seq in board.had for board in group)} of {len(group)}")
        common = set.intersection(*(set(board.had) for board in group))
        return {"last": {each: max(board.had[each] for board in group) for each in sorted(common)}}


if __name__ == "__main__":
    Followers().serve()
