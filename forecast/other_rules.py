"""Rules that aren't ours, played plainly to compare: a fixed ratio, and strict priority with a longest wait.

The same hall as in `forecast.playing`, event by event in plain Python: only who is called next differs.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

import numpy as np

from forecast.scenes import NEVER, Floats, Scene
from forecast.turn_rules import FIRST, TurnRule

COMES, READY = 0, 1
Place = tuple[float, int, int]
"""`line_at`, `tie` and index of somebody in a line."""


def play_otherwise(scene: Scene, rule: TurnRule, classes: Sequence[str]) -> Floats:
    """(N) when everybody is called in the scene's first play; `classes` (L) of each line."""
    return PlainHall(scene, rule, [name == FIRST for name in classes]).played()


class PlainHall:
    """One play as it stands."""

    def __init__(self, scene: Scene, rule: TurnRule, walk_in: Sequence[bool]) -> None:
        self.scene, self.rule, self.walk_in = scene, rule, walk_in
        staffing = scene.staffing
        self.opens, self.closes = staffing.opens[0].tolist(), staffing.closes[0].tolist()
        self.takes, self.leaves = staffing.takes.tolist(), scene.tickets.leaves[0].tolist()
        self.lines: list[list[Place]] = [[] for _ in walk_in]
        self.called = np.full(len(scene.tickets.line), NEVER)
        self.stretches: dict[int, list[int]] = {}
        for k, window in enumerate(staffing.window):
            self.stretches.setdefault(int(window), []).append(k)
        self.free = dict.fromkeys(self.stretches, 0.0)
        self.idle: dict[int, float] = {}
        self.turn = dict.fromkeys(self.stretches, 0)
        coming = [(float(at), COMES, i) for i, at in enumerate(scene.tickets.appears[0]) if at < NEVER]
        self.events = coming + [(0.0, READY, window) for window in self.stretches]
        heapify(self.events)

    def played(self) -> Floats:
        while self.events:
            at, kind, who = heappop(self.events)
            if kind == COMES:
                self.come(who, at)
            elif self.free[who] <= at:
                self.idle.pop(who, None)
                self.call(who, at)
        return self.called

    def come(self, i: int, at: float) -> None:
        tickets = self.scene.tickets
        insort(self.lines[tickets.line[i]], (float(tickets.line_at[0, i]), int(tickets.tie[i]), i))
        there = [(self.reluctance(w, int(tickets.line[i]), at), since, w) for w, since in self.idle.items()]
        taking = [each for each in there if each[0] < NEVER]
        if taking:
            self.call(min(taking)[2], at)

    def reluctance(self, window: int, line: int, at: float) -> float:
        k = self.stretch(window, at)
        return NEVER if k is None else self.takes[k][line]

    def stretch(self, window: int, at: float) -> int | None:
        """The one that the window is in."""
        return next((k for k in self.stretches[window] if self.opens[k] <= at < self.closes[k]), None)

    def call(self, window: int, at: float) -> None:
        """Calls whose turn it is; with nobody there, or closed, it may be woken again when it next opens."""
        k = self.stretch(window, at)
        line = None if k is None else self.next_line(window, k, at)
        if k is None or line is None:
            if k is not None:
                self.idle.setdefault(window, at)
            self.wake_later(window, at)
            return
        self.idle.pop(window, None)
        _, _, i = self.lines[line].pop(0)
        self.called[i] = at
        self.free[window] = at + self.minutes(i, k)
        heappush(self.events, (self.free[window], READY, window))

    def wake_later(self, window: int, at: float) -> None:
        """When it next opens, if it does."""
        later = [self.opens[k] for k in self.stretches[window] if self.opens[k] > at]
        if later:
            heappush(self.events, (min(later), READY, window))

    def minutes(self, i: int, k: int) -> float:
        """How long the window is busy with it."""
        tickets, staffing, figures = self.scene.tickets, self.scene.staffing, self.scene.figures
        long = tickets.walk[0, i] + tickets.work[0, i] * staffing.slowness[0, k]
        return float((figures.absent_minutes if tickets.absent[0, i] else long) + figures.gap_minutes)

    def next_line(self, window: int, k: int, at: float) -> int | None:
        every = self.heads(k, at)
        due = [each for each in every if each[0][0] <= at] or every
        walk_ins = [each for each in due if self.walk_in[each[1]]]
        others = [each for each in due if not self.walk_in[each[1]]]
        if not walk_ins or not others:
            return min(walk_ins or others)[1] if walk_ins or others else None
        if self.rule.ratio is None:
            too_long = at - min(walk_ins)[0][0] > (self.rule.most or NEVER)
            return min(walk_ins if too_long else others)[1]
        one, several = self.rule.ratio
        turn = self.turn[window]
        self.turn[window] = (turn + 1) % (one + several)
        return min(others if turn < one else walk_ins)[1]

    def heads(self, k: int, at: float) -> list[tuple[Place, int]]:
        """The first of each line that the window takes, without those who have left."""
        found = []
        for line, waiting in enumerate(self.lines):
            if self.takes[k][line] < NEVER:
                while waiting and self.leaves[waiting[0][2]] <= at:
                    waiting.pop(0)
                if waiting:
                    found.append((waiting[0], line))
        return found
