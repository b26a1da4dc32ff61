"""The day that is to be expected, drawn many times; with `at`, what is known until then is kept.

Drawn are: how many come and who, how fast everything goes today, how long each service takes and each clerk,
who doesn't answer, and when windows are there (`forecast.rosters`). Whoever comes is drawn from those who
came on the days before, with service, class, time and slot together: no shape of a day is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.courses import Course, Names, Waited
from forecast.demand import updated
from forecast.figures import figures_of, home_in_time, planned
from forecast.history import History
from forecast.rolls import Lines, Rolls
from forecast.rosters import Roster
from forecast.scenes import NEVER, Floats, Ints, Scene, Tickets

PLAYS = 200
JITTER, HALF = 4.0, 30.0


@dataclass(frozen=True)
class Drawn:
    """Everybody who comes in any play: in which, whom of the past, and the mark; ordered by play."""

    play: Ints
    who: Ints
    mark: Floats


def expected(history: History, plays: int = PLAYS, seed: int = 1, most: float = 1.0) -> Course:
    """`most`: so many times the people are drawn, for a change that brings more."""
    situation, learned = history.situation, history.learned
    rng = np.random.default_rng([seed, 2])
    rolls = Rolls(situation, learned, plays, rng)
    tickets, mark = people(history, rolls, drawn(history, plays, most, rng))
    roster = Roster(situation, learned, plays, np.random.default_rng([seed, 1]))
    roster.today = roster.today + history.correction
    names = Names(tuple(rolls.lines.index), tuple(roster.windows))
    opens, closes = planned(roster)
    staffing = home_in_time(roster.staffing(names.lines), opens, closes)
    scene = Scene(situation.now, tickets, staffing, figures_of(names, situation, learned))
    return Course(
        situation.day, scene, names, mark, tuple(each.clerk for each in roster.openings for _ in (0, 1)),
        opens, history.plan,
        roster.today, seed, before(history),
    )  # fmt: skip


def before(history: History) -> tuple[Waited, ...]:
    return tuple(
        Waited(v.service, v.ticket_class, v.joined, v.called - v.joined)
        for v in history.over
        if v.called is not None
    )


def drawn(history: History, plays: int, most: float, rng: np.random.Generator) -> Drawn:
    """How many come depends on the day, and on how many have come by now."""
    now, demand = history.situation.now, history.demand
    joined = np.array([visit.joined for visit in history.pool])
    chance = history.weight * (joined > now)
    left = float(chance.sum())
    if not left:
        return Drawn(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    planned = sum(stretch.closes - stretch.opens for stretch in history.plan)
    whole = float(np.exp(demand.expected(history.situation.day, planned)))
    mean, sd = updated(demand.sd, whole * (1 - left), history.came) if now else (0.0, demand.sd)
    counts = rng.poisson(whole * left * most * np.exp(rng.normal(mean, sd, plays)))
    n = int(counts.sum())
    who = rng.choice(len(joined), n, p=chance / left)
    return Drawn(np.repeat(np.arange(plays), counts), who, rng.random(n) * most)


def people(history: History, rolls: Rolls, come: Drawn) -> tuple[Tickets, Floats]:
    """Those who wait already, then those who are to come, in columns of one line each."""
    pool, lines, plays = history.pool, rolls.lines, rolls.plays
    waiting = rolls.waiting()
    for visit in pool:
        every_class(lines, visit.service, history)
    pool_line = np.array([lines.of(v.service, v.ticket_class) for v in pool], dtype=np.int64)
    column, line_of = in_columns(come.play, pool_line[come.who], len(lines.index), plays)
    here = len(waiting.line)
    shape = (plays, here + len(line_of))
    appears, line_at, mark = np.full(shape, NEVER), np.full(shape, NEVER), np.full(shape, 0.5)
    appears[:, :here] = [each.joined for each in history.situation.waiting]
    line_at[:, :here] = waiting.line_at
    joined, place = (np.array([getattr(v, name) for v in pool]) for name in ("joined", "line_at"))
    at = come.play, column + here
    appears[at] = jittered(joined[come.who], rolls.rng)
    line_at[at] = placed(appears[at], joined[come.who], place[come.who])
    mark[at] = come.mark
    line = np.concatenate([np.array(waiting.line, dtype=np.int64), line_of])
    return tickets_of(rolls, line, appears, line_at), mark


def every_class(lines: Lines, service: str, history: History) -> None:
    """A line for each class of the service: a change may bring people into it."""
    for ticket_class in history.situation.classes:
        lines.of(service, ticket_class)


def placed(comes: Floats, joined: Floats, line_at: Floats) -> Floats:
    """The place in line: a slot stays what it was, everybody else stands where they join."""
    return np.where(line_at == joined, comes, line_at)


def jittered(joined: Floats, rng: np.random.Generator) -> Floats:
    """A few minutes earlier or later, but within the same half hour."""
    half = np.floor(joined / HALF) * HALF
    return np.asarray(np.clip(joined + rng.normal(0, JITTER, len(joined)), half, half + HALF - 0.01))


def tickets_of(rolls: Rolls, line: Ints, appears: Floats, line_at: Floats) -> Tickets:
    """Adds how long everybody takes, and who doesn't answer."""
    names, learned, shape, n = list(rolls.lines.index), rolls.learned, appears.shape, len(line)
    durations = [learned.durations.service(service) for service, _, _ in names]
    level, sigma = (np.array([each[i] for each in durations])[line] for i in (0, 1))
    walk = np.array([learned.walk(ticket_class) for _, ticket_class, _ in names])[line]
    return Tickets(
        line, np.arange(n), np.zeros(n, bool), np.ones(n, bool), appears, line_at,
        np.exp(level + sigma * rolls.rng.standard_normal(shape)), walk * rolls.rng.uniform(0.4, 1.6, shape),
        rolls.rng.random(shape) < learned.absent.value, np.full(shape, NEVER),
    )  # fmt: skip


def in_columns(play_of: Ints, line_of: Ints, lines: int, plays: int) -> tuple[Ints, Ints]:
    """The column of each draw and the line of each column, so that every column is of one line."""
    cell = play_of * lines + line_of
    counts = np.bincount(cell, minlength=plays * lines)
    order = np.argsort(cell, kind="stable")
    rank = np.empty(len(cell), dtype=np.int64)
    rank[order] = np.arange(len(cell)) - (np.cumsum(counts) - counts)[cell[order]]
    most = counts.reshape(plays, lines).max(axis=0)
    return (np.cumsum(most) - most)[line_of] + rank, np.repeat(np.arange(lines), most)
