"""A past day relived: at each instant the situation as it could be known then, out of a log and a plan.

Of what came later nothing is used: a visit's start, end and outcome count once they are over. Whether a
window is there is inferred: one that is free and silent although somebody waits whom it serves is away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from forecast.learning import Learned
from forecast.logs import Stretch, Visit
from forecast.presence import REST, neighbours
from forecast.situations import CLASSES, Away, Opening, Running, Situation, TurnFigures, Waiting

SILENT = 1.0
"""Minutes that somebody must have waited beside a free window before it counts as away."""

GIVEN_UP = 3
"""After so many from further back in its line were called before it, a ticket counts as gone."""

STILL_THERE = 5.0
"""A window past its planned end that has been idle for longer is done."""

SURELY_AWAY, SURELY_OVER = 5.0, 60.0
"""Minutes after which somebody called isn't coming, and a service without an end has ended."""

CALLED = ("called", "called at once")

Takes = Callable[[Stretch], Mapping[str, float]]


@dataclass(frozen=True)
class Event:
    """Something that happened to a visit: it joined, was called, or was over."""

    at: float
    kind: str
    visit: int


def event_times(visits: Sequence[Visit]) -> list[Event]:
    """All that became known in the order of time; within an instant over, called, joined, called at once."""
    events = []
    for i, visit in enumerate(visits):
        events.append(Event(visit.joined, "joined", i))
        if visit.called is not None:
            called = "called" if visit.called > visit.joined else "called at once"
            events += [Event(max(visit.called, visit.joined), called, i), Event(over_at(visit), "over", i)]
        elif visit.finished is not None:
            events.append(Event(max(visit.finished, visit.joined), "left", i))
    order = ("over", "called", "left", "joined", "called at once")
    events.sort(key=lambda each: (each.at, order.index(each.kind), each.visit))
    return events


def over_at(visit: Visit) -> float:
    """When it is known what became of a visit that was called, also if no end was written down."""
    called = visit.called or 0.0
    if visit.finished is not None:
        return max(visit.finished, called)
    return called + SURELY_AWAY if visit.started is None else max(called, visit.started) + SURELY_OVER


class PastDay:
    """The hall of one day, moved forward by `happens`; tickets go by their place in `visits`."""

    def __init__(
        self, day: str, visits: Sequence[Visit], plan: Sequence[Stretch], takes: Takes, learned: Learned,
        classes: Mapping[str, TurnFigures] = CLASSES,
    ) -> None:  # fmt: skip
        self.day, self.visits, self.learned, self.classes = day, visits, learned, classes
        self.waiting: dict[int, Waiting] = {}
        self.last: dict[str, Visit] = {}
        self._openings = openings_of(plan, takes)
        self._usual = {window: each[0] for window, each in self._openings.items()}
        self._served: dict[str, dict[str, float]] = {}

    def happens(self, event: Event) -> None:
        visit = self.visits[event.visit]
        if event.kind == "joined":
            self.waiting[event.visit] = Waiting(
                str(event.visit), visit.service, visit.ticket_class, visit.joined, visit.line_at, event.visit
            )
            return
        ticket = self.waiting.pop(event.visit, None)
        if event.kind in CALLED:
            self._skip_those_before(ticket)
            self.last[visit.window] = visit
            self._served.setdefault(visit.window, {})[visit.service] = 0.0

    def _skip_those_before(self, called: Waiting | None) -> None:
        """Those of its own line who stand before the one that was called have been passed over."""
        if called is None:
            return
        for i, each in self.waiting.items():
            same = each.service == called.service and each.ticket_class == called.ticket_class
            if same and (each.line_at, i) < (called.line_at, called.tie):
                self.waiting[i] = replace(each, skipped=each.skipped + 1)

    def planned(self, service: str, now: float) -> int:
        """How many windows should be open for a service."""
        return sum(
            any(each.opens <= now < each.closes and service in each.takes for each in mine)
            for mine in self._openings.values()
        )

    def situation(self, now: float, asked: int | None = None) -> Situation:
        """What is known at that instant; the ticket that is asked for is always among those who wait."""
        there = {i: each for i, each in self.waiting.items() if each.skipped < GIVEN_UP or i == asked}
        running = tuple(each for each in map(self._running, self.last.values()) if each.called <= now)
        return self._seen(now, there, tuple(each for each in running if self._still_runs(each, now)))

    def _seen(self, now: float, there: Mapping[int, Waiting], running: tuple[Running, ...]) -> Situation:
        busy = {each.window: each for each in running}
        known = [self._known(each, now) for each in running]
        since = waits_since(there.values(), now)
        openings: list[Opening] = []
        away: dict[str, Away] = {}
        silent: set[str] = set()
        for window in self._openings.keys() | busy.keys():
            mine, current = self._of(window, now, busy.get(window), since)
            openings += mine
            if current is not None and window not in busy:
                self._look(window, current, now, since, away, silent)
        return Situation(
            self.day, now, tuple(there.values()), tuple(known), tuple(openings), away, frozenset(silent),
            None, self.classes,
        )  # fmt: skip

    def _running(self, visit: Visit) -> Running:
        return Running(
            visit.window, visit.clerk or visit.window, visit.service, visit.ticket_class, visit.called or 0.0,
            visit.started,
        )  # fmt: skip

    def _still_runs(self, running: Running, now: float) -> bool:
        return self._free_since(running.window, now) is None

    def _known(self, running: Running, now: float) -> Running:
        started = running.started
        return replace(running, started=started if started is not None and started <= now else None)

    def _free_since(self, window: str, now: float) -> float | None:
        """Since when the window has been free; None: it is busy; -1: it hasn't called anybody."""
        last = self.last.get(window)
        if last is None:
            return -1.0
        if last.finished is not None and last.finished <= now:
            return max(last.finished, last.called or 0.0)
        if last.started is not None and last.started <= now:
            return None if last.finished is not None else self._without_end(last, now)
        kept = self.learned.absent_minutes.value
        slow = 4 * self.learned.walk(last.ticket_class) + 1.0
        if now - (last.called or 0.0) > max(2 * kept, slow):
            return (last.called or 0.0) + kept
        return None

    def _without_end(self, last: Visit, now: float) -> float | None:
        """A service of which no end was ever written down counts as over after a while."""
        started = last.started or 0.0
        return started + SURELY_OVER if now - started > SURELY_OVER else None

    def _of(
        self, window: str, now: float, running: Running | None, since: Mapping[str, float]
    ) -> tuple[list[Opening], Opening | None]:
        """The window's openings that still matter, and the one that is planned for now."""
        planned = self._openings.get(window, [])
        mine = [each for each in planned if each.closes > now]
        current = mine[0] if mine and mine[0].opens <= now else None
        if current is None:
            ended = [each for each in planned if each.closes <= now]
            mine = self._going_on(window, now, running, ended[-1] if ended else None, since) + mine
        return mine, current

    def _going_on(
        self,
        window: str,
        now: float,
        running: Running | None,
        ended: Opening | None,
        since: Mapping[str, float],
    ) -> list[Opening]:
        """An opening past its planned end, or outside the plan, if the window seems to be there."""
        last = self.last.get(window)
        if last is None or last.called is None:
            return []
        if ended is None or last.called - ended.closes > 180:
            takes = self._usual[window].takes if window in self._usual else self._served[window]
            ended = Opening(window, last.clerk or window, takes, last.called, last.called)
        if running is not None:
            return [ended]
        free = now - (self._free_since(window, now) or now)
        wanted = min((since.get(service, now) for service in ended.takes), default=now)
        there = last.called >= ended.closes and free < STILL_THERE and min(free, now - wanted) < SILENT
        return [ended] if there else []

    def _look(
        self, window: str, current: Opening, now: float, since: Mapping[str, float], away: dict[str, Away],
        silent: set[str],
    ) -> None:  # fmt: skip
        """Whether a free window of the plan is away, or hasn't been heard of yet."""
        free = self._free_since(window, now)
        base = max(current.opens, -1.0 if free is None else free)
        last = self.last.get(window)
        late = last is None or (last.called or 0.0) < current.opens
        wanted = min((since.get(service, now) for service in current.takes), default=now)
        if now - max(base, wanted) > SILENT + self.learned.gap.value:
            away[window] = Away(base if late else max(base, wanted - 1.0), late)
        elif late:
            silent.add(window)


def waits_since(waiting: Iterable[Waiting], now: float) -> dict[str, float]:
    """For each service, since when somebody has waited whose turn wasn't passed over."""
    since: dict[str, float] = {}
    for each in waiting:
        if not each.skipped:
            start = max(each.joined, each.line_at, each.not_before)
            since[each.service] = min(start, since.get(each.service, now))
    return since


def openings_of(plan: Sequence[Stretch], takes: Takes) -> dict[str, list[Opening]]:
    """Each window's openings of the day; stretches that touch are one, what overlaps is cut."""
    by_window: dict[str, list[Stretch]] = {}
    for stretch in sorted(plan, key=lambda each: each.opens):
        mine = by_window.setdefault(stretch.window, [])
        if mine and stretch.opens < mine[-1].closes:
            stretch = replace(stretch, opens=mine[-1].closes)
        if stretch.opens < stretch.closes:
            mine.append(stretch)
    return {
        window: [opening_of(*each, takes) for each in neighbours(mine)] for window, mine in by_window.items()
    }


def opening_of(before: Stretch | None, stretch: Stretch, after: Stretch | None, takes: Takes) -> Opening:
    rested = before is not None and stretch.opens - before.closes < REST
    rests = after is not None and after.opens - stretch.closes < REST
    return Opening(
        stretch.window, stretch.clerk or stretch.window, takes(stretch), stretch.opens, stretch.closes,
        rested, rests,
    )  # fmt: skip
