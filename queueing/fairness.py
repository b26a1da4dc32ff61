"""A day's overtakings, all of them: the receipts of every ticket at once, in one walk through the log.

An overtaking is what `queueing.receipts` calls one, and its word is found by the same function: the figures
of a month can't say anything else than the receipts of its tickets. What the walk saves is looking: whoever
waits is kept by service in the order of joining, so a call is held against those only whom it overtakes.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from queueing.clock import Instant, minutes_between
from queueing.plan import Plan
from queueing.receipts import MOVES, Call, Moved, Rule, word
from queueing.records import Event, Json
from queueing.ruling import plan_at

WORST = 10
"""Tickets that a period names as those overtaken by most."""


class Step(NamedTuple):
    """One event of a ticket as the log has it; `was` is the state before it, `shown` what stood after it."""

    seq: int
    at: Instant
    action: str
    ticket: str
    window: str | None
    was: str | None
    chosen: bool
    by_holder: bool
    shown: Json


class Passed(NamedTuple):
    """An overtaking without its numbers: the class of who was overtaken, of who overtook, and the word."""

    ticket_class: str
    by_class: str
    rule: Rule


class Worst(NamedTuple):
    """A ticket that many overtook."""

    times: int
    day: str
    number: str


@dataclass
class Turns:
    """What a day, or several, add up to; `later` counts by whole minutes that the overtakers came later."""

    tickets: Counter[str] = field(default_factory=Counter)
    overtaken: Counter[str] = field(default_factory=Counter)
    passed: Counter[Passed] = field(default_factory=Counter)
    later: Counter[int] = field(default_factory=Counter)
    worst: list[Worst] = field(default_factory=list)

    def add(self, other: Turns) -> None:
        self.tickets += other.tickets
        self.overtaken += other.overtaken
        self.passed += other.passed
        self.later += other.later
        self.worst = sorted([*self.worst, *other.worst], key=lambda each: (-each.times, *each[1:]))[:WORST]

    @property
    def overtakings(self) -> int:
        return self.passed.total()

    def minutes_later(self, hundredths: int) -> int | None:
        """So many of a hundred overtakers came no more than these whole minutes later; None without any."""
        left = -(-self.later.total() * hundredths // 100)
        for minutes in sorted(self.later):
            left -= self.later[minutes]
            if left <= 0:
                return minutes
        return None


@dataclass
class Own:
    """A ticket on its way through the day."""

    key: str
    joined_at: Instant
    first: Step
    shown: Json
    moved: Moved | None = None
    overtakers: set[str] = field(default_factory=set)


class Waiting:
    """Whoever waits, by service or by the window that alone may call them, each in the order of joining."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], list[tuple[Instant, str]]] = {}
        self._place: dict[str, tuple[str, str]] = {}

    def put(self, own: Own, shown: Json) -> None:
        self.take(own)
        direct = shown["direct_window"]
        place = ("window", direct) if direct is not None else ("service", shown["service"])
        self._place[own.key] = place
        insort(self._lines.setdefault(place, []), (own.joined_at, own.key))

    def take(self, own: Own) -> None:
        place = self._place.pop(own.key, None)
        if place:
            line = self._lines[place]
            del line[bisect_left(line, (own.joined_at, own.key))]

    def before(self, plan: Plan, window: str, joined_at: Instant) -> Iterator[str]:
        """Those who joined before that and whom the window could call."""
        places = [("window", window), *(("service", s) for s in plan.reluctances.get(window, ()))]
        for place in places:
            for joined, key in self._lines.get(place, ()):
                if joined >= joined_at:
                    break
                yield key


def turns_of(plan: Plan, day: str, steps: Sequence[Step], rules: Sequence[Event] = ()) -> Turns:
    """A day's figures from its tickets' events in order; `rules`: the switches of the day's rules."""
    walk = Walk(plan, day, steps, rules)
    walk.on()
    return walk.turns()


class Walk:
    """Through one day."""

    def __init__(self, plan: Plan, day: str, steps: Sequence[Step], rules: Sequence[Event]) -> None:
        self._plan, self._day, self._steps, self._rules = plan, day, steps, rules
        self._undone = undone_calls(steps)
        self._owns = {key: Own(key, step.shown["joined_at"], step, step.shown) for key, step in firsts(steps)}
        self._late = sorted(
            (own.joined_at, own.first.seq, own.key)
            for own in self._owns.values()
            if own.first.at > own.joined_at
        )
        self._waiting, self._said = Waiting(), Turns()

    def on(self) -> None:
        """Whoever was entered late stood in the hall since they joined: in no line, yet overtaken."""
        coming = iter([*self._late, ("9999", 0, "")])
        joined_at, _, key = next(coming)
        for step in self._steps:
            while joined_at <= step.at:
                own = self._owns[key]
                if step.seq < own.first.seq and own.shown["state"] == "waiting":
                    self._waiting.put(own, own.shown)
                joined_at, _, key = next(coming)
            self._take(step)

    def _take(self, step: Step) -> None:
        own = self._owns[step.ticket]
        if step.action == "call" and step.seq not in self._undone:
            self._called(step)
        if step.action in MOVES:
            own.moved = Moved(step.action, step.by_holder)
        own.shown = step.shown
        if step.shown["state"] == "waiting":
            self._waiting.put(own, step.shown)
        else:
            self._waiting.take(own)

    def _called(self, step: Step) -> None:
        plan = plan_at(self._plan, self._rules, step.seq)
        call, joined_at = Call(step.window, step.at, step.shown, step.chosen), step.shown["joined_at"]
        for key in self._waiting.before(plan, step.window or "", joined_at):
            mine = self._owns[key]
            if step.ticket not in mine.overtakers and key != step.ticket:
                mine.overtakers.add(step.ticket)
                self._passed(plan, call, step, mine)

    def _passed(self, plan: Plan, call: Call, step: Step, mine: Own) -> None:
        is_entered = mine.first.seq < step.seq
        rule = word(plan, call, mine.shown, mine.moved) if is_entered else "you_were_entered_late"
        self._said.passed[Passed(mine.shown["ticket_class"], call.shown["ticket_class"], rule)] += 1
        self._said.later[int(minutes_between(mine.joined_at, call.shown["joined_at"]))] += 1

    def turns(self) -> Turns:
        said, tickets = self._said, self._owns.values()
        said.tickets.update(own.first.shown["ticket_class"] for own in tickets)
        overtaken = [own for own in tickets if own.overtakers]
        said.overtaken.update(own.first.shown["ticket_class"] for own in overtaken)
        worst = (Worst(len(own.overtakers), self._day, own.shown["number"]) for own in overtaken)
        said.worst = sorted(worst, key=lambda each: (-each.times, each.number))[:WORST]
        return said


def firsts(steps: Iterable[Step]) -> Iterable[tuple[str, Step]]:
    """The first event of each ticket, by ticket."""
    found: dict[str, Step] = {}
    for step in steps:
        found.setdefault(step.ticket, step)
    return found.items()


def undone_calls(steps: Iterable[Step]) -> set[int]:
    """The calls that were taken back, by the number of their event."""
    last: dict[str, int] = {}
    undone = set()
    for step in steps:
        if step.action == "call":
            last[step.ticket] = step.seq
        elif step.action == "undo" and (step.was, step.shown["state"]) == ("called", "waiting"):
            undone.add(last.get(step.ticket, 0))
    return undone
