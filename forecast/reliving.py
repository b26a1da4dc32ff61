"""A past day as it was, ready to be played with changes: its own people and their own work.

What the log doesn't tell is drawn: how long those would have taken who didn't come or weren't called, and how
fast a clerk would have been with somebody else's visit. Windows are there when the log shows them: a stretch
begins with its first call when somebody waited for it, has holes where the window was silent while somebody
waited, and goes on after its end as long as the window did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecast.courses import Course, Names
from forecast.figures import figures_of
from forecast.history import History
from forecast.logs import Stretch, Visit
from forecast.presence import NO_CALLS, SILENT, Calls, PastDay, neighbours
from forecast.rolls import Lines
from forecast.rosters import Roster, takes_of
from forecast.scenes import NEVER, Floats, Scene, Staffing, Tickets
from forecast.situations import Opening

STAYED = 120.0
"""Minutes after its planned end in which a window that had gone on would have gone on."""

Part = tuple[float, float]


def relived(history: History, visits: Sequence[Visit], plays: int, seed: int) -> Course:
    """The whole day; `visits` are its own."""
    situation = replace(history.situation, now=0.0, waiting=(), running=(), away={}, silent=frozenset())
    rng = np.random.default_rng([seed, 5])
    roster = Roster(situation, history.learned, plays, rng)
    roster.today = np.zeros((plays, 1))
    lines = Lines()
    for visit in visits:
        for ticket_class in (*situation.classes, visit.ticket_class):
            lines.of(visit.service, ticket_class)
    openings = openings_as_they_were(history, visits, history.learned.absent_minutes.value)
    windows = list(dict.fromkeys(each.window for each in openings))
    names = Names(tuple(lines.index), tuple(windows))
    tickets = people(history, visits, names, roster, rng)
    staffing = staff(openings, names, roster)
    scene = Scene(0.0, tickets, staffing, figures_of(names, situation, history.learned))
    return Course(
        situation.day, scene, names, rng.random(tickets.appears.shape), tuple(o.clerk for o in openings),
        np.array([each.opens for each in openings]), history.plan, roster.today, seed,
    )  # fmt: skip


def people(
    history: History, visits: Sequence[Visit], names: Names, roster: Roster, rng: np.random.Generator
) -> Tickets:
    """(P, N) everybody as they came, the same in every play but for what nobody saw."""
    shape = (roster.plays, len(visits))
    index = {line: i for i, line in enumerate(names.lines)}

    def wide(values: Sequence[float]) -> Floats:
        return np.asarray(np.broadcast_to(np.array(values, dtype=float), shape)).copy()

    work = np.stack([work_of(visit, roster, rng) for visit in visits], axis=1)
    walks = [
        v.started - v.called if v.started is not None and v.called is not None
        else history.learned.walk(v.ticket_class) for v in visits
    ]  # fmt: skip
    absent = np.array([v.called is not None and v.started is None for v in visits])
    gone = [left_at(visit) for visit in visits]
    n = shape[1]
    return Tickets(
        np.array([index[v.service, v.ticket_class, ""] for v in visits], dtype=np.int64),
        np.arange(n), np.zeros(n, bool), np.ones(n, bool), wide([v.joined for v in visits]),
        wide([v.line_at for v in visits]), work, wide(walks), np.broadcast_to(absent, shape).copy(),
        wide(gone),
    )  # fmt: skip


def left_at(visit: Visit) -> float:
    """Whoever gave up did so when the log says, whoever called meanwhile."""
    return visit.finished if visit.called is None and visit.finished is not None else NEVER


def work_of(visit: Visit, roster: Roster, rng: np.random.Generator) -> Floats:
    """(P) minutes with a clerk of average speed: as seen, or as is usual."""
    if visit.started is not None and visit.finished is not None:
        seen = max(visit.finished - visit.started, 0.05)
        return np.asarray(seen / np.exp(roster.clerk(visit.clerk or visit.window)[:, 0]))
    level, sigma = roster.learned.durations.service(visit.service)
    return np.asarray(np.exp(level + sigma * rng.standard_normal(roster.plays)))


def staff(openings: Sequence[Opening], names: Names, roster: Roster) -> Staffing:
    """The same in every play, but for how fast each clerk is."""
    opens, closes = (np.array([[getattr(o, name) for o in openings]]) for name in ("opens", "closes"))
    slow = [np.exp(roster.clerk(each.clerk)) for each in openings]
    return Staffing(
        np.array([names.windows.index(each.window) for each in openings], dtype=np.int64),
        np.repeat(opens, roster.plays, axis=0), np.repeat(closes, roster.plays, axis=0),
        np.concatenate(slow, axis=1), takes_of(openings, names.lines),
        np.zeros((roster.plays, len(names.windows))),
    )  # fmt: skip


def openings_as_they_were(history: History, visits: Sequence[Visit], absent_minutes: float) -> list[Opening]:
    """By window and time; a window that called nobody all day wasn't there."""
    day = PastDay(visits, absent_minutes)
    by_window: dict[str, list[Stretch]] = {}
    for stretch in history.plan:
        by_window.setdefault(stretch.window, []).append(stretch)
    found = []
    for window, own in sorted(by_window.items()):
        for _, stretch, after in neighbours(own):
            calls = day.calls.get(window, NO_CALLS)
            until = after.opens if after is not None else NEVER
            for opens, closes in parts_of(stretch, calls, until, day):
                takes = history.takes(stretch) if history.takes else {}
                found.append(Opening(window, stretch.clerk or window, takes, opens, closes))
    return found


def parts_of(stretch: Stretch, calls: Calls, until: float, day: PastDay) -> list[Part]:
    """From when to when the window was there in this stretch."""
    services = frozenset(stretch.services)
    mine = calls.between(stretch.opens, until)
    begins, found = stretch.opens, []
    free = max(stretch.opens, calls.busy_at(stretch.opens))
    for called, done in zip(mine.called, mine.free, strict=True):
        since = day.somebody_waits(services, free, called)
        if since is not None and called - since > SILENT:
            found.append((begins, max(begins, since)))
            begins = called
        free = done
    ends = end_of(stretch, free, services, until, day)
    return [(a, b) for a, b in [*found, (begins, ends)] if b > a]


def end_of(stretch: Stretch, free: float, services: frozenset[str], until: float, day: PastDay) -> float:
    """When the window called for the last time, or would have."""
    last = max(free, stretch.opens)
    since = day.somebody_waits(services, last, min(until, stretch.closes + STAYED))
    if last > stretch.closes:
        return min(until, stretch.closes + STAYED) if since is None or since - last > SILENT else last
    gone = since is not None and since < stretch.closes and stretch.closes - since > SILENT
    return since if gone and since is not None else stretch.closes
