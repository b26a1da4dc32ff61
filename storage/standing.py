"""What the writer of a hall knows of it without asking: who waits, who sits where, which numbers are out.

Read when it is first asked for, kept up by the writer's own changes, and good as long as nobody else has
written: each group of changes begins by comparing the hall's row with the end of the log that is known here.
A change that was refused takes with it whatever it touched; what is gone is read again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from queueing.book import Book, as_waiting
from queueing.records import Ticket, WindowState
from queueing.states import AT_WINDOW
from storage.db import Row

T = TypeVar("T")

MOST_PARTS = 64
"""Kept at once; the numbers of each day that was asked for are one."""


class Standing:
    """One hall as its writer has it in memory."""

    def __init__(self) -> None:
        self.end: Row = {}
        """Where the log ends: seq, head, last_at."""

        self._parts: dict[str, Any] = {}
        self._touched: set[str] = set()

    def begin(self, end: Row) -> None:
        """A group begins, and the hall's row says this."""
        if end != self.end:
            self.forget()
        self.end = end

    def forget(self) -> None:
        """Nothing is known any more."""
        self.end, self._parts, self._touched = {}, {}, set()

    def part(self, name: str, read: Callable[[], T]) -> T:
        """One part of it, read if it isn't known."""
        if name not in self._parts:
            if len(self._parts) >= MOST_PARTS:
                self._parts.clear()
            self._parts[name] = read()
        found: T = self._parts[name]
        return found

    def _drop(self, *names: str) -> None:
        for name in names:
            self._parts.pop(name, None)

    def kept(self, end: Row) -> None:
        """The change went well, and the log now ends here."""
        self.end = end
        self._touched.clear()

    def refused(self) -> None:
        """The change was taken back."""
        self._drop(*self._touched)
        self._touched.clear()

    def added(self, ticket: Ticket) -> None:
        self._enter(ticket)

    def moved(self, was: Ticket, now: Ticket) -> None:
        """Out of where it stood, into where it stands."""
        self._leave(was)
        self._enter(now)

    def seated(self, state: WindowState) -> None:
        """Another picture of the windows: what was worked out of one holds as long as it is the same."""
        windows = self._touch("windows")
        if windows is not None:
            self._parts["windows"] = windows | {state.window: state}

    def numbered(self, day: str, prefix: str, last: int) -> None:
        """The last number given out on that day."""
        issued = self._touch(f"numbers {day}")
        if issued is not None:
            issued[prefix] = last

    def switched(self) -> None:
        """Rules have gone on or off."""
        self._touch("effects")
        self._drop("effects")

    def _enter(self, ticket: Ticket) -> None:
        book, running = self._touch("book"), self._touch("running")
        if book is not None and ticket.state == "waiting":
            book.add(as_waiting(ticket))
        if running is not None and ticket.state in AT_WINDOW:
            running[ticket.window] = ticket.service

    def _leave(self, ticket: Ticket) -> None:
        book: Book | None = self._touch("book")
        running = self._touch("running")
        if book is not None and ticket.state == "waiting":
            book.remove(as_waiting(ticket))
        if running is not None and ticket.state in AT_WINDOW:
            running.pop(ticket.window, None)

    def _touch(self, name: str) -> Any:
        """The part, if it is known, to be changed now."""
        self._touched.add(name)
        return self._parts.get(name)
