"""The windows of a scene: when each will be there, how slow its clerk is, when what runs will have ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp

import numpy as np

from forecast.durations import SHORTEST, Level
from forecast.learning import Learned
from forecast.rolls import Line
from forecast.scenes import NEVER, Floats, Staffing
from forecast.situations import Opening, Running, Situation

Z = np.linspace(-8.0, 8.0, 3201)
ABOVE = np.array([0.5 * erfc(z / 2**0.5) for z in Z])
"""The normal distribution's upper tail at Z, for drawing from what lies beyond a value."""


@dataclass
class Roster:
    """The openings of a scene in the engine's order, and the draws that its windows share."""

    situation: Situation
    learned: Learned
    plays: int
    rng: np.random.Generator

    def __post_init__(self) -> None:
        self.openings = sorted(self.situation.openings, key=lambda each: (each.window, each.opens))
        self.windows = list(dict.fromkeys(each.window for each in self.openings))
        running = [
            (r.service, r.clerk, self._minutes(r)) for r in self.situation.running if r.started is not None
        ]
        today = self.learned.durations.today(running)
        self.today = today.mean + today.sd * self.rng.standard_normal((self.plays, 1))
        self._clerks: dict[str, Floats] = {}

    def _minutes(self, running: Running) -> float:
        return self.situation.now - (running.called if running.started is None else running.started)

    def clerk(self, name: str) -> Floats:
        """(P, 1) the logarithm of a clerk's slowness, drawn once for all that it does."""
        if name not in self._clerks:
            level: Level = self.learned.durations.clerk(name)
            self._clerks[name] = level.mean + level.sd * self.rng.standard_normal((self.plays, 1))
        return self._clerks[name]

    def staffing(self, lines: Sequence[Line]) -> Staffing:
        """Two stretches for each opening: until a closure that nobody planned, and after it."""
        n = len(self.openings)
        opens, closes = self._opens(), self._closes()
        gone = np.maximum(opens, self.situation.now) + self._until_closed((self.plays, n))
        gone = np.minimum(gone, closes)
        back = gone + self.learned.presence.closed.left(0.0, (self.plays, n), self.rng)
        index = {window: i for i, window in enumerate(self.windows)}
        slow = np.exp(self.today + np.concatenate([self.clerk(each.clerk) for each in self.openings], axis=1))
        return Staffing(
            np.repeat([index[each.window] for each in self.openings], 2),
            braided(opens, np.minimum(back, closes)), braided(gone, closes), np.repeat(slow, 2, axis=1),
            np.repeat(takes_of(self.openings, lines), 2, axis=0), self._busy_until(),
        )  # fmt: skip

    def _until_closed(self, shape: tuple[int, int]) -> Floats:
        return np.asarray(self.rng.exponential(60 / self.learned.presence.closures_an_hour, shape))

    def _opens(self) -> Floats:
        """(P, K) from when each opening calls."""
        planned = np.array([each.opens for each in self.openings])
        latest = np.array([max(each.closes, self.situation.now) for each in self.openings])
        late = np.stack([planned + self._lateness(rest) for rest in (False, True)])
        after = np.array([each.after_break for each in self.openings], dtype=int)
        opens = late[after, :, np.arange(len(planned))].T
        for k, each in enumerate(self.openings):
            if each.opens <= self.situation.now:
                opens[:, k] = self._current(each)
        return np.asarray(np.minimum(np.maximum(planned, opens), np.maximum(latest, planned)))

    def _lateness(self, rest: bool) -> Floats:
        """(P, K) by how much openings to come will be late."""
        shape = (self.plays, len(self.openings))
        late = self.rng.random(shape) < self.learned.presence.late[rest].value
        return np.asarray(late * self.learned.presence.lateness[rest].left(0.0, shape, self.rng))

    def _current(self, opening: Opening) -> Floats | float:
        """(P) from when an opening that should have begun calls."""
        now, presence = self.situation.now, self.learned.presence
        away = self.situation.away.get(opening.window)
        lateness = presence.lateness[opening.after_break]
        if away is not None and away.until is not None and away.until > now:
            return away.until
        if away is not None:
            lengths = lateness if away.late else presence.closed
            return np.asarray(now + lengths.left(now - away.since, self.plays, self.rng))
        if opening.window not in self.situation.silent:
            return 0.0
        share, so_far = presence.late[opening.after_break].value, now - opening.opens
        still = share * lateness.beyond(so_far)[1]
        late = self.rng.random(self.plays) < still / (1 - share + still)
        return np.asarray(np.where(late, now + lateness.left(so_far, self.plays, self.rng), 0.0))

    def _closes(self) -> Floats:
        """(P, K) until when each opening calls: past its end if people wait and the clerk stays."""
        n, now, presence = len(self.openings), self.situation.now, self.learned.presence
        called = {each.window: each.called for each in self.situation.running}
        closes = np.array([each.closes for each in self.openings])
        leaves = np.array([presence.leaves[each.to_break].value for each in self.openings])
        went_on = [
            each.closes <= now and called.get(each.window, each.closes) >= each.closes
            for each in self.openings
        ]
        stays = self.rng.random((self.plays, n)) >= np.where(went_on, 0.0, leaves)
        over = self.rng.exponential(presence.minutes_over, (self.plays, n))
        closes = np.where(stays, np.maximum(closes, np.where(went_on, now, 0.0)) + over, closes)
        return np.asarray(np.minimum(closes, self._next_opens()))

    def _next_opens(self) -> Floats:
        following = [*self.openings[1:], None]
        return np.array([
            b.opens if b is not None and b.window == a.window else NEVER
            for a, b in zip(self.openings, following, strict=True)
        ])  # fmt: skip

    def _busy_until(self) -> Floats:
        """(P, W) when what runs will have ended; a window that is free has been so for long."""
        busy = np.zeros((self.plays, len(self.windows)))
        index = {window: i for i, window in enumerate(self.windows)}
        for begun in (True, False):
            runs = [
                r for r in self.situation.running if r.window in index and (r.started is not None) == begun
            ]
            if runs:
                left = self._left(runs) if begun else self._before_start(runs)
                at = self.situation.now + left + self.learned.gap.value
                busy[:, [index[each.window] for each in runs]] = at
        return busy

    def _expected(self, runs: Sequence[Running]) -> tuple[Floats, Floats]:
        """(P, R) means and (R) spreads of the logarithms of these visits."""
        known = np.array([self.learned.durations.service(each.service) for each in runs])
        clerks = np.concatenate([self.clerk(each.clerk) for each in runs], axis=1)
        return known[:, 0] + self.today + clerks, known[:, 1]

    def _left(self, runs: Sequence[Running]) -> Floats:
        """(P, R) minutes that visits still take, given how long they have taken."""
        mean, sigma = self._expected(runs)
        return beyond(mean, sigma, np.array([self._minutes(each) for each in runs]), self.rng)

    def _before_start(self, runs: Sequence[Running]) -> Floats:
        """(P, R) the same for those called whose holders are still on their way, or won't come."""
        mean, sigma = self._expected(runs)
        so_far = np.array([self._minutes(each) for each in runs])
        walk = np.array([self.learned.walk(each.ticket_class) for each in runs])
        took = np.exp(mean + sigma * self.rng.standard_normal(mean.shape))
        present = np.maximum(walk - so_far, 0.1) + took
        absent = np.maximum(self.learned.absent_minutes.value - so_far, 0.1)
        lost = [self._absent(float(minutes), float(most)) for minutes, most in zip(so_far, walk, strict=True)]
        return np.asarray(np.where(self.rng.random(mean.shape) < lost, absent, present))

    def _absent(self, so_far: float, walk: float) -> float:
        """How likely it is that somebody who hasn't come for so long won't."""
        share = self.learned.absent.value
        still = exp(-max(0.0, so_far - walk) / max(0.2, walk / 2))
        return share / (share + (1 - share) * still)


def beyond(mean: Floats, sigma: Floats, so_far: Floats, rng: np.random.Generator) -> Floats:
    """Draws what is left of lognormal times of which so many minutes are over."""
    least = (np.log(np.maximum(so_far, SHORTEST)) - mean) / sigma
    tail = np.interp(least, Z, ABOVE) * rng.random(mean.shape)
    drawn = np.interp(-tail, -ABOVE, Z)
    return np.asarray(np.maximum(np.exp(mean + sigma * drawn) - so_far, 0.05))


def braided(first: Floats, second: Floats) -> Floats:
    """(P, 2K) the columns of both by turns."""
    return np.stack([first, second], axis=2).reshape(len(first), -1)


def takes_of(openings: Sequence[Opening], lines: Sequence[Line]) -> Floats:
    """(K, L) each opening's reluctance for each line."""
    known: dict[int, Floats] = {}
    rows = []
    for each in openings:
        if id(each.takes) not in known:
            known[id(each.takes)] = np.array([each.takes.get(service, NEVER) for service, _, _ in lines])
        rows.append(known[id(each.takes)])
    takes = np.array(rows, dtype=float).reshape(len(openings), len(lines))
    for line, (_, _, window) in enumerate(lines):
        if window:
            takes[:, line] = [0.0 if each.window == window else NEVER for each in openings]
    return takes
