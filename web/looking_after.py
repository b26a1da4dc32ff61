"""What the hall does about appointments by itself: reminds, and notices that nobody came."""

from __future__ import annotations

from queueing.clock import Instant
from queueing.hall import ITSELF
from queueing.reminding import remind, unsent
from queueing.store import Desk
from web.context import Built

EVERY_SECONDS = 2.0


def look_after_bookings(built: Built) -> None:
    """Changes are asked for only when there is something to do."""
    hall = built.hall
    at = hall.now()
    if built.store.trouble:
        return
    if built.store.look(lambda desk: is_due(built, desk, at)):
        hall.change(ITSELF, remind)
    if built.store.look(lambda desk: built.appointments.overdue(desk, at)):
        built.appointments.miss_overdue(by=ITSELF)


def is_due(built: Built, desk: Desk, at: Instant) -> bool:
    """Whether anybody has to be reminded."""
    return any(unsent(desk, built.house.bookings, at, built.house.hall.timezone))
