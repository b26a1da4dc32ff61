"""Where several processes serve one hall: what was committed anywhere is pushed here in order, without holes.

The database alone says what happened. A commit of this process is pushed as it is when nothing lies between
it and the last event that was pushed here; else, and when another process has said how far the hall has come,
the events after that last one are read. Each beat looks as well, so nothing depends on what processes say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from queueing.clock import Instant
from queueing.records import Event
from web.context import Built

AT_A_TIME = 500


class KeepingUp:
    """How far this process's screens have been told."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self.seq = 0

    def start(self) -> None:
        """What lies before is in the pictures that screens are given when they join."""
        self.seq = self._built.store.look(lambda desk: desk.seq())

    def parts(self, committed: Sequence[Event]) -> Iterator[tuple[Sequence[Event], frozenset[int]]]:
        """The events to push now, in parts, each with the numbers of this process's own commits."""
        own = frozenset(event.seq for event in committed)
        fresh = [event for event in committed if event.seq > self.seq]
        if follows(self.seq, fresh):
            yield from self._handed_on(fresh, own)
            return
        while part := self._built.store.look(lambda desk: desk.events_after(self.seq, AT_A_TIME)):
            self._built.hall.clock.reach(latest(part))
            yield from self._handed_on(part, own)

    def _handed_on(
        self, part: Sequence[Event], own: frozenset[int]
    ) -> Iterator[tuple[Sequence[Event], frozenset[int]]]:
        """Taken as told before it is: what fails once would fail again for ever."""
        self.seq = part[-1].seq
        yield part, own


def follows(seq: int, events: Sequence[Event]) -> bool:
    """Whether these are the very next ones."""
    return bool(events) and events[0].seq == seq + 1 and events[-1].seq == seq + len(events)


def latest(events: Sequence[Event]) -> Instant:
    return max(event.at for event in events)
