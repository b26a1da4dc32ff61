"""Whose turn it is: one pure rule that calling, estimates, receipts and replays all ask.

A ticket's *claim* on a window, in minutes, when it has stood for so many minutes since its `line_at`:

    claim = head_start[class] + rate[class] x minutes - reluctance[window, service]

The window calls the head with the largest claim; equal claims go to the older ticket, that is, the smaller
`tie`. Only the heads of the lines (one service and class, in the order of `line_at` and `tie`) are compared.
A ticket whose `line_at` still lies ahead (an appointment before its slot) has no claim: it is called only
when nobody who has one waits for the window, the earliest first.

What this promises. Write h, r and R for head start, rate (at least 0) and reluctance, W for the minutes that
I have stood at the moment t, d for how much later than mine x's `line_at` is, so that x has stood W - d.

1. In one service and class nobody passes anybody. h, r and R are the same at any window, so the claims
   differ by r x d: whoever stands before has the larger one, or with r = 0 an equal one; and only the head of
   a line is ever compared. The line's order is the order of its calls, whatever the windows and the rates.
2. Whoever is called before me at a window that could have called me stood there with a claim no smaller:
   h_x + r_x (W - d) - R_x >= h_me + r_me W - R_me. Solved for d, with r_x above 0:

       d <= ((h_x - h_me) + (R_me - R_x) + (r_x - r_me) W) / r_x                   (`later_at_most`)

   - All rates 1: d <= (h_x - h_me) + (R_me - R_x), however long I wait. Equal rates r: that, divided by r.
   - Rates 3 and 1, no head starts and reluctances: d <= 2/3 W. The overtaker came in the first two thirds of
     my wait, and has waited at least a third as long as I have.
   - The other way round (mine 3, theirs 1, none of those): d <= -2 W. Nobody who came later passes me.
3. At one window two tickets change places once at the most: their claims are two straight lines over time,
   which cross once or never. Who has passed me by a larger rate stays before me; equal rates never pass.
4. A helper takes over exactly when its reluctance is used up. Own head o (reluctance 0) and other head x of
   one class: x is called when r W_x - R > r W_o, that is, once x has waited more than R / r minutes longer
   than o; at equality the older ticket is. Between classes add the difference of head starts and rates as in
   2. An empty own line lends no claim to compare with, so the helper then takes x at once: no window idles
   while somebody waits whom it serves.
5. The order is total: keys are compared by claim, then by `tie`, and the hall gives every ticket its own.

Reluctance belongs to the window and service, in a window's own line it is 0. `line_at` is the one at the time
of the call: whoever postpones or comes back later stands where they then stand, and is promised 1 to 5 there.
Out of turn is only what a clerk calls by number; the event says so.
Source of claims that grow with time: accumulating priority queues, Stanford, Taylor and Ziedins 2014.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
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
CLAIM_DIGITS = 6
"""Claims are compared to so many digits of a minute: what is equal on paper isn't decided by rounding."""


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
    return (False, -round(value, CLAIM_DIGITS), "", tie)


def minutes_to_match(rule: TicketClass, claim_to_match: float, reluctance: float = 0.0) -> float | None:
    """After how many minutes the claim is that large: 0 at once, None never."""
    missing = claim_to_match + reluctance - rule.head_start
    if missing <= 0:
        return 0.0
    return missing / rule.rate if rule.rate > 0 else None


def later_at_most(mine: TicketClass, theirs: TicketClass, waited: float, favour: float = 0.0) -> float:
    """By how many minutes an overtaker's `line_at` is later than mine at the most: bound 2 above.

    `waited` minutes I have stood, `favour` is the window's reluctance for me less that for them.
    """
    ahead = theirs.head_start - mine.head_start + favour
    if theirs.rate > 0:
        return min(waited, (ahead + (theirs.rate - mine.rate) * waited) / theirs.rate)
    return waited if ahead >= mine.rate * waited else -inf


def in_turn(heads: Iterable[Head[T]], classes: Mapping[str, TicketClass], at: Instant) -> list[Head[T]]:
    """All of them in the order in which they would be called now."""
    return sorted(heads, key=lambda head: turn_key(head, classes, at))


def next_head(heads: Iterable[Head[T]], classes: Mapping[str, TicketClass], at: Instant) -> Head[T] | None:
    """The head whose turn it is, or None when nobody waits."""
    return min(heads, key=lambda head: turn_key(head, classes, at), default=None)
