"""What a hall's past says about its next hours; told in the order of time, and only of the past.

    learned = Learned(prior_minutes)
    learned.begin_day()
    learned.joined(visit) ... learned.over(visit) ...      as it becomes known
    learned.end_day(visits, plan)

`over` is told once a visit has ended or its holder hasn't come; `end_day` once nobody is served any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from forecast.coming import Coming
from forecast.durations import Durations
from forecast.logs import Stretch, Visit
from forecast.presence import PastDay, Presence, Share

PRIOR_ABSENT, PRIOR_ABSENT_WEIGHT = 0.05, 20.0
PRIOR_KEPT, PRIOR_KEPT_WEIGHT = 0.88, 20.0
PRIOR_WALK, PRIOR_GAP, PRIOR_ABSENT_MINUTES, WEIGHT = 0.5, 0.4, 1.5, 10.0
LONGEST_WALK, LONGEST_GAP, LONGEST_ABSENCE = 15.0, 3.0, 10.0
FADES = 0.002
"""By how much a mean follows each further visit once many are known."""


class Mean:
    """A mean that is drawn towards an assumed one while little is known, and follows slow changes."""

    def __init__(self, assumed: float) -> None:
        self.value, self._weight = assumed, WEIGHT

    def add(self, value: float) -> None:
        self._weight += 1
        self.value += max(FADES, 1 / self._weight) * (value - self.value)


class Learned:
    """Service times, walks and gaps, who doesn't come, when windows are there, who is to come."""

    def __init__(self, prior_minutes: Mapping[str, float] | None = None) -> None:
        self.durations = Durations(prior_minutes or {})
        self.presence, self.coming = Presence(), Coming()
        self.kept = Share(PRIOR_KEPT, PRIOR_KEPT_WEIGHT)
        self.absent = Share(PRIOR_ABSENT, PRIOR_ABSENT_WEIGHT)
        self.absent_minutes, self.gap = Mean(PRIOR_ABSENT_MINUTES), Mean(PRIOR_GAP)
        self.walks: dict[str, Mean] = {}
        self.all_walks = Mean(PRIOR_WALK)
        self.days = 0

    def begin_day(self) -> None:
        self.durations.begin_day()

    def joined(self, visit: Visit) -> None:
        self.coming.hear(visit)

    def slot_over(self, kept: bool) -> None:
        """A booked slot has passed: its holder checked in, or didn't."""
        self.kept.add(kept)

    def over(self, visit: Visit) -> None:
        """A visit has ended: served, or its holder didn't come."""
        if visit.called is None:
            return
        self.absent.add(visit.started is None)
        if visit.started is not None and 0 <= visit.started - visit.called < LONGEST_WALK:
            self.all_walks.add(visit.started - visit.called)
            self.walks.setdefault(visit.ticket_class, Mean(self.all_walks.value)).add(
                visit.started - visit.called
            )
        if visit.started is not None and visit.finished is not None:
            self.durations.hear(visit.service, visit.clerk or visit.window, visit.finished - visit.started)

    def walk(self, ticket_class: str) -> float:
        """Minutes from the call to the start, on average."""
        return self.walks.get(ticket_class, self.all_walks).value

    def end_day(self, visits: Sequence[Visit], plan: Sequence[Stretch]) -> None:
        """All of one day, now that it is over."""
        self.coming.end_day()
        self._learn_gaps(visits, plan_services(plan))
        self.presence.learn(visits, plan, self.absent_minutes.value)
        self.days += 1

    def _learn_gaps(self, visits: Sequence[Visit], services: Mapping[str, frozenset[str]]) -> None:
        """Between visits while somebody waits, and how long a no-show keeps a window."""
        day, by_window = PastDay(visits, self.absent_minutes.value), by_windows(visits)
        for window, mine in by_window.items():
            for one, following in pairwise(mine):
                self._learn_gap(day, services.get(window, frozenset()), one, following)

    def _learn_gap(self, day: PastDay, services: frozenset[str], one: Visit, following: Visit) -> None:
        called = following.called or 0.0
        if one.finished is not None:
            if 0 <= called - one.finished < LONGEST_GAP and day.waited_at(services, one.finished):
                self.gap.add(called - one.finished)
            if one.started is None and one.called is not None:
                self.absent_minutes.add(one.finished - one.called)
            return
        kept = called - (one.called or called)
        if one.finished is None and kept < LONGEST_ABSENCE and day.waited_at(services, called - kept):
            self.absent_minutes.add(max(0.0, kept - self.gap.value))


def by_windows(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    """Each window's visits in the order of their calls."""
    found: dict[str, list[Visit]] = {}
    called = [each for each in visits if each.called is not None]
    for visit in sorted(called, key=lambda each: each.called or 0.0):
        found.setdefault(visit.window, []).append(visit)
    return found


def plan_services(plan: Iterable[Stretch]) -> dict[str, frozenset[str]]:
    """All that each window serves in a plan; an empty set: everything."""
    found: dict[str, frozenset[str]] = {}
    for stretch in plan:
        found[stretch.window] = found.get(stretch.window, frozenset()) | set(stretch.services)
    return found
