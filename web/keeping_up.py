"""Where several processes serve one hall: what was committed anywhere is pushed here in order, without holes.

The database alone says what happened. A commit of this process is pushed as it is when nothing lies between
it and the last event that was pushed here; else, and when another process has said how far the hall has come,
the events after that last one are read. Each beat looks as well, so nothing depends on what processes say.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from queueing.clock import Instant
from queueing.records import Event, Json
from queueing.store import Desk
from web.context import Built

AT_A_TIME = 500
GATHER_SECONDS = 0.015
"""So long after a push the next one begins at the earliest: what many processes commit is read together."""

Drawn = tuple[Sequence[Json], Mapping[str, str]]
Draw = Callable[[Desk, Sequence[Event]], Drawn]


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

    def parts(self, committed: Sequence[Event], draw: Draw) -> Iterator[tuple[Sequence[Event], Drawn]]:
        """The events to push now, in parts, as screens are told them."""
        fresh = [event for event in committed if event.seq > self.seq]
        if follows(self.seq, fresh):
            drawn = self._aside(lambda desk: draw(desk, fresh))
            self.seq = fresh[-1].seq
            yield fresh, drawn
            return
        while found := self._aside(lambda desk: self._read(desk, draw)):
            part, drawn = found
            self.seq = part[-1].seq
            self._built.hall.clock.reach(latest(part))
            yield part, drawn

    def _read(self, desk: Desk, draw: Draw) -> tuple[Sequence[Event], Drawn] | None:
        events = desk.events_after(self.seq, AT_A_TIME)
        return (events, draw(desk, events)) if events else None

    def _aside(self, work: Callable[[Desk], Any]) -> Any:
        """One look in a real thread: several questions to a database server, and one way there and back."""
        return self._built.in_thread(lambda: self._built.store.look(work))

def follows(seq: int, events: Sequence[Event]) -> bool:
    """Whether these are the very next ones."""
    return bool(events) and events[0].seq == seq + 1 and events[-1].seq == seq + len(events)


def latest(events: Sequence[Event]) -> Instant:
    return max(event.at for event in events)
