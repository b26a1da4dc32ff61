"""Who was called before me though they joined later, and by which rule: the receipt of a ticket.

An *overtaking* is a call of a ticket that joined later than mine, at a window that could have called me,
while I waited. What was taken back by an undo is none, nor is a ticket that was sent on: it keeps its first
joining time. Every overtaker is named once, at the first time, with one word for the rule. The word is found
by asking the turn rule itself: what made the difference is put level, one thing after the other, until I
would have been first. Never told: a ground for priority, whose ticket it is, who called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from queueing.clock import Instant, minutes_between
from queueing.house import TicketClass
from queueing.plan import Plan
from queueing.records import Event, Json
from queueing.ruling import plan_at, rule_notes
from queueing.store import Desk
from queueing.turns import claim, in_order

if TYPE_CHECKING:
    from queueing.hall import Hall

Rule = Literal[
    "priority", "appointment", "other_class", "helping", "reinstated", "chosen",
    "you_postponed", "you_came_back", "you_were_moved", "your_slot", "you_were_entered_late", "unknown",
]  # fmt: skip
"""`chosen`: a clerk called this very number, out of turn. `helping`: the window takes my service only when
its own lines leave it time. `unknown`: the log of an earlier release doesn't say."""

MOVES = ("postpone", "reinstate")
WALK_IN = TicketClass()

MOST_CALLS = 2000
MOST_NAMED = 200
"""More calls of later tickets than these are not looked at, more names not told; the receipt says so."""

BY_CLASS: dict[str, Rule] = {"priority": "priority", "appointment": "appointment"}


@dataclass(frozen=True)
class Overtaking:
    """The number, after how many minutes more it joined, and the rule; the window's call and when it was."""

    number: str
    minutes: int
    rule: Rule
    window: str | None = None
    at: Instant = ""


class Standing(NamedTuple):
    """How a ticket stood before a window: all that the turn rule asks."""

    ticket_class: str
    joined_at: Instant
    line_at: Instant
    tie: int
    reluctance: float


class Moved(NamedTuple):
    """Why a ticket may not stand where it joined: what moved it last, and whether its holder asked for it."""

    action: str
    by_holder: bool


def receipt(hall: Hall, desk: Desk, key: str) -> Json:
    """What the holder of a ticket may read: of each overtaker no more than number, minutes and rule."""
    named, more = named_overtakings(hall, desk, key)
    told = [{"number": each.number, "minutes": each.minutes, "rule": each.rule} for each in named]
    return {"overtakings": told, "more": more, "seq": desk.seq()}


def named_overtakings(hall: Hall, desk: Desk, key: str) -> tuple[list[Overtaking], bool]:
    """All who overtook a ticket of any day, and whether there were more than are told."""
    own, ticket = desk.history(key), desk.ticket(key)
    calls = desk.calls_between(ticket.joined_at, left_line_at(own), MOST_CALLS)
    rules = rule_notes(desk, ticket.joined_at, hall.house.hall.timezone)
    named = overtakings(hall.plan, own, calls, rules)
    return named[:MOST_NAMED], len(calls) == MOST_CALLS or len(named) > MOST_NAMED


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
            named[key] = Overtaking(call.shown["number"], int(later), rule, call.window, call.at)
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
    moved = [event for event in before if event.action in MOVES]
    last = Moved(moved[-1].action, "postponed" in moved[-1].after) if moved else None
    return word(plan, shown_call(call), mine, last)


def may_call(plan: Plan, window: str | None, ticket: Json) -> bool:
    """Whether the window could have called the ticket."""
    if ticket["direct_window"] is not None:
        return bool(ticket["direct_window"] == window)
    return ticket["service"] in plan.reluctances.get(window or "", {})


class Call(NamedTuple):
    """One call: where, when, of whom, and whether a clerk chose the number."""

    window: str | None
    at: Instant
    shown: Json
    chosen: bool


def shown_call(event: Event) -> Call:
    return Call(event.window, event.at, event.shown, bool(event.after.get("chosen")))


def word(plan: Plan, call: Call, mine: Json, moved: Moved | None) -> Rule:
    """What put them in front of a ticket that waited: the thing that, once level, puts it in front."""
    if (mine.get("not_before") or "") > call.at:
        return "you_postponed"
    theirs, own = stood(plan, call.shown, call.window), stood(plan, mine, call.window)
    if not is_first(plan, theirs, own, call.at):
        return "chosen" if call.chosen else "unknown"
    for rule, other, me in levelled(theirs, own, moved):
        if not is_first(plan, other, me, call.at):
            return rule
    return "unknown"


def levelled(
    theirs: Standing, mine: Standing, moved: Moved | None
) -> Iterator[tuple[Rule, Standing, Standing]]:
    """One difference after the other taken away: my own doing, the class, the window, their coming back."""
    mine = mine._replace(line_at=mine.joined_at)
    yield my_doing(moved), theirs, mine
    by_class = BY_CLASS.get(theirs.ticket_class, "other_class")
    theirs = theirs._replace(ticket_class=mine.ticket_class)
    yield by_class, theirs, mine
    theirs = theirs._replace(reluctance=mine.reluctance)
    yield "helping", theirs, mine
    theirs = theirs._replace(line_at=theirs.joined_at)
    yield "appointment" if by_class == "appointment" else "reinstated", theirs, mine


def my_doing(moved: Moved | None) -> Rule:
    """Why I don't stand where I joined."""
    if moved is None:
        return "your_slot"
    if moved.action == "reinstate":
        return "you_came_back"
    return "you_postponed" if moved.by_holder else "you_were_moved"


def stood(plan: Plan, shown: Json, window: str | None) -> Standing:
    own = shown["direct_window"] == window
    taken = plan.reluctances.get(window or "", {})
    reluctance = 0.0 if own else taken.get(shown["service"], 0.0)
    return Standing(shown["ticket_class"], shown["joined_at"], shown["line_at"], shown["tie"], reluctance)


def is_first(plan: Plan, one: Standing, other: Standing, at: Instant) -> bool:
    """Whether the turn rule calls this one before the other."""
    return turn_of(plan, one, at) < turn_of(plan, other, at)


def turn_of(plan: Plan, one: Standing, at: Instant) -> tuple[bool, float, str, int]:
    """Sorts as the turn rule does; a class that is gone counts as a walk-in's."""
    rule = plan.classes.get(one.ticket_class, WALK_IN)
    value = claim(rule, minutes_between(one.line_at, at), one.reluctance)
    return in_order(value, one.line_at, one.tie)
