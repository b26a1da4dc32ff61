"""Keeps the twin honest: recent days are played with the people who came, and compared with what was.

What the model gets wrong on every day alike (windows that are there a little less than the log shows, breaks
begun late, services finished late) moves the mean wait. One number makes up for it: the logarithm by which
all work is longer, chosen so that recent days wait in the plays as long as they did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from forecast.courses import Names
from forecast.figures import figures_of, home_in_time, planned
from forecast.learning import Learned
from forecast.logs import Stretch, Visit
from forecast.past import Takes, openings_of
from forecast.playing import play
from forecast.rolls import Lines
from forecast.rosters import Roster
from forecast.scenes import NEVER, Floats, Scene, Staffing, Tickets
from forecast.situations import Situation, TurnFigures

DAYS, PLAYS = 10, 12
STEP, MOST = 0.04, 0.12
"""Logarithms: the first try, and the largest correction."""
HALVED_BY = 3.0
"""With so many days half of the correction counts."""


class Days:
    """Recent days, ready to be played with all work longer or shorter."""

    def __init__(
        self, learned: Learned, days: Mapping[str, Sequence[Visit]], plan: Mapping[str, Sequence[Stretch]],
        takes: Takes, classes: Mapping[str, TurnFigures],
    ) -> None:  # fmt: skip
        self._learned, self._classes = learned, classes
        known = [
            day
            for day in list(days)[-DAYS:]
            if plan.get(day) and any(v.called is not None for v in days[day])
        ]
        self._indices = {day: i for i, day in enumerate(days)}
        self.scenes = [self._scene(day, days[day], plan[day], takes) for day in known]
        self.was = float(np.mean([mean_wait(days[day]) for day in known])) if known else 0.0

    def _scene(self, day: str, visits: Sequence[Visit], plan: Sequence[Stretch], takes: Takes) -> Scene:
        openings = tuple(each for own in openings_of(plan, takes).values() for each in own)
        situation = Situation(day, 0.0, openings=openings, classes=self._classes)
        rng = np.random.default_rng([11, self._indices[day]])
        roster = Roster(situation, self._learned, PLAYS, rng)
        roster.today = np.full((PLAYS, 1), self._learned.durations.of_day(self._indices[day]))
        lines = Lines()
        own = np.array([lines.of(v.service, v.ticket_class) for v in visits], dtype=np.int64)
        names = Names(tuple(lines.index), tuple(roster.windows))
        tickets = tickets_of(visits, own, names, self._learned, rng)
        staffing = home_in_time(roster.staffing(names.lines), *planned(roster))
        return Scene(0.0, tickets, staffing, figures_of(names, situation, self._learned))

    def mean(self, longer: float) -> float:
        """The mean wait of all these days with all work so much longer (a logarithm)."""
        return float(np.mean([mean_played(slower(scene, longer)) for scene in self.scenes]))


def correction(days: Days) -> float:
    """The logarithm by which all work is to be longer; shrunk while few days are known."""
    if not days.scenes or days.was <= 0:
        return 0.0
    low, high = 0.0, STEP if days.mean(0.0) < days.was else -STEP
    one, two = days.mean(low), days.mean(high)
    for _ in range(2):
        slope = (np.log(two + 0.5) - np.log(one + 0.5)) / (high - low) if high != low else 0.0
        if slope <= 0:
            break
        low, one = high, two
        high = float(np.clip(high + (np.log(days.was + 0.5) - np.log(two + 0.5)) / slope, -MOST, MOST))
        two = days.mean(high)
    n = len(days.scenes)
    return high * n / (n + HALVED_BY)


def slower(scene: Scene, longer: float) -> Scene:
    staffing: Staffing = scene.staffing._replace(slowness=scene.staffing.slowness * np.exp(longer))
    return scene._replace(staffing=staffing)


def mean_wait(visits: Sequence[Visit]) -> float:
    return float(np.mean([v.called - v.joined for v in visits if v.called is not None]))


def mean_played(scene: Scene) -> float:
    called = play(scene).called_at
    there = called < NEVER
    return float((called - scene.tickets.appears)[there].mean()) if there.any() else 0.0


def tickets_of(
    visits: Sequence[Visit], line: np.ndarray[tuple[int], np.dtype[np.int64]], names: Names, learned: Learned,
    rng: np.random.Generator,
) -> Tickets:  # fmt: skip
    """The day's people; how long they take is drawn."""
    n = len(visits)
    shape = (PLAYS, n)
    durations = [learned.durations.service(service) for service, _, _ in names.lines]
    level, sigma = (np.array([each[i] for each in durations])[line] for i in (0, 1))
    walk = np.array([learned.walk(ticket_class) for _, ticket_class, _ in names.lines])[line]

    def wide(values: list[float]) -> Floats:
        return np.repeat(np.array([values]), PLAYS, axis=0)

    gone = [v.finished if v.called is None and v.finished is not None else NEVER for v in visits]
    return Tickets(
        line, np.arange(n), np.zeros(n, bool), np.ones(n, bool), wide([v.joined for v in visits]),
        wide([v.line_at for v in visits]), np.exp(level + sigma * rng.standard_normal(shape)),
        np.repeat(walk[None, :], PLAYS, axis=0), rng.random(shape) < learned.absent.value, wide(gone),
    )  # fmt: skip
