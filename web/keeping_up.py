"""Where several processes serve one hall: what was committed anywhere is pushed here in order, without holes.

The database alone says what happened. Commits of this process, and those that others have told, wait here
until they are the very next ones: by their numbers, and by the hash of the event before. What is missing is
waited for a moment, and then everything after the last event that was pushed here is read. Each beat looks as
well, so nothing depends on what processes say.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from queueing.clock import Instant
from queueing.records import Event
from web.context import Built
from web.shared_events import News

AT_A_TIME = 500
GATHER_SECONDS = 0.02
"""So long after a push the next one begins at the earliest: what many processes commit is pushed together."""

PATIENCE_SECONDS = 0.05
"""So long what another process has committed may take to be told here."""

MOST_WAITING = 1000
"""Events that wait for one before them; more are let go, and read."""


class KeepingUp:
    """How far this process's screens have been told, and what waits to be."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self.seq = self._known = 0
        self._head = ""
        self._waiting: dict[int, Event] = {}
        self._own: set[int] = set()
        self._missed: float | None = None
        """Since when something is missing."""

        self._pushed = 0.0

    def start(self, last: Event | None) -> None:
        """What lies before is in the pictures that screens are given when they join."""
        if last is not None:
            self._reach(last)

    def gather(self) -> None:
        """A single event is pushed at once; of a stream a few together."""
        left = self._pushed + GATHER_SECONDS - time.monotonic()
        if left > 0:
            self._built.sockets.sleep(left)
        self._pushed = time.monotonic()

    def take(self, news: News) -> None:
        """Was committed; that it was pushed already, or comes twice, does no harm."""
        self._known = max(self._known, news.seq)
        fresh = {event.seq: event for event in news.events if event.seq > self.seq}
        self._waiting |= fresh
        self._own |= fresh.keys() if news.own else set()
        if len(self._waiting) > MOST_WAITING:
            self._waiting.clear()

    def patience(self) -> float | None:
        """For how many seconds what is missing is still waited for; None: nothing is."""
        if self._known <= self.seq:
            return None
        if self._missed is None:
            self._missed = time.monotonic()
        wait = 0.0 if self._built.bus.away else PATIENCE_SECONDS
        return max(0.0, self._missed + wait - time.monotonic())

    def parts(self) -> Iterator[Sequence[Event]]:
        """The events to push now, in parts."""
        while True:
            if next_ones := self._next_ones():
                yield next_ones
            if self.patience() != 0 or not (part := self._read()):
                return
            self._built.hall.clock.reach(latest(part))
            yield part

    def _next_ones(self) -> list[Event]:
        found = []
        while (event := self._waiting.get(self.seq + 1)) and event.prev_hash == self._head:
            found.append(event)
            self._reach(event)
        if any(event.seq not in self._own for event in found):
            self._built.hall.clock.reach(latest(found))
        self._let_go()
        return found

    def _read(self) -> Sequence[Event]:
        """In a real thread: a database server is asked. When it has no more, nothing is missing."""
        store = self._built.store
        try:
            found: Sequence[Event] = self._built.in_thread(
                lambda: store.look(lambda desk: desk.events_after(self.seq, AT_A_TIME))
            )
        except Exception:
            self._known = self.seq  # the next beat says again how far the hall has come
            raise
        for event in found:
            self._reach(event)
        if not found:
            self._known = self.seq
        self._let_go()
        return found

    def _reach(self, event: Event) -> None:
        self.seq, self._head, self._missed = event.seq, event.hash, None
        self._known = max(self._known, self.seq)

    def _let_go(self) -> None:
        """What has been pushed waits no more."""
        for seq in [seq for seq in self._waiting if seq <= self.seq]:
            del self._waiting[seq]

    def is_own(self, event: Event) -> bool:
        """Whether this process has committed it; asked once, when it was pushed."""
        own = event.seq in self._own
        self._own.discard(event.seq)
        return own


def latest(events: Sequence[Event]) -> Instant:
    return max(event.at for event in events)
