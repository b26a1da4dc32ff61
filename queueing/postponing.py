""" "I need ten more minutes": what the holder of a waiting ticket may ask for, and what it costs.

The rule. Who asks at the instant t for P minutes is *away* until `not_before` = t + P (or P after the end
of an absence that still runs), and `line_at` moves P minutes later. While away the ticket is no head of
its line: the next one is, and no window calls it by itself, not even a free one: its holder isn't there.
Who is back before the time says so and gets back the minutes that are left, of both. So always

    line_at = the line_at that it had + the minutes that it was away,

and the number of times is limited (`[phone] postpones`). A clerk may still call it by hand.

Why nobody loses by it. Let L be the old `line_at`, a the minutes away, and y anybody else.
1. As if it had come later: from `not_before` on the turn rule sees a ticket with `line_at` = L + a, and
   before it sees none. So it would see somebody who walks in at `not_before` with that `line_at`: every
   call of everybody else is the very call of that day, at the same minute, in the same order.
2. Never before anybody whom it wasn't before already: a claim is head_start + rate x (now - line_at)
   - reluctance, and no rate is negative. So at every minute and window its claim is at most what it would
   have been, and that of y is the same: whenever y would have been called rather than it, y still is.
3. Not without end: a <= postpones x minutes =: D, all in all. Let a crowd push back as often as it may. At
   one window and with rates of 1, somebody else is called when otherwise, or sooner, as long as there is
   no idle minute: the ones called before y are some of those who would have been. With idle minutes y is
   called at most D later: the work that has come by t is no more than without pushing, and no less than
   what without it had come by t - D, so what is left to do at t is at most D minutes more.
4. Nobody gains by it: until the call that the ticket would have had, it isn't picked with the smaller claim
   either, so nothing differs till then; its own call is never sooner, at any windows and with any classes.
No number is given out by it, and no place of anybody else is written: its own row is all that changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from queueing.change import Change
from queueing.clock import Instant, minutes_between, shifted
from queueing.errors import HallError, UnknownTicket
from queueing.phone_rules import PhoneRules
from queueing.records import Json, Press, Ticket
from queueing.states import next_state
from queueing.views import to_all

if TYPE_CHECKING:
    from queueing.hall import Hall


class PostponedEnough(HallError):
    code = "postponed_enough"
    sentence = "Ticket {number} has been put off {times} times already."


class CalledAlready(HallError):
    code = "called_already"
    sentence = "Ticket {number} is called to window {window} now: go there, or leave the line."


class NotAway(HallError):
    code = "not_away"
    sentence = "Ticket {number} isn't put off."


def minutes_left(not_before: Instant | None, at: Instant) -> float:
    """How long somebody is still away; 0 for who is there."""
    return max(0.0, minutes_between(at, not_before)) if not_before else 0.0


def put_off(line_at: Instant, not_before: Instant | None, at: Instant, minutes: float) -> dict[str, Any]:
    """The fields of a ticket that asks for so many minutes more."""
    away = minutes_left(not_before, at) + minutes
    return {"line_at": shifted(line_at, minutes=minutes), "not_before": shifted(at, minutes=away)}


def returned(line_at: Instant, not_before: Instant | None, at: Instant) -> dict[str, Any]:
    """The fields of a ticket whose holder is back already: what wasn't used of the absence costs nothing."""
    return {"line_at": shifted(line_at, minutes=-minutes_left(not_before, at)), "not_before": None}


def postpones_left(rules: PhoneRules, ticket: Ticket) -> int:
    """How often the holder may still ask."""
    return max(0, rules.postpones - ticket.postponed) if ticket.state == "waiting" else 0


class Postponing:
    """What the holder's page asks of a hall."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._rules = hall, hall.house.phone

    def postpone(self, *, ticket: str, by: Press) -> Json:
        """So many minutes more. CalledAlready, PostponedEnough, Cannot."""
        return self._hall.change(by, lambda change: self._told(self._put_off(change, found(change, ticket))))

    def rejoin(self, *, ticket: str, by: Press) -> Json:
        """The holder is back before the time. NotAway, Cannot."""
        return self._hall.change(by, lambda change: self._told(back(change, found(change, ticket))))

    def _put_off(self, change: Change, ticket: Ticket) -> Ticket:
        if ticket.state == "called":
            raise CalledAlready(number=ticket.number, window=ticket.window)
        next_state(ticket.state, "postpone", ticket.number)
        if postpones_left(self._rules, ticket) == 0:
            raise PostponedEnough(number=ticket.number, times=ticket.postponed)
        fields = put_off(ticket.line_at, ticket.not_before, change.at, self._rules.postpone_minutes)
        return change.move(ticket, "postpone", postponed=ticket.postponed + 1, **fields)

    def _told(self, ticket: Ticket) -> Json:
        left = postpones_left(self._rules, ticket)
        shown = to_all(ticket)
        return {"ticket": shown, "not_before": ticket.not_before, "postpones_left": left, "seq": ticket.seq}


def found(change: Change, key: str) -> Ticket:
    if not key:
        raise UnknownTicket()
    return change.desk.ticket(key)


def back(change: Change, ticket: Ticket) -> Ticket:
    next_state(ticket.state, "rejoin", ticket.number)
    if minutes_left(ticket.not_before, change.at) == 0:
        raise NotAway(number=ticket.number)
    return change.move(ticket, "rejoin", **returned(ticket.line_at, ticket.not_before, change.at))
