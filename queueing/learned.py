"""How long services take: learned once a day from the visits of the last thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from queueing.clock import Instant, business_day
from queueing.plan import Plan
from queueing.store import Desk
from queueing.waits import learned_minutes

LEARN_DAYS = 30


class Learned:
    """What one hall knows of its services; the server asks before a day's first press does."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._times: tuple[str, dict[str, tuple[int, float]]] = ("", {})

    def minutes(self, desk: Desk, at: Instant) -> Callable[[str], float]:
        """Mean minutes per service as they are known on that day."""
        day = business_day(at, self._plan.house.hall.timezone)
        if self._times[0] != day.isoformat():
            since = day - timedelta(days=LEARN_DAYS)
            self._times = (day.isoformat(), desk.service_times(since.isoformat()))
        times = self._times[1]
        return lambda service: learned_minutes(
            self._plan.service(service).minutes, *times.get(service, (0, 0.0))
        )
