"""A log's days under another turn rule: the same people and work, the windows there as the log shows them.

Each day is one `Scene`. A visit's work is what it took, scaled from its clerk's speed to that of whoever
would serve it; who didn't answer doesn't answer, who gave up gives up then. The clerks' speeds, walks and
gaps are learned from the whole log: nothing is foretold here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.attendance import attendance
from forecast.courses import Names
from forecast.demand import Demand
from forecast.figures import figures_of
from forecast.history import USUAL, History, Rules, beginning, days_of, learn_day, plan_of
from forecast.learning import Learned
from forecast.logs import Stretch, Visit
from forecast.other_rules import play_otherwise
from forecast.playing import play
from forecast.reliving import people, staff
from forecast.rosters import Roster
from forecast.scenes import Floats, Scene
from forecast.turn_rules import TurnRule


@dataclass(frozen=True)
class Replay:
    """One day that can be played under any rule."""

    day: str
    visits: tuple[Visit, ...]
    scene: Scene
    classes: tuple[str, ...]
    """(L) of each line."""

    def waits(self, rule: TurnRule) -> Floats:
        """(N) minutes until the call; nan: wasn't called."""
        figures = self.scene.figures._replace(
            head_start=np.array([rule.of(name).head_start for name in self.classes]),
            rate=np.array([rule.of(name).rate for name in self.classes]),
        )
        scene = self.scene._replace(figures=figures)
        called = play(scene).called_at[0] if rule.general else play_otherwise(scene, rule, self.classes)
        return waited(called, self.visits)

    def was(self) -> Floats:
        """(N) what the log says."""
        called = [np.nan if visit.called is None else visit.called for visit in self.visits]
        return waited(np.array(called), self.visits)


def waited(called: Floats, visits: Sequence[Visit]) -> Floats:
    """(N) minutes from joining, or from the slot of who came before it, to the call."""
    since = np.array(
        [visit.joined if visit.slot is None else max(visit.joined, visit.slot) for visit in visits]
    )
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(called), np.maximum(called - since, 0.0), np.nan)


def replays_of(visits: Sequence[Visit], plan: Sequence[Stretch], rules: Rules = USUAL) -> list[Replay]:
    """Every day of the log that the plan knows, ready to be played."""
    own, planned = days_of(visits), plan_of(plan)
    days = [day for day in own if day in planned]
    learned = Learned(rules.minutes)
    for day in days:
        learn_day(learned, own[day], planned[day])
    learned.begin_day()
    services = {visit.service for visit in visits} | {name for stretch in plan for name in stretch.services}
    return [replay_of(own[day], planned[day], learned, rules, sorted(services)) for day in days]


def replay_of(
    visits: Sequence[Visit], plan: Sequence[Stretch], learned: Learned, rules: Rules, services: Sequence[str]
) -> Replay:
    """One day, from what the whole log has taught."""
    takes, day = rules.takes(services), visits[0].day
    history = History(
        learned, Demand(), (), np.zeros(0), tuple(plan), {}, {}, beginning(day, plan, takes, rules), (), takes
    )
    roster = Roster(history.situation, learned, 1, np.random.default_rng(1))
    openings = attendance(history, visits)
    lines = tuple((s, c, "") for s, c in dict.fromkeys((v.service, v.ticket_class) for v in visits))
    names = Names(lines, tuple(dict.fromkeys(each.window for each in openings)))
    tickets = people(history, visits, names, roster, roster.rng)
    figures = figures_of(names, history.situation, learned)
    scene = Scene(0.0, tickets, staff(openings, names, roster), figures)
    return Replay(day, tuple(visits), scene, tuple(name for _, name, _ in lines))
