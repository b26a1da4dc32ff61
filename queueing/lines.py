"""How every service stands: how many wait, how long a newcomer would, whether numbers are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queueing.clock import Instant
from queueing.house import Service
from queueing.records import Json
from queueing.store import Desk
from queueing.waits import Place

if TYPE_CHECKING:
    from queueing.hall import Hall


def service_lines(hall: Hall, desk: Desk, at: Instant) -> list[Json]:
    """A row for each service, in the order of the hall's file."""
    line, windows = hall.line(desk, at), desk.windows()
    issued, stopped = desk.issued_numbers(hall.day(at)), hall.plan_in(desk).stopped
    status_of = hall.counter.looking(at, windows)
    rows = []
    for service in hall.house.services:
        status = status_of(service, issued.get(service.prefix))
        place = line.newcomer(service.id)
        shut = status.status == "open" and service.id in stopped
        told = {
            "low": place.low,
            "high": place.high,
            "kept_of_ten": hall.outlook.kept.of_ten,
            "status": "paused" if shut else status.status,
            "opens_at": status.opens_at,
            "closes_at": None,
            "ahead": None,
        }
        if told["status"] == "open":
            told |= ending_late(hall, desk, service, place, at)
        rows.append({"service": service.id, "waiting": line.waiting(service.id)} | told)
    return rows


def ending_late(hall: Hall, desk: Desk, service: Service, place: Place, at: Instant) -> Json:
    """What is told otherwise of a line that gives no more numbers, for it would end after closing."""
    late = hall.closing.stopped(desk, service, place, at)
    return {"status": "ends_late", "ahead": place.ahead, **vars(late)} if late else {}
