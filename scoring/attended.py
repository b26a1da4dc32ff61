"""Windows that weren't kept in their hours, and pauses beyond their reason: facts from seats and hours.

Each minute without anybody counts once: at the beginning of a stretch of hours as opened late, at its end as
closed early, in between, or when nobody came at all, as unattended. Time in which the whole hall stood empty
is nobody's; decision 020 says why, and what tells it from a hall that was open and unserved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from queueing.duty_rules import DutyRules
from scoring.facts import Fact, Kind
from scoring.seats import Duty, Seat
from scoring.spans import Span, merged, minutes, shared, within, without

TENTH = Decimal("0.1")
Row = TypeVar("Row", Duty, Seat)
FirstTickets = Mapping[Span, datetime]
"""When the first number was taken in a stretch of time in which nobody sat anywhere."""


@dataclass(frozen=True)
class Day:
    """One business day of the hall: what was due, and who sat where."""

    duties: Sequence[Duty]
    seats: Sequence[Seat]

    @cached_property
    def taken(self) -> list[Span]:
        """When at least one seat was taken."""
        return merged(seat.span for seat in self.seats)

    @cached_property
    def _by_clerk(self) -> dict[str, list[Seat]]:
        found: dict[str, list[Seat]] = {}
        for seat in self.seats:
            found.setdefault(seat.clerk or "", []).append(seat)
        return found

    def empty(self) -> list[Span]:
        """When two windows or more were due and nobody sat at any."""
        return [
            span for due in shared(duty.span for duty in self.duties) for span in without(due, self.taken)
        ]

    def was_at_work(self, clerk: str, gap: Span) -> bool:
        """Whether the clerk sat anywhere on that day, and not at another window for most of the gap."""
        seats = self._by_clerk.get(clerk, [])
        elsewhere = sum(minutes(within([seat.span], gap)) for seat in seats)
        return bool(seats) and elsewhere <= minutes([gap]) / 2


def days(duties: Iterable[Duty], seats: Iterable[Seat]) -> dict[str, Day]:
    """Those on which somebody sat somewhere: on any other the hall wasn't opened."""
    due: defaultdict[str, list[Duty]] = defaultdict(list)
    sat: defaultdict[str, list[Seat]] = defaultdict(list)
    for duty in duties:
        due[duty.day].append(duty)
    for seat in seats:
        sat[seat.day].append(seat)
    return {day: Day(due[day], sat[day]) for day in sorted(sat)}


def excused(day: Day, first_tickets: FirstTickets) -> list[Span]:
    """When the whole hall stood empty and no number was taken: closed, cut off, cleared."""
    return [(begins, first_tickets.get((begins, ends), ends)) for begins, ends in day.empty()]


@dataclass(frozen=True)
class Rules:
    """What counts, how long a pause may be, and whose seats the windows are."""

    duty: DutyRules
    pauses: Mapping[str, float]
    owners: Mapping[str, Sequence[str]]


def unkept(day: Day, rules: Rules, first_tickets: FirstTickets) -> Iterator[Fact]:
    """Opened late, closed early, unattended: window by window."""
    nobodys, seats = excused(day, first_tickets), by_window(day.seats)
    for duty in day.duties:
        own = seats[duty.window]
        for gap in without(duty.span, [seat.span for seat in own]):
            kind, seat = judged(duty, gap, own)
            most = rules.duty.unattended_minutes if kind == "unattended" else rules.duty.late_minutes
            counted = minutes([gap]) - minutes(within(nobodys, gap))
            if 0 < most < counted:
                clerk = whose(kind, seat, rules.owners.get(duty.window, ()))
                meant = clerk if clerk and day.was_at_work(clerk, gap) else None
                yield fact(kind, duty.window, duty.day, gap[0], counted, meant)


def judged(duty: Duty, gap: Span, seats: Sequence[Seat]) -> tuple[Kind, Seat | None]:
    """What kind of gap it is, and the seat before it (after it, when the window opened late)."""
    before = [seat for seat in seats if duty.opens < seat.ends <= gap[0]]
    after = [seat for seat in seats if gap[1] <= seat.begins < duty.closes]
    if before:
        return ("unattended" if after else "closed_early"), before[-1]
    return ("opened_late", after[0]) if after else ("unattended", None)


def whose(kind: Kind, seat: Seat | None, owners: Sequence[str]) -> str | None:
    """Whom it concerns: who left, or who came late; whose seat it is, when a substitute came or nobody."""
    if seat is not None and (kind != "opened_late" or not owners or seat.clerk in owners):
        return seat.clerk
    return owners[0] if len(owners) == 1 else None


def overlong(day: Day, rules: Rules) -> Iterator[Fact]:
    """Pauses that were longer, within the window's hours, than their reason allows."""
    due = by_window(day.duties)
    for window, seats in by_window(day.seats).items():
        for pause in joined(seats):
            allowed = rules.pauses.get(pause.pause or "", 0.0)
            lasted = sum(minutes(within([pause.span], duty.span)) for duty in due[window])
            if 0 < allowed < lasted:
                yield fact(
                    "paused_too_long", window, day.seats[0].day, pause.begins, lasted - allowed, pause.clerk
                )


def joined(seats: Sequence[Seat]) -> Iterator[Seat]:
    """Each pause whole, also when its sign was changed meanwhile."""
    pauses: list[Seat] = []
    for seat in seats:
        last = pauses[-1] if pauses else None
        if last and (last.pause, last.clerk, last.ends) == (seat.pause, seat.clerk, seat.begins):
            pauses[-1] = Seat(last.window, last.day, last.clerk, last.begins, seat.ends, last.pause)
        elif seat.pause:
            pauses.append(seat)
    yield from pauses


def by_window(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.window].append(row)
    return found


def fact(kind: Kind, window: str, day: str, since: datetime, counted: float, clerk: str | None) -> Fact:
    """Its id says when it began, by the hall's wall clock; `value`: the minutes that count."""
    value = Decimal(str(counted)).quantize(TENTH)
    return Fact(f"{kind}:{window}:{day}:{since:%H%M%S}", day, kind, window=window, clerk=clerk, value=value)
