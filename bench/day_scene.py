"""What citizens, clerks and raters share while a day is played."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from bench.day_clock import PlayedClock
from bench.day_door import Door, Json, Person
from bench.day_floor import Floor
from bench.day_plan import Visitor
from bench.day_tally import Tally
from queueing.house import House


@dataclass
class Visit:
    """A visitor who has a ticket, and what has become of them."""

    visitor: Visitor
    ticket: str
    link: str
    comes: bool
    state: str = "waiting"
    was_called: bool = False
    was_sent_on: bool = False
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, ticket: Json) -> None:
        """Follows what the hall says about the ticket."""
        self.state = ticket["state"]
        self.was_called = self.was_called or self.state == "called"
        self.moved.set()


@dataclass
class Scene:
    """The hall, its time, who is in it, and the account of the day."""

    house: House
    clock: PlayedClock
    floor: Floor
    door: Door
    tally: Tally
    seed: int
    ends: datetime | None = None
    pace: float = 1.0
    visits: dict[str, Visit] = field(default_factory=dict)
    kiosks: list[Person] = field(default_factory=list)
    pads: dict[str, Person] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    last_seq: int = 0
    _errands: set[asyncio.Task[None]] = field(default_factory=set)

    @cached_property
    def real_names(self) -> set[str]:
        """The services that ask for a document."""
        asked = self.house.identity.asked
        return {service.id for service in self.house.services if asked and service.real_name}

    def is_over(self) -> bool:
        """Whether the player has been told to stop by now."""
        return self.ends is not None and self.clock.now() >= self.ends

    async def work(self, seconds: float) -> None:
        """Goes on for so many seconds of the hall's time, or until the player is told to stop."""
        if self.ends is not None:
            seconds = min(seconds, (self.ends - self.clock.now()).total_seconds())
        await self.clock.sleep(seconds)

    def begin(self, errand: Coroutine[Any, Any, None]) -> None:
        """Lets something go on beside; what goes wrong in it is an error of the day."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.tally.error(f"the player itself: {error!r}")

    async def finish_errands(self, seconds: float) -> None:
        """Waits for what still goes on, at most so many real seconds, and stops the rest."""
        if self._errands:
            _, late = await asyncio.wait(self._errands, timeout=seconds)
            for task in late:
                task.cancel()

    def seen(self, answer: Json) -> None:
        """Notes how far the hall's events have come."""
        self.last_seq = max(self.last_seq, int(answer.get("seq") or 0))
