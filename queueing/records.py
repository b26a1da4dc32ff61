"""What the hall keeps: tickets, what stands at a window, presses and the events they leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeVar

from queueing.clock import Instant
from queueing.states import Outcome, State

WindowStateName = Literal["closed", "open", "paused"]
Json = dict[str, Any]


@dataclass(frozen=True)
class Ticket:
    """One visit's number. `key` is its opaque name outside; `tie` orders equal `line_at` in one line.

    `window` is where it is or was last; `direct_window` puts it in that window's own line.
    Nobody is called by the turn rule before `not_before`: the holder is away (`queueing.postponing`).
    `confirmed`: somebody saw that its class is due. `told_low` and `told_high` are the range in minutes that
    was told with the number, as long as the ticket stays with its service.
    `origin` says who issued it. `seq` is the event that moved it last.
    """

    key: str
    day: str
    number: str
    service: str
    ticket_class: str
    state: State
    joined_at: Instant
    line_at: Instant
    tie: int
    language: str = "zh_Hans"
    origin: str = ""
    window: str | None = None
    direct_window: str | None = None
    clerk: str | None = None
    outcome: Outcome | None = None
    called_at: Instant | None = None
    started_at: Instant | None = None
    held_at: Instant | None = None
    finished_at: Instant | None = None
    calls: int = 0
    reinstated: int = 0
    held_seconds: float = 0.0
    seq: int = 0
    postponed: int = 0
    not_before: Instant | None = None
    confirmed: bool = False
    told_low: int | None = None
    told_high: int | None = None


class Waiting(NamedTuple):
    """A waiting ticket as the line sees it: no more than the turn rule and the estimate need."""

    key: str
    service: str
    ticket_class: str
    line_at: Instant
    tie: int
    direct_window: str | None
    not_before: Instant | None = None


class UnderWay(NamedTuple):
    """A ticket that a window has called and isn't done with."""

    window: str
    clerk: str | None
    service: str
    ticket_class: str
    called_at: Instant
    started_at: Instant | None
    held_seconds: float


class PastVisit(NamedTuple):
    """A visit that is over, as an estimate learns from it."""

    key: str
    service: str
    ticket_class: str
    state: State
    joined_at: Instant
    line_at: Instant
    called_at: Instant | None
    window: str | None
    started_at: Instant | None
    finished_at: Instant | None
    outcome: Outcome | None
    clerk: str | None
    held_seconds: float
    reinstated: int
    postponed: int
    seq: int


@dataclass(frozen=True)
class WindowState:
    """Who sits at a window and which sign stands there."""

    window: str
    state: WindowStateName = "closed"
    clerk: str | None = None
    pause_reason: str | None = None
    sign: str | None = None
    sign_window: str | None = None
    since: Instant | None = None


@dataclass(frozen=True)
class Block:
    """Consecutive numbers of one day that a kiosk keeps for the time when it can't reach the hall.

    `key` is known to that kiosk alone: who has it may enter the block's numbers.
    """

    key: str
    day: str
    prefix: str
    first: int
    last: int
    holder: str
    reserved_at: Instant


@dataclass(frozen=True)
class Press:
    """Who asks for a change, from where, and under which Idempotency-Key (None: the hall itself).

    `source` is the network address of staff and of devices; citizens have none.
    """

    actor: str
    role: str = "hall"
    key: str | None = None
    route: str = ""
    body: str = ""
    clerk: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Event:
    """One change as logged: `before` and `after` hold only what changed, `shown` what screens see.

    An event without ticket and window is a note for the audit trail: who signed in, who looked.
    """

    seq: int
    at: Instant
    action: str
    press: str
    actor: str
    ticket: str | None
    window: str | None
    before: Json
    after: Json
    shown: Json = field(default_factory=dict)
    prev_hash: str = ""
    hash: str = ""
    source: str = ""


Record = TypeVar("Record")


def with_fields(record: Record, **fields: Any) -> Record:
    """The same record but for these fields: what `dataclasses.replace` makes, ten times as quickly.

    Only for records that work nothing out when they are made.
    """
    made = object.__new__(type(record))
    made.__dict__.update(record.__dict__)
    made.__dict__.update(fields)
    return made


def changes(old: Any, new: Any) -> tuple[Json, Json]:
    """The fields in which two records of one kind differ, before and after."""
    was, now = vars(old), vars(new)
    keys = [key for key in now if was[key] != now[key]]
    return {key: was[key] for key in keys}, {key: now[key] for key in keys}
