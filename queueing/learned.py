"""How long services take: learned once a day from the visits of the last thirty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from queueing.clock import Instant, business_day
from queueing.plan import Plan
from queueing.store import Desk
from queueing.waits import learned_minutes

LEARN_DAYS = 30


class Means:
    """Mean minutes per service, from how many were finished and their minutes together."""

    def __init__(self, plan: Plan, times: Mapping[str, tuple[int, float]]) -> None:
        self._plan, self._times = plan, times
        self._known: dict[str, float] = {}

    def of(self, service: str) -> float:
        known = self._known.get(service)
        if known is None:
            count, total = self._times.get(service, (0, 0.0))
            self._known[service] = known = learned_minutes(self._plan.service(service).minutes, count, total)
        return known


class Learned:
    """What one hall knows of its services; the server asks before a day's first press does."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: tuple[date, Means] = (date.min, Means(plan, {}))

    def minutes(self, desk: Desk, at: Instant) -> Callable[[str], float]:
        """Mean minutes per service as they are known on that day."""
        day, (of, means) = business_day(at, self._plan.house.hall.timezone), self._known
        if of != day:
            since = day - timedelta(days=LEARN_DAYS)
            means = Means(self._plan, desk.service_times(since.isoformat()))
            self._known = day, means
        return means.of
