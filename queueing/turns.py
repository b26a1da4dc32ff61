"""Whose turn it is: one pure rule that calling, estimates, receipts and replays all ask.

A ticket's *claim* on a window, in minutes:

    claim = head_start[class] + rate[class] x (minutes since line_at) - reluctance[window, service]

The head with the largest claim is called; equal claims go to the older ticket. Only the heads of
the lines (one service and class, in the order of `line_at` and `tie`) are compared.

Why no one can be overtaken without bound (all rates 1): if x is called before me at time t, then
head_x + (t - line_x) - rel_x >= head_me + (t - line_me) - rel_me, so
line_x - line_me <= (head_x - head_me) + (rel_me - rel_x): x joined at most that much later.
With rate 3 for x against 1 for me and no head starts or reluctances: 3(t - line_x) >= t - line_me,
so x waited at least a third of my wait, that is, x came in the first two thirds of it.
A ticket whose `line_at` still lies ahead (an appointment before its slot) has no claim: it is called
only when nobody else waits. Source: accumulating priority, Stanford, Taylor and Ziedins 2014.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from queueing.clock import Instant, minutes_between
from queueing.house import TicketClass


class InLine(Protocol):
    """All that the rule asks of a ticket."""

    @property
    def ticket_class(self) -> str: ...
    @property
    def line_at(self) -> Instant: ...
    @property
    def tie(self) -> int: ...


T = TypeVar("T", bound=InLine)


@dataclass(frozen=True)
class Head(Generic[T]):
    """The first ticket of a line and the window's reluctance for it, in minutes."""

    ticket: T
    reluctance: float = 0.0


def claim_minutes(head_start: float, rate: float, minutes: float, reluctance: float) -> float:
    """The formula itself, in plain numbers (minutes, but for the rate); `forecast` compiles this function."""
    return head_start + rate * minutes - reluctance


def claim(rule: TicketClass, minutes: float, reluctance: float = 0.0) -> float | None:
    """The claim in minutes, or None for a ticket whose time hasn't come yet."""
    if minutes < 0:
        return None
    return claim_minutes(rule.head_start, rule.rate, minutes, reluctance)


def claim_of(head: Head[T], classes: Mapping[str, TicketClass], at: Instant) -> float | None:
    """The claim that a head has at that instant."""
    rule = classes[head.ticket.ticket_class]
    return claim(rule, minutes_between(head.ticket.line_at, at), head.reluctance)


def turn_key(head: Head[T], classes: Mapping[str, TicketClass], at: Instant) -> tuple[bool, float, str, int]:
    """Sorts heads by whose turn it is, first one first."""
    return in_order(claim_of(head, classes, at), head.ticket.line_at, head.ticket.tie)


def in_order(value: float | None, line_at: Instant, tie: int) -> tuple[bool, float, str, int]:
    """The same of a claim: the largest first, then the older ticket; without a claim last, by `line_at`."""
    if value is None:
        return (True, 0.0, line_at, tie)
    return (False, -value, "", tie)


def minutes_to_match(rule: TicketClass, claim_to_match: float, reluctance: float = 0.0) -> float | None:
    """After how many minutes the claim is that large: 0 at once, None never."""
    missing = claim_to_match + reluctance - rule.head_start
    if missing <= 0:
        return 0.0
    return missing / rule.rate if rule.rate > 0 else None


def in_turn(heads: Iterable[Head[T]], classes: Mapping[str, TicketClass], at: Instant) -> list[Head[T]]:
    """All of them in the order in which they would be called now."""
    return sorted(heads, key=lambda head: turn_key(head, classes, at))


def next_head(heads: Iterable[Head[T]], classes: Mapping[str, TicketClass], at: Instant) -> Head[T] | None:
    """The head whose turn it is, or None when nobody waits."""
    return min(heads, key=lambda head: turn_key(head, classes, at), default=None)
