"""What is said of a call: its sentences, what remains of them, and the lines of the log about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from queueing.clock import Instant
from queueing.records import Json

Reason = Literal[
    "undone", "answered", "missed", "moved", "left", "called_again", "too_old", "backlog", "broken",
    "quiet", "no_voice", "remembered",
]  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """One call in one language, for the first time or once more."""

    call: str
    language: str
    turn: int

    @property
    def ref(self) -> str:
        """How announcers name it."""
        return f"{self.call} {self.language} {self.turn}"


@dataclass
class Call:
    """A call that is to be said; `left` is what remains to be said of it, in order."""

    id: str
    key: str
    at: Instant
    born: float
    ticket: str
    number: str
    window: str
    again: bool
    own: str | None = None
    """The holder's language, once it was asked for: kept under a backlog."""
    left: list[Sentence] = field(default_factory=list)
    log: list[Sentence] = field(default_factory=list)
    heard: bool = False
    tries: int = 0
    over: Reason | None = None
    """Why nobody waits for it any more."""


@dataclass(frozen=True)
class Line:
    """A line of the log: a sentence that was said, or why it wasn't."""

    call: Call
    sentence: Sentence
    reason: Reason | None = None
    machine: str = ""
    by: str = ""
    began: float | None = None
    ended: float | None = None


def key_of(ticket: Json) -> str:
    """One call of one ticket: a second call, or one after an undone one, has another key."""
    return f"{ticket['ticket']} {ticket['calls']} {ticket['called_at']}"


def sentence_of(ref: str) -> Sentence:
    """The sentence with that name, which may be none of the hall's."""
    call, language, turn = ref.split(" ")
    return Sentence(call, language, int(turn))
