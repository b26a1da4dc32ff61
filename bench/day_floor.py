"""The player's view of the hall floor, fed by pushes alone: who waits where, and whom that wakes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection

from bench.day_door import Json

Watch = Callable[[Json], None]


def line_of(ticket: Json) -> str:
    """The line a waiting ticket stands in: its service's, or a window's own."""
    direct = ticket.get("direct_window")
    return f"window {direct}" if direct else str(ticket["service"])


class Floor:
    """Waiting tickets by line, kept by events."""

    def __init__(self) -> None:
        self._lines: dict[str, set[str]] = defaultdict(set)
        self._line: dict[str, str] = {}
        self._listeners: dict[str, list[asyncio.Event]] = defaultdict(list)
        self._watches: dict[str, Watch] = {}
        self.open_windows: set[str] = set()
        self.at_window: dict[str, tuple[str, str]] = {}

    def start(self, snapshot: Json) -> None:
        """What the hall looked like when the player came."""
        for ticket in snapshot["waiting"]:
            self._stand(ticket)
        for window in snapshot["windows"]:
            self._note_window(window)

    def take(self, event: Json) -> None:
        """Follows one event."""
        if event.get("window"):
            self._note_window(event["window"])
        ticket = event.get("ticket")
        if ticket and "state" in ticket:
            self._note_ticket(ticket)

    def waiting(self, lines: Collection[str]) -> int:
        """How many wait in these lines."""
        return sum(len(self._lines[line]) for line in lines)

    def everybody_waiting(self) -> int:
        return len(self._line)

    def listen(self, lines: Collection[str]) -> asyncio.Event:
        """An event that is set whenever somebody comes to stand in one of the lines."""
        bell = asyncio.Event()
        for line in lines:
            self._listeners[line].append(bell)
        return bell

    def watch(self, ticket: str, watch: Watch) -> None:
        """Calls back with every change of one ticket."""
        self._watches[ticket] = watch

    def _note_window(self, view: Json) -> None:
        window = view["window"]
        (self.open_windows.add if view["state"] == "open" else self.open_windows.discard)(window)
        if view["ticket"]:
            self.at_window[window] = (view["ticket"], view["ticket_state"])
        else:
            self.at_window.pop(window, None)

    def _note_ticket(self, ticket: Json) -> None:
        old = self._line.pop(ticket["ticket"], None)
        if old is not None:
            self._lines[old].discard(ticket["ticket"])
        if ticket["state"] == "waiting":
            self._stand(ticket)
        if watch := self._watches.get(ticket["ticket"]):
            watch(ticket)

    def _stand(self, ticket: Json) -> None:
        line = line_of(ticket)
        self._line[ticket["ticket"]] = line
        self._lines[line].add(ticket["ticket"])
        for bell in self._listeners[line]:
            bell.set()
