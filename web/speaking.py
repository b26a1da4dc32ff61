"""Who speaks for an area: one machine at a time, and what that one and the hall say to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

LEASE_SECONDS = 4.0
"""Real time; a machine asks every second and stops by itself after 3 s without an answer."""

TAIL_SECONDS = 0.5
"""How much longer than its sound a sentence may take."""

Able = Literal["voice", "chime", "none"]
By = Literal["hall", "browser", "chime", "caption"]
RANK = {"none": 0, "chime": 1, "voice": 2}
Tongue = Literal["zh_Hans", "zh_Hant", "yue", "en"]

Ref = Annotated[str, Field(max_length=40, pattern=r"^[0-9]{1,16} [A-Za-z_]{2,10} [0-9]{1,2}$")]
"""A sentence: the event of its call, its language, for the how manieth time."""

Milliseconds = Annotated[float, Field(ge=0, le=1e13, allow_inf_nan=False)]


class Said(BaseModel):
    """What became of a sentence, by the machine's own watch; without an end it has just begun."""

    model_config = ConfigDict(extra="forbid")

    ref: Ref
    by: By
    began: Milliseconds
    ended: Milliseconds | None = None
    whole: bool = False
    seconds: float = Field(default=0.0, ge=0, le=60, allow_inf_nan=False)


class Speak(BaseModel):
    """A machine's sign of life: what it could say aloud, what it is saying, and what it has said."""

    model_config = ConfigDict(extra="forbid")

    machine: str = Field(min_length=1, max_length=40)
    able: Able
    watch: Milliseconds
    playing: Ref | None = None
    said: list[Said] = Field(default=[], max_length=10)
    remembers: list[Ref] = Field(default=[], max_length=40)


@dataclass(frozen=True)
class Speaker:
    """A machine that asks: by which socket, what it calls itself, and what the office calls it."""

    socket: str
    machine: str
    able: Able
    name: str
    kind: str

    @property
    def who(self) -> str:
        """A word that another device uses too makes it no other's machine."""
        return f"{self.name} {self.machine}"

    @property
    def rank(self) -> tuple[int, bool]:
        """A voice comes before a chime, a machine that is there for it before a board."""
        return RANK[self.able], self.kind == "announcer"


@dataclass
class Lease:
    """One area's right to speak."""

    holder: Speaker | None = None
    until: float = 0.0
    free_from: float = 0.0
    """Until then a sentence may be heard, and only the machine that says it may go on."""
    last: str = ""
    silent: dict[str, float] = field(default_factory=dict)
    """Machines that are there and give no sound, by socket, until when that holds."""
    replaced: set[str] = field(default_factory=set)
    """Sockets whose machine speaks by a newer one."""

    def ask(self, speaker: Speaker, now: float) -> bool:
        """Whether it may speak. It stays with its machine as long as that lives; better ones come first."""
        self._note_silent(speaker, now)
        if self._may_have_it(speaker, now):
            self._give(speaker, now + LEASE_SECONDS)
        elif self.is_with(speaker):
            self.holder = None
        return self.is_with(speaker)

    def _give(self, speaker: Speaker, until: float) -> None:
        """To one socket: an older one of the same machine has it no longer."""
        if self.holder and self.is_with(speaker) and self.holder.socket != speaker.socket:
            self.replaced.add(self.holder.socket)
        self.replaced.discard(speaker.socket)
        self.holder, self.until, self.last = speaker, until, speaker.who

    def _note_silent(self, speaker: Speaker, now: float) -> None:
        self.silent = {socket: until for socket, until in self.silent.items() if now < until}
        self.silent.pop(speaker.socket, None)
        if speaker.able == "none":
            self.silent[speaker.socket] = now + LEASE_SECONDS

    def _may_have_it(self, speaker: Speaker, now: float) -> bool:
        if speaker.able == "none":
            return False
        if self.is_with(speaker):
            return True
        if now < self.free_from and speaker.who != self.last:
            return False
        other = self.current(now)
        return other is None or (speaker.rank > other.rank and speaker.socket not in self.replaced)

    def is_with(self, speaker: Speaker) -> bool:
        if self.holder is None or speaker.socket in self.replaced:
            return False
        return self.holder.who == speaker.who

    def current(self, now: float) -> Speaker | None:
        """Who speaks."""
        return self.holder if now < self.until else None

    def leave(self, socket: str) -> bool:
        """Free at once, unless the machine is back by another socket; whether it was the speaker's."""
        self.silent.pop(socket, None)
        self.replaced.discard(socket)
        if self.holder is None or self.holder.socket != socket:
            return False
        self.holder = None
        return True
