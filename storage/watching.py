"""What supervisors look at when ratings seem odd: facts of visits, seats, and notes of the audit trail."""

from __future__ import annotations

from queueing.clock import Instant
from queueing.records import Event
from scoring.flags import RatedVisit, SeatChange
from storage.db import Db
from storage.events import event_of

SEATS = "'sit', 'leave', 'pause', 'open'"


class WatchDesk:
    """Reads the facts behind flags."""

    db: Db
    hall: str

    def rated_visits_between(self, first_day: str, last_day: str) -> list[RatedVisit]:
        rows = self.db.all(
            """SELECT ratings.ticket, tickets.number, ratings."window", ratings.clerk, ratings.day,
                ratings.level, ratings.channel, ratings.at, tickets.started_at, ratings.finished_at,
                tickets.held_seconds, ratings.came_from
                FROM ratings JOIN tickets ON tickets.hall = ratings.hall AND tickets.key = ratings.ticket
                WHERE ratings.hall = :hall AND ratings.day >= :first AND ratings.day <= :last""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return [RatedVisit(**row) for row in rows]

    def seats_between(self, first: Instant, last: Instant) -> list[SeatChange]:
        rows = self.db.all(
            f"""SELECT * FROM events WHERE hall = :hall AND ticket IS NULL AND at >= :first AND at <= :last
                AND action IN ({SEATS}) ORDER BY seq""",
            hall=self.hall, first=first, last=last,
        )  # fmt: skip
        changed = [event for event in map(event_of, rows) if event.window and "state" in event.after]
        return [SeatChange(event.window or "", event.at, event.after["state"]) for event in changed]

    def notes_between(self, action: str, first: Instant, last: Instant, limit: int) -> list[Event]:
        rows = self.db.all(
            """SELECT * FROM events WHERE hall = :hall AND ticket IS NULL AND at >= :first AND at <= :last
                AND "window" IS NULL AND action = :action ORDER BY seq DESC LIMIT :limit""",
            hall=self.hall, first=first, last=last, action=action, limit=limit,
        )  # fmt: skip
        return [event_of(row) for row in rows]
