"""How long everybody will wait: a situation played forward many times with what was learned.

    told = foresee(situation, learned, plays=60, seed=1, newcomers=[("passport", "walk_in")])
    told.tickets["key"], told.newcomers["passport", "walk_in"]      each a Told, minutes from now

`watch` names the tickets that are asked for (None: all who wait); a play ends once they have been called.
A twin takes `scene_of(..., everybody=True, until=...)`: all classes of arrivals are drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np

from forecast.learning import Learned
from forecast.playing import play
from forecast.rolls import Columns, Lines, Rolls, in_order, overtaking
from forecast.rosters import Roster
from forecast.scenes import Figures, Floats, Scene
from forecast.situations import Situation

HORIZON = 150.0
"""Arrivals are drawn for so many minutes ahead at most."""

CERTAIN_HORIZON, OVER_MEAN = 25.0, 3.0
"""At least for so many, and for so many times the work that waits, shared by all windows."""

LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Told:
    """Quantiles of the wait, minutes from now, raw: not yet widened. None: not within the known openings."""

    median: float | None
    low: float | None
    high: float | None


UNASKED = Told(None, None, None)


@dataclass(frozen=True)
class Forecast:
    """What the plays came to."""

    tickets: dict[str, Told]
    newcomers: dict[tuple[str, str], Told]


@dataclass(frozen=True)
class Drawn:
    """A scene, and who stands in its columns: first those who wait, then the newcomers asked for."""

    scene: Scene
    tickets: list[str]
    newcomers: list[tuple[str, str]]
    services: list[str]
    """(N) the service of every column."""
    classes: list[str]
    """(N)"""


def foresee(
    situation: Situation, learned: Learned, *, plays: int = 60, seed: int = 0,
    watch: Collection[str] | None = None, newcomers: Sequence[tuple[str, str]] = (),
) -> Forecast:  # fmt: skip
    """The waits of those who are watched and of newcomers; not known while no window has any hours left."""
    if not situation.openings:
        waiting = [each.ticket for each in situation.waiting if watch is None or each.ticket in watch]
        return Forecast(dict.fromkeys(waiting, UNASKED), dict.fromkeys(newcomers, UNASKED))
    drawn = scene_of(situation, learned, plays, np.random.default_rng(seed), watch=watch, newcomers=newcomers)
    waits = play(drawn.scene).called_at - situation.now
    watched = drawn.scene.tickets.watched
    told = [told_of(waits[:, i]) if watched[i] else UNASKED for i in range(len(drawn.tickets))]
    new = range(len(drawn.tickets), len(drawn.tickets) + len(drawn.newcomers))
    wanted = {
        key: each for key, each in zip(drawn.tickets, told, strict=False) if watch is None or key in watch
    }
    return Forecast(wanted, {key: told_of(waits[:, i]) for key, i in zip(drawn.newcomers, new, strict=True)})


def told_of(waits: Floats) -> Told:
    """Quantiles over the plays."""
    ordered = np.sort(waits)
    return Told(*(quantile(ordered, share) for share in (0.5, LOW, HIGH)))


def quantile(ordered: Floats, share: float) -> float | None:
    """Between the two nearest of them; None if one of these never comes."""
    at = share * (len(ordered) - 1)
    one, other = float(ordered[int(at)]), float(ordered[int(np.ceil(at))])
    return None if other == np.inf else max(0.0, one + (at - int(at)) * (other - one))


def scene_of(
    situation: Situation, learned: Learned, plays: int, rng: np.random.Generator, *,
    watch: Collection[str] | None = None, newcomers: Sequence[tuple[str, str]] = (),
    everybody: bool = False, until: float | None = None,
) -> Drawn:  # fmt: skip
    """Draws what may come; `everybody`: also arrivals who can't be called before any who wait already."""
    situation = replace(situation, waiting=in_order(situation.waiting))
    rolls = Rolls(situation, learned, plays, rng)
    parts = [rolls.waiting(), rolls.newcomers(newcomers)]
    until = situation.now + horizon(situation, learned) if until is None else until
    parts += to_come(rolls, until, until if everybody else latest_slot(situation, watch))
    tickets = rolls.tickets(parts, watch)
    roster = Roster(situation, learned, plays, rng)
    scene = Scene(
        situation.now,
        tickets,
        roster.staffing(list(rolls.lines.index)),
        figures(rolls.lines, situation, learned),
    )
    return Drawn(
        scene, [each.ticket for each in situation.waiting], list(newcomers),
        [name for part in parts for name in part.service],
        [name for part in parts for name in part.ticket_class],
    )  # fmt: skip


def horizon(situation: Situation, learned: Learned) -> float:
    """For how many minutes who comes may matter to those who wait now."""
    counts = Counter(each.service for each in situation.waiting)
    today = exp(learned.durations.today().mean)
    work = sum(n * learned.durations.usual_minutes(name) for name, n in counts.items()) * today
    windows = len({each.window for each in situation.openings if each.opens <= situation.now})
    soonest = min((each.opens for each in situation.openings), default=situation.now)
    ahead = max(0.0, soonest - situation.now) + OVER_MEAN * work / max(1, windows)
    return min(HORIZON, CERTAIN_HORIZON + ahead)


def latest_slot(situation: Situation, watch: Collection[str] | None) -> float:
    """Until when even the slowest class may overtake: an appointment has no claim before its slot."""
    asked = [each.line_at for each in situation.waiting if watch is None or each.ticket in watch]
    return max(asked, default=situation.now)


def to_come(rolls: Rolls, until: float, everybody_until: float) -> list[Columns]:
    """Arrivals that matter, until then; of classes that overtake nobody, until their own time."""
    situation = rolls.situation
    known = [name for name in rolls.learned.coming.classes_seen() if name in situation.classes]
    fast = overtaking(dict(situation.classes))
    ends = {name: until if name in fast else min(until, everybody_until) for name in known}
    parts = []
    if situation.booked is not None:
        ends.pop("appointment", None)
        parts.append(rolls.booked([each for each in situation.booked if each.slot < until]))
    return parts + [rolls.coming(name, end) for name, end in ends.items() if end > situation.now]


def figures(lines: Lines, situation: Situation, learned: Learned) -> Figures:
    """The turn rule's figures for the lines; a class that isn't known counts as the first one."""
    first = next(iter(situation.classes.values()))
    rules = [situation.classes.get(name, first) for _, name, _ in lines.index]
    return Figures(
        np.array([each.head_start for each in rules], dtype=float),
        np.array([each.rate for each in rules], dtype=float),
        learned.absent_minutes.value, learned.gap.value,
    )  # fmt: skip
