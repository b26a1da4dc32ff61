"""How fair a period's turns were: worked out day by day beside the event loop, each day that is over once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, timedelta
from threading import Lock
from typing import TypeVar

from queueing.fairness import Turns
from queueing.receipts import Overtaking, named_overtakings
from queueing.records import Ticket
from queueing.reserved import parts_of, spelled
from queueing.store import Desk
from reports.making import Maker
from scoring.fairness import Fairness, added, day_turns, days_of, waits_of
from scoring.periods import Period
from scoring.reports import Reports

T = TypeVar("T")

KEPT_DAYS = 800
"""Days that are over and remembered: two years. What a day adds up to is small."""


class TurnKeeper:
    """Remembers what can't change any more; the present day is looked at anew when anything happened."""

    def __init__(self, maker: Maker) -> None:
        self._maker, self._lock = maker, Lock()
        self._over: OrderedDict[str, Turns] = OrderedDict()
        self._now: tuple[str, int, Turns] = ("", -1, Turns())

    def fairness(self, period: Period) -> Fairness:
        """A thread for each day that isn't known yet, one after the other: the hall goes on in between."""
        maker, today = self._maker, self._maker.today
        stretch = Reports(maker.hall).stretch(period)
        with self._lock:
            turns = added(days_of(period, today), lambda day: self._day(day, today))
        waits = self._look(lambda desk: waits_of(maker.hall, desk, stretch))
        return Fairness(period, min(period.last, today), turns, waits)

    def know_yesterday(self, today: str) -> None:
        """A night's work: what is over is known when somebody asks in the morning."""
        before = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
        with self._lock:
            self._day(before, today)

    def ticket(self, day: str, number: str) -> tuple[Ticket, list[Overtaking], bool] | None:
        """A ticket of any day by its number: who overtook it, and whether there are more than are named."""
        hall = self._maker.hall

        def look(desk: Desk) -> tuple[Ticket, list[Overtaking], bool] | None:
            ticket = desk.ticket_numbered(day, number)
            return (ticket, *named_overtakings(hall, desk, ticket.key)) if ticket else None

        return self._look(look)

    def _day(self, day: str, today: str) -> Turns:
        if day == today:
            return self._today(day)
        if day not in self._over:
            self._over[day] = self._look(lambda desk: day_turns(self._maker.hall, desk, day))
            while len(self._over) > KEPT_DAYS:
                self._over.popitem(last=False)
        return self._over[day]

    def _today(self, day: str) -> Turns:
        seq = self._maker.built.store.look(lambda desk: desk.seq())
        if self._now[:2] != (day, seq):
            self._now = (day, seq, self._look(lambda desk: day_turns(self._maker.hall, desk, day)))
        return self._now[2]

    def _look(self, work: Callable[[Desk], T]) -> T:
        """In a real thread."""
        return self._maker.aside(lambda: self._maker.built.store.look(work))


def number_of(text: str) -> str:
    """A number as the hall spells it, whatever was typed; raises NotReserved."""
    return spelled(*parts_of(text.strip().upper()))
