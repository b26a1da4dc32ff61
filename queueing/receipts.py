"""Who was called before me though they joined later, and by which rule: the receipt of a ticket.

An *overtaking* is a call of a ticket that joined later than mine, at a window that could have called me,
while I waited. What was taken back by an undo is none, nor is a ticket that was sent on: it keeps its first
joining time. Every overtaker is named once, at the first time, with one word for the rule. The word is found
by asking the turn rule itself: what made the difference is put level, one thing after the other, until I
would have been first. Never told: a ground for priority, whose ticket it is, who called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from queueing.clock import Instant, minutes_between
from queueing.house import TicketClass
from queueing.plan import Plan
from queueing.records import Event, Json
from queueing.ruling import plan_at, rule_notes
from queueing.store import Desk
from queueing.turns import Head, turn_key

if TYPE_CHECKING:
    from queueing.hall import Hall

Rule = Literal[
    "priority", "appointment", "other_class", "helping", "reinstated", "chosen",
    "you_postponed", "you_came_back", "you_were_moved", "your_slot", "you_were_entered_late", "unknown",
]  # fmt: skip
"""`chosen`: a clerk called this very number, out of turn. `helping`: the window takes my service only when
its own lines leave it time. `unknown`: the log of an earlier release doesn't say."""

MOST_CALLS = 2000
MOST_NAMED = 200
"""More calls of later tickets than these are not looked at, more names not told; the receipt says so."""

BY_CLASS: dict[str, Rule] = {"priority": "priority", "appointment": "appointment"}


@dataclass(frozen=True)
class Overtaking:
    """The number, after how many minutes more it joined, and the rule."""

    number: str
    minutes: int
    rule: Rule


@dataclass(frozen=True)
class Standing:
    """How a ticket stood before a window: all that the turn rule asks."""

    ticket_class: str
    joined_at: Instant
    line_at: Instant
    tie: int
    reluctance: float


def receipt(hall: Hall, desk: Desk, key: str) -> Json:
    """What the holder of a ticket may read."""
    own = desk.history(key)
    waited = left_line_at(own)
    calls = desk.calls_between(desk.ticket(key).joined_at, waited, MOST_CALLS)
    rules = rule_notes(desk, desk.ticket(key).joined_at, hall.house.hall.timezone)
    named = [vars(each) for each in overtakings(hall.plan, own, calls, rules)]
    more = len(calls) == MOST_CALLS or len(named) > MOST_NAMED
    return {"overtakings": named[:MOST_NAMED], "more": more, "seq": desk.seq()}


def left_line_at(own: Sequence[Event]) -> Instant | None:
    """When the ticket last left the line; None while it stands in it."""
    left = None
    waiting = False
    for event in own:
        now = event.shown["state"] == "waiting"
        if now:
            left = None
        elif waiting:
            left = event.at
        waiting = now
    return left


def overtakings(
    plan: Plan, own: Sequence[Event], calls: Sequence[Event], rules: Sequence[Event] = ()
) -> list[Overtaking]:
    """From the ticket's own events and the calls (and undone calls) since it joined, both in their order.

    `rules`: the switches of the day's rules; each call is judged by those that held then.
    """
    named: dict[str, Overtaking] = {}
    if not own:
        return []
    joined_at = own[0].shown["joined_at"]
    for call in standing(calls):
        key, later = call.ticket or "", minutes_between(joined_at, call.shown["joined_at"])
        if key in named or key == own[0].ticket or later <= 0:
            continue
        rule = rule_of(plan_at(plan, rules, call.seq), own, call)
        if rule is not None:
            named[key] = Overtaking(call.shown["number"], int(later), rule)
    return list(named.values())


def standing(calls: Sequence[Event]) -> list[Event]:
    """The calls that nobody took back."""
    kept: dict[int, Event] = {}
    last: dict[str | None, int] = {}
    for event in calls:
        if event.action == "call":
            kept[event.seq] = event
            last[event.ticket] = event.seq
        elif event.before.get("state") == "called" and event.after.get("state") == "waiting":
            kept.pop(last.get(event.ticket, 0), None)
    return list(kept.values())


def rule_of(plan: Plan, own: Sequence[Event], call: Event) -> Rule | None:
    """The word for one call of somebody who joined later; None when it is no overtaking."""
    before = [event for event in own if event.seq < call.seq]
    mine = (before or own)[-1 if before else 0].shown
    if mine["state"] != "waiting" or not may_call(plan, call.window, mine):
        return None
    if not before:
        return "you_were_entered_late"
    if (mine.get("not_before") or "") > call.at:
        return "you_postponed"
    return difference(plan, before, call, mine)


def may_call(plan: Plan, window: str | None, ticket: Json) -> bool:
    """Whether the window could have called the ticket."""
    if ticket["direct_window"] is not None:
        return bool(ticket["direct_window"] == window)
    return ticket["service"] in plan.reluctances.get(window or "", {})


def difference(plan: Plan, before: Sequence[Event], call: Event, shown: Json) -> Rule:
    """What put them in front: the thing that, once level, puts me in front."""
    theirs, mine = stood(plan, call.shown, call.window), stood(plan, shown, call.window)
    if not is_first(plan, theirs, mine, call.at):
        return "chosen" if call.after.get("chosen") else "unknown"
    for rule, other, own in levelled(theirs, mine, before):
        if not is_first(plan, other, own, call.at):
            return rule
    return "unknown"


def levelled(
    theirs: Standing, mine: Standing, before: Sequence[Event]
) -> Iterator[tuple[Rule, Standing, Standing]]:
    """One difference after the other taken away: my own doing, the class, the window, their coming back."""
    mine = replace(mine, line_at=mine.joined_at)
    yield my_doing(before), theirs, mine
    word = BY_CLASS.get(theirs.ticket_class, "other_class")
    theirs = replace(theirs, ticket_class=mine.ticket_class)
    yield word, theirs, mine
    theirs = replace(theirs, reluctance=mine.reluctance)
    yield "helping", theirs, mine
    theirs = replace(theirs, line_at=theirs.joined_at)
    yield "appointment" if word == "appointment" else "reinstated", theirs, mine


def my_doing(before: Sequence[Event]) -> Rule:
    """Why I don't stand where I joined."""
    moved = [event for event in before if event.action in ("postpone", "reinstate")]
    if not moved:
        return "your_slot"
    if moved[-1].action == "reinstate":
        return "you_came_back"
    return "you_postponed" if "postponed" in moved[-1].after else "you_were_moved"


def stood(plan: Plan, shown: Json, window: str | None) -> Standing:
    own = shown["direct_window"] == window
    taken = plan.reluctances.get(window or "", {})
    reluctance = 0.0 if own else taken.get(shown["service"], 0.0)
    names = ("ticket_class", "joined_at", "line_at", "tie")
    return Standing(**{name: shown[name] for name in names}, reluctance=reluctance)


def is_first(plan: Plan, one: Standing, other: Standing, at: Instant) -> bool:
    """Whether the turn rule calls this one before the other; a class that is gone counts as a walk-in's."""
    classes = {each.ticket_class: TicketClass() for each in (one, other)} | dict(plan.classes)
    keys = [turn_key(Head(each, each.reluctance), classes, at) for each in (one, other)]
    return keys[0] < keys[1]
