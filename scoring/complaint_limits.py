"""Until when each step of a complaint is due, and how near that is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from queueing.clock import Instant, instant, local, minutes_between, shifted
from queueing.complaint_rules import ComplaintRules
from queueing.hall import Hall
from scoring.complaint_records import Complaint
from scoring.complaint_states import State, Weight

Tone = Literal["", "in_time", "soon", "late"]
FAR_DAYS = 60
HOUR = 60.0
DAY = 24 * HOUR


def due_after(hall: Hall, state: State, weight: Weight, at: Instant) -> Instant | None:
    """The limit of the step that follows: passing on counts opening hours, the others every hour."""
    rules = hall.house.complaints
    if state == "received":
        return open_minutes_later(hall, at, rules.pass_on_hours * HOUR)
    if state == "passed_on":
        hours = rules.solve_major_hours if weight == "major" else rules.solve_hours
        return shifted(at, minutes=hours * HOUR)
    return shifted(at, minutes=rules.ask_days * DAY) if state == "solved" else None


def open_minutes_later(hall: Hall, at: Instant, minutes: float) -> Instant:
    """When the hall will have been open for so long, any window of it; plain time where it never opens."""
    wall, left = local(at, hall.house.hall.timezone), timedelta(minutes=minutes)
    for ahead in range(FAR_DAYS):
        for opens, closes in open_stretches(hall, wall.replace(tzinfo=None) + timedelta(days=ahead)):
            begins = max(opens, wall.replace(tzinfo=None))
            if closes - begins >= left:
                return instant((begins + left).replace(tzinfo=wall.tzinfo))
            left -= max(closes - begins, timedelta(0))
    return shifted(at, minutes=minutes)


def open_stretches(hall: Hall, wall: datetime) -> list[tuple[datetime, datetime]]:
    """When any window is open on that day, as stretches that don't overlap."""
    kept = sorted(s for window in hall.house.windows for s in hall.hours.stretches(window, wall.date()))
    joined: list[tuple[datetime, datetime]] = []
    for opens, closes in kept:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined


def is_open_day(hall: Hall, day: str) -> bool:
    return bool(open_stretches(hall, datetime.fromisoformat(day)))


def tone_of(complaint: Complaint, at: Instant, rules: ComplaintRules) -> Tone:
    """Yellow when no more than the hall's share of the time is left, red after the limit."""
    if complaint.due_at is None:
        return ""
    left, whole = (
        minutes_between(at, complaint.due_at),
        minutes_between(complaint.step_at, complaint.due_at),
    )
    if left < 0:
        return "late"
    return "soon" if left <= rules.warn_share * whole else "in_time"
