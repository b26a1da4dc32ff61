"""Where several processes serve one hall: what was committed anywhere is pushed here in order, without holes.

The database alone says what happened. A commit of this process is pushed as it is when nothing lies between
it and the last event that was pushed here; else, and when another process has said how far the hall has come,
the events after that last one are read. Each beat looks as well, so nothing depends on what processes say.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from queueing.clock import Instant
from queueing.records import Event
from web.context import Built

AT_A_TIME = 500
GATHER_SECONDS = 0.015
"""So long after a push the next one begins at the earliest: what many processes commit is read together."""


class KeepingUp:
    """How far this process's screens have been told."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self.seq = 0
        self._pushed = 0.0

    def start(self) -> None:
        """What lies before is in the pictures that screens are given when they join."""
        self.seq = self._built.store.look(lambda desk: desk.seq())

    def gather(self) -> None:
        """A single event is pushed at once; of a stream a few together."""
        left = self._pushed + GATHER_SECONDS - time.monotonic()
        if left > 0:
            self._built.sockets.sleep(left)
        self._pushed = time.monotonic()

    def parts(self, committed: Sequence[Event]) -> Iterator[Sequence[Event]]:
        """The events to push now, in parts."""
        fresh = [event for event in committed if event.seq > self.seq]
        if follows(self.seq, fresh):
            self.seq = fresh[-1].seq
            yield fresh
            return
        while part := self._read():
            self.seq = part[-1].seq
            self._built.hall.clock.reach(latest(part))
            yield part

    def _read(self) -> Sequence[Event]:
        """In a real thread: a database server is asked."""
        store = self._built.store
        found: Sequence[Event] = self._built.in_thread(
            lambda: store.look(lambda desk: desk.events_after(self.seq, AT_A_TIME))
        )
        return found


def follows(seq: int, events: Sequence[Event]) -> bool:
    """Whether these are the very next ones."""
    return bool(events) and events[0].seq == seq + 1 and events[-1].seq == seq + len(events)


def latest(events: Sequence[Event]) -> Instant:
    return max(event.at for event in events)
