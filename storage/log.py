"""The log read backwards, a bounded stretch at a time: however old what is asked for, nobody waits for it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from queueing.clock import Instant
from queueing.log import Page, Wanted
from queueing.records import Event
from storage.db import Db
from storage.events import event_of
from storage.tickets import listed

LONGEST_LOOK = 20_000
"""Events that one page looks at; a filter that finds little gives short pages, and says where to go on."""


class LogDesk:
    """Pages of one hall's log."""

    db: Db
    hall: str

    def log_page(self, wanted: Wanted, limit: int) -> Page:
        """Times and seq rise together, so a stretch of time is a stretch of the log."""
        top = self._first_at_or_after(wanted.until_at) if wanted.until_at else self.seq() + 1
        bottom = self._first_at_or_after(wanted.since_at) if wanted.since_at else 1
        top = min(top, wanted.before) if wanted.before else top
        floor = max(bottom, top - LONGEST_LOOK)
        where, given = filters(wanted)
        rows = self.db.all(
            f"""SELECT events.* FROM events WHERE hall = :hall AND seq >= :floor AND seq < :top {where}
                ORDER BY seq DESC LIMIT :limit""",
            hall=self.hall, floor=floor, top=top, limit=limit, **given,
        )  # fmt: skip
        reached = rows[-1]["seq"] if len(rows) == limit else floor
        return Page([event_of(row) for row in rows], reached if reached > bottom else 0)

    def events_between(self, since: Instant, until: Instant) -> list[Event]:
        """What happened to tickets, and the switches of rules, in order; `until` is no part of it."""
        rows = self.db.all(
            """SELECT * FROM events WHERE hall = :hall AND seq >= :first AND seq < :last
                AND (ticket IS NOT NULL OR action IN ('rule_on', 'rule_off')) ORDER BY seq""",
            hall=self.hall, first=self._first_at_or_after(since), last=self._first_at_or_after(until),
        )  # fmt: skip
        return [event_of(row) for row in rows]

    def notes_since(self, at: Instant, actions: Sequence[str]) -> list[Event]:
        """Notes of these kinds since that instant, the oldest first."""
        marks, wanted = listed(actions, "action")
        rows = self.db.all(
            f"""SELECT * FROM events WHERE hall = :hall AND ticket IS NULL AND at >= :at
                AND action IN ({marks}) ORDER BY at, seq""",
            hall=self.hall, at=at, **wanted,
        )  # fmt: skip
        return [event_of(row) for row in rows]

    def first_at(self) -> Instant | None:
        """When the log began; nothing in an empty one."""
        return self._at(1) or None

    def seq(self) -> int:
        """The last event's: the desk of the events knows it, also within a change."""
        raise NotImplementedError

    def _first_at_or_after(self, at: str) -> int:
        """By halving: one look at a row for each step."""
        low, high = 1, self.seq() + 1
        while low < high:
            middle = (low + high) // 2
            if self._at(middle) < at:
                low = middle + 1
            else:
                high = middle
        return low

    def _at(self, seq: int) -> str:
        row = self.db.one("SELECT at FROM events WHERE hall = :hall AND seq = :seq", hall=self.hall, seq=seq)
        return str(row["at"]) if row else ""


def filters(wanted: Wanted) -> tuple[str, dict[str, str]]:
    """What is asked for, as conditions on the rows."""
    plain = {"actor": wanted.actor, "window": wanted.window, "action": wanted.action}
    given = {name: value for name, value in plain.items() if value}
    where = "".join(f' AND "{name}" = :{name}' for name in given)
    if wanted.number:
        where += " AND ticket IS NOT NULL AND lower(shown) LIKE lower(:number) ESCAPE '!'"
        given["number"] = f'%"number":{like(json.dumps(wanted.number, ensure_ascii=False))},%'
    return where, given


def like(text: str) -> str:
    """A text that stands for itself in a LIKE pattern."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
