"""What becomes of a negative rating (差评): its states, by one table, and how it stands by its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from queueing.clock import Instant
from scoring.province import Province
from scoring.remedy_errors import NotNow
from scoring.working_days import IsWorkingDay, last_day, working_days_left

State = Literal["open", "contacted", "upheld", "unfounded", "put_right", "closed", "appealed", "set_aside"]
Action = Literal[
    "attempt", "contact", "hear", "uphold", "refute", "put_right", "close", "appeal", "dismiss", "set_aside"
]
Way = Literal["phone", "in_person", "message", "nobody"]
"""How the citizen was reached; `nobody`: there was no way to."""
Why = Literal["mistaken", "malicious"]

STATES: tuple[State, ...] = get_args(State)
ACTIONS: tuple[Action, ...] = get_args(Action)
WAYS: tuple[Way, ...] = get_args(Way)
WHYS: tuple[Why, ...] = get_args(Why)

AS_BEFORE: Literal["as_before"] = "as_before"
"""A dismissed appeal leads back to where the case stood when the clerk appealed."""

NEXT_STATE: dict[tuple[State, Action], State | Literal["as_before"]] = {
    ("open", "attempt"): "open",
    ("open", "contact"): "contacted",
    ("open", "hear"): "open",
    ("contacted", "hear"): "contacted",
    ("contacted", "uphold"): "upheld",
    ("contacted", "refute"): "unfounded",
    ("upheld", "put_right"): "put_right",
    ("unfounded", "close"): "closed",
    ("unfounded", "set_aside"): "set_aside",
    ("put_right", "close"): "closed",
    ("open", "appeal"): "appealed",
    ("contacted", "appeal"): "appealed",
    ("upheld", "appeal"): "appealed",
    ("unfounded", "appeal"): "appealed",
    ("put_right", "appeal"): "appealed",
    ("closed", "appeal"): "appealed",
    ("appealed", "dismiss"): AS_BEFORE,
    ("appealed", "set_aside"): "set_aside",
}
"""upheld: found true; unfounded: found untrue."""

OVER: frozenset[State] = frozenset({"closed", "set_aside"})
BY_HAND: frozenset[Action] = frozenset(ACTIONS) - {"appeal"}
"""Steps of supervisors; an appeal is the clerk's."""
DECISIONS: frozenset[Action] = frozenset({"dismiss", "set_aside"})
"""Steps that only a reviewer takes who has nothing to do with the case."""
WITHOUT_NOTE: frozenset[Action] = frozenset({"close"})


@dataclass(frozen=True)
class Remedy:
    """The follow-up of one negative rating; `id` is the number of the rating's event.

    The limits are those of the day on which it began; the days on which they end follow the calendar as it
    is known. `named`: the citizen has left a way to be reached. `before`: the state when the clerk appealed.
    """

    id: int
    ticket: str
    state: State
    opened_at: Instant
    opened_day: str
    contact_days: int
    put_right_days: int
    before: str = ""
    named: bool = False
    verified_by: str = ""
    set_aside_as: str = ""
    contacted_at: Instant | None = None
    verified_at: Instant | None = None
    put_right_at: Instant | None = None
    ended_at: Instant | None = None


@dataclass(frozen=True)
class Step:
    """One step with its author and time; the note is kept apart, for as long as such words are."""

    remedy: int
    number: int
    action: Action
    state: State
    author: str
    at: Instant
    way: str = ""
    why: str = ""
    note: str = field(default="", compare=False)


def next_state(remedy: Remedy, action: Action) -> State:
    """The state that a step leads to; refuses with NotNow what the table doesn't hold."""
    found = NEXT_STATE.get((remedy.state, action))
    if found is None:
        raise NotNow(state=remedy.state, action=action)
    return remedy.before if found == AS_BEFORE else found  # type: ignore[return-value]


def actions_of(remedy: Remedy) -> list[Action]:
    """What the table allows now, by hand."""
    return [action for action in ACTIONS if action in BY_HAND and (remedy.state, action) in NEXT_STATE]


def opened(id: int, ticket: str, at: Instant, day: str, province: Province) -> Remedy:
    return Remedy(id, ticket, "open", at, day, province.contact_days, province.put_right_days)


Light = Literal["green", "yellow", "red", "none"]


@dataclass(frozen=True)
class Standing:
    """How a case stands: what is due next and when, how many working days are left, in which colour."""

    contact_due: date
    put_right_due: date
    due: date | None
    what: str
    left: int | None
    light: Light
    contact_late: bool
    put_right_late: bool


DayOf = Callable[[Instant], str]


def standing(
    remedy: Remedy, today: date, is_working: IsWorkingDay, warn_days: int, day_of: DayOf
) -> Standing:
    """Yellow from `warn_days` working days before a limit ends, and on its last day; red afterwards."""
    opened_day = date.fromisoformat(remedy.opened_day)
    contact = last_day(opened_day, remedy.contact_days, is_working)
    put_right = last_day(opened_day, remedy.put_right_days, is_working)
    what = next_limit(remedy)
    due = {"contact": contact, "put_right": put_right}.get(what)
    left = working_days_left(today, due, is_working) if due else None
    warn = min(warn_days, (remedy.contact_days if what == "contact" else remedy.put_right_days) - 1)
    return Standing(
        contact, put_right, due, what, left, light_of(left, warn),
        _late(remedy.contacted_at, contact, what == "contact", today, day_of),
        _late(remedy.put_right_at, put_right, what == "put_right", today, day_of),
    )  # fmt: skip


def next_limit(remedy: Remedy) -> str:
    """Which limit runs: contact, put_right, or none any more."""
    if remedy.state in OVER or remedy.put_right_at:
        return ""
    return "put_right" if remedy.contacted_at else "contact"


def light_of(left: int | None, warn: int) -> Light:
    if left is None:
        return "none"
    return "red" if left < 0 else "yellow" if left <= warn else "green"


def _late(done: Instant | None, due: date, runs: bool, today: date, day_of: DayOf) -> bool:
    """Done after its last day, or not yet done and past it."""
    if done is not None:
        return date.fromisoformat(day_of(done)) > due
    return runs and today > due
