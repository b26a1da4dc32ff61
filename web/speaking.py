"""Who speaks for an area: one of its announcers at a time; the next one learns what was said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from queueing.records import Json

LEASE_SECONDS = 4.0
"""Real time; a machine asks every second and stops by itself after 3 s without an answer."""

KEPT = 200
"""Calls of an area that are remembered as said."""

Able = Literal["voice", "chime", "none"]
RANK = {"none": 0, "chime": 1, "voice": 2}

Call = Annotated[str, Field(max_length=120, pattern=r"^[A-Za-z0-9_-]+ [0-9]+ [A-Za-z0-9:.+-]+$")]


class Speak(BaseModel):
    """An announcer's sign of life: what it could say aloud, and what it has said since the last one."""

    model_config = ConfigDict(extra="forbid")

    machine: str = Field(min_length=1, max_length=40)
    able: Able
    said: list[Call] = Field(max_length=20)


@dataclass
class Loudspeaker:
    """One area's lease."""

    machine: str = ""
    socket: str = ""
    able: Able = "none"
    until: float = 0.0
    said: dict[str, None] = field(default_factory=dict)
    unread: dict[str, list[str]] = field(default_factory=dict)
    """What each socket hasn't been told yet."""

    def ask(self, socket: str, wish: Speak, now: float) -> Json:
        self._remember(socket, wish.said)
        if self._may_have_it(wish, now):
            self.machine, self.socket, self.able = wish.machine, socket, wish.able
            self.until = now + LEASE_SECONDS
        elif self.machine == wish.machine:
            self.release()
        speaks, taken = self.machine == wish.machine, now < self.until
        return {"speaks": speaks, "elsewhere": taken and not speaks, "said": self._news_for(socket)}

    def _may_have_it(self, wish: Speak, now: float) -> bool:
        """It stays with its machine as long as that lives; a chime gives way to a voice, silence to both."""
        if wish.able == "none":
            return False
        return self.machine == wish.machine or now >= self.until or RANK[wish.able] > RANK[self.able]

    def _remember(self, socket: str, said: Iterable[str]) -> None:
        self.unread.setdefault(socket, list(self.said))
        for call in said:
            self.said.pop(call, None)
            self.said[call] = None
            for other in self.unread.keys() - {socket}:
                self.unread[other] = [*self.unread[other], call][-KEPT:]
        for call in list(self.said)[:-KEPT]:
            del self.said[call]

    def _news_for(self, socket: str) -> list[str]:
        news, self.unread[socket] = self.unread[socket], []
        return news

    def release(self) -> None:
        self.machine, self.socket, self.able, self.until = "", "", "none", 0.0

    def leave(self, socket: str) -> None:
        """Free at once, unless the machine is back by another socket already."""
        self.unread.pop(socket, None)
        if socket == self.socket:
            self.release()


class Loudspeakers:
    """Those of the whole hall; forgotten when the server ends, remembered by the machines themselves."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._areas: dict[str, Loudspeaker] = {}

    def ask(self, area: str, socket: str, wish: Speak) -> Json:
        """Whether the machine is the one that speaks there, and what others have said."""
        return self._areas.setdefault(area, Loudspeaker()).ask(socket, wish, self._clock())

    def leave(self, socket: str) -> None:
        for loudspeaker in self._areas.values():
            loudspeaker.leave(socket)
