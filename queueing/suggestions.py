"""What the twin suggested and a supervisor did, and what it came to: kept to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from queueing.clock import Instant
from queueing.errors import HallError

KEPT_DAYS = 366


@dataclass(frozen=True)
class Suggestion:
    """A change that was taken up; lengths are minutes.

    `before` and `after` are medians for the people of its services, `saving` with its band is for everybody
    who was still to be called. `was` is how long everybody waited from then on, `without` what the twin's
    replay of the day says it would have been; None: not worked out yet.
    """

    key: str
    day: str
    change: str
    kind: str
    window: str
    services: tuple[str, ...]
    before: float
    after: float
    saving: float
    low: float
    high: float
    at_minute: float
    taken_at: Instant
    taken_by: str
    was: float | None = None
    without: float | None = None
    judged_at: Instant | None = None

    @property
    def saved(self) -> float | None:
        """What it saved everybody on average, as far as a replay can tell."""
        return None if self.was is None or self.without is None else self.without - self.was


class SuggestionDesk(Protocol):
    """What a desk keeps of them."""

    def add_suggestion(self, suggestion: Suggestion) -> None: ...
    def suggestions(self, limit: int) -> list[Suggestion]:
        """Newest first."""
        ...

    def judge_suggestion(self, key: str, was: float | None, without: float | None, at: Instant) -> None: ...


class SuggestionGone(HallError):
    code = "suggestion_gone"
    status = 404
    sentence = "That suggestion isn't there any more; ask for a new one."
