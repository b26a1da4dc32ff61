"""The log of what was said aloud, and of what wasn't and why: numbers and windows, no persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from queueing.clock import Instant

Outcome = Literal["said", "broken", "skipped"]


@dataclass(frozen=True)
class Announced:
    """One sentence: said, broken off half-way, or skipped for a reason.

    `call` is the seq of the call's event. `began_at` and `ended_at` are the hall's time, `began_real` and
    `ended_real` the machine's, which a simulated clock leaves alone.
    """

    call: int
    called_at: Instant
    area: str
    number: str
    window: str
    again: bool
    language: str
    turn: int
    outcome: Outcome
    reason: str | None
    machine: str
    by: str
    began_at: Instant | None
    ended_at: Instant | None
    began_real: Instant | None
    ended_real: Instant | None
    logged_at: Instant

    @property
    def ref(self) -> str:
        """How announcers name the sentence."""
        return f"{self.call} {self.language} {self.turn}"


class AnnouncedDesk(Protocol):
    """What a storage does for this log."""

    def log_announcements(self, lines: Sequence[Announced]) -> None: ...
    def announcements(self, area: str | None, limit: int) -> list[Announced]:
        """The newest, oldest of them first."""
        ...
