"""What is kept of complaints and call-backs, and what they ask of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from queueing.clock import Instant
from queueing.store import Desk
from scoring.complaint_states import Channel, Kind, State, Verdict, Weight

Sort = Literal["words", "contact", "answer", "note"]
"""The citizen's words and contact, what the citizen is answered, what only the office reads."""


@dataclass(frozen=True)
class Complaint:
    """One complaint, letter of praise or suggestion, without a word of it.

    `due_at` is the limit of the present step, set when the step began at `step_at`; `missed` names the steps
    that were done too late, `hands` all who handled it. `window` and `clerk` are whom it concerns, as far as
    that is known.
    """

    id: str
    kind: Kind
    channel: Channel
    state: State
    about_day: str
    received_at: Instant
    step_at: Instant
    due_at: Instant | None = None
    weight: Weight = "ordinary"
    ticket: str | None = None
    window: str | None = None
    clerk: str | None = None
    taken_by: str = ""
    handler: str = ""
    hands: str = ""
    closed_at: Instant | None = None
    solved: str = ""
    satisfied: str = ""
    verdict: Verdict = ""
    item: str = ""
    decided_by: str = ""
    fact: str = ""
    set_aside: str = ""
    missed: str = ""


@dataclass(frozen=True)
class Words:
    """Free words about a complaint; purged by rule, the log holds no more than a salted commitment."""

    complaint: str
    place: int
    sort: Sort
    at: Instant
    author: str
    text: str
    salt: str


@dataclass(frozen=True)
class Draw:
    """One week's draw: who keeps the seed and the list can draw again and compare."""

    week: str
    seed: str
    drawn_at: Instant
    population: int
    keys_hash: str
    per_week: int


@dataclass(frozen=True)
class Callback:
    """One drawn visit and what its call-back brought; `replaces` is the place of one who wasn't reached."""

    week: str
    place: int
    ticket: str
    window: str | None
    clerk: str | None
    state: str = "drawn"
    replaces: int = 0
    drawn_at: Instant = ""
    tries: int = 0
    caller: str = ""
    called_at: Instant | None = None
    attitude: str = ""
    efficiency: str = ""
    discipline: str = ""
    verdict: Verdict = ""
    decided_by: str = ""
    fact: str = ""


@dataclass(frozen=True)
class CallbackRow:
    """A call-back with what is known of its visit."""

    callback: Callback
    number: str
    service: str
    day: str
    finished_at: Instant
    suggestion: str = ""
    contact: str = ""


class ComplaintStore(Desk, Protocol):
    """A desk that keeps complaints and call-backs too."""

    def add_complaint(self, complaint: Complaint) -> None: ...
    def replace_complaint(self, complaint: Complaint) -> None: ...
    def complaint(self, key: str) -> Complaint:
        """Raises UnknownComplaint."""
        ...

    def has_complaint(self, key: str) -> bool: ...
    def complaints(self, *, closed: bool, limit: int) -> list[Complaint]:
        """Open ones by their next limit, closed ones newest first."""
        ...

    def complaints_of(self, ticket: str) -> list[Complaint]: ...
    def complaints_since(self, channel: str, at: Instant) -> int: ...
    def add_words(self, words: Words) -> None: ...
    def words_of(self, complaint: str) -> list[Words]: ...

    def add_draw(self, draw: Draw) -> None: ...
    def draw(self, week: str) -> Draw | None: ...
    def draws(self, limit: int) -> list[Draw]:
        """The newest week first."""
        ...

    def finished_keys(self, first_day: str, last_day: str) -> list[str]:
        """Tickets of the visits that were served to their end, in the order of their keys."""
        ...

    def put_callback(self, callback: Callback) -> None:
        """New, or in the place of the one before."""
        ...

    def callbacks(self, week: str) -> list[CallbackRow]: ...
    def callbacks_between(self, first: Instant, last: Instant) -> list[CallbackRow]:
        """By when they were drawn."""
        ...

    def add_callback_words(self, week: str, place: int, at: Instant, text: str, salt: str) -> None: ...
