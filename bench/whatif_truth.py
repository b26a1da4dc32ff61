"""The hidden truth of made-up mornings, which can be played with a change: nothing of it reaches the twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from forecast.logs import Stretch, Visit
from forecast.made import HALVES, Day, Kind, Truth, days, happened
from forecast.made_files import stretches, visits, working_day
from forecast.playing import play
from forecast.scenes import NEVER, Calls, Floats, Scene

SPARE = 5
NOON = HALVES[0][1]


@dataclass(frozen=True)
class Level:
    """The mean wait of those not called by the hour."""

    mean: float
    n: int


@dataclass
class Morning:
    """One day of the hall with its hidden scene, and all that a hall knows by then."""

    day: str
    maker: Truth
    made: Day
    scene: Scene
    calls: Calls
    visits: list[Visit]
    plan: list[Stretch]
    at: float
    rng: np.random.Generator
    spare: list[tuple[tuple[int, ...], float]]
    """Spare windows: which groups each serves, and how slow its clerk is."""

    def changes(self) -> Iterator[tuple[str, str]]:
        """Five spare windows to choose from, and one of each other kind."""
        for i in range(SPARE):
            yield "spare", f"window {self._spare(i)} opens 10:00-12:00 for {' '.join(self._served(i))}"
        busy = sorted({w + 1 for w, opens, closes in self.made.plan if opens < self.at < closes})
        away, helper = self.rng.choice(busy, 2, replace=False)
        yield "closing", f"window {away} closes 10:00-12:00"
        yield "helping", f"window {helper} serves {self._other(int(helper) - 1)} too"
        yield "last ticket", f"tickets for {self._most()} only until 10:30"
        third = self.rng.choice([w for w in busy if w not in (away, helper)])
        yield "closing three", "; ".join(f"window {w} closes 10:00-12:00" for w in (away, helper, third))
        yield (
            "opening three",
            "; ".join(
                f"window {self._spare(i)} opens 10:00-12:00 for {' '.join(self._served(i))}" for i in range(3)
            ),
        )

    def _spare(self, i: int) -> int:
        return self.maker.kind.windows + i + 1

    def _served(self, i: int) -> list[str]:
        groups = self.spare[i][0]
        return [name(s) for s in range(self.maker.kind.services) if self.maker.group[s] in groups]

    def _other(self, window: int) -> str:
        """The commonest service that the window doesn't serve."""
        own = self.maker.skills[window]
        others = [s for s in range(self.maker.kind.services) if self.maker.group[s] not in own]
        return name(max(others, key=lambda s: float(self.maker.share[s])))

    def _most(self) -> str:
        return name(int(np.argmax(self.maker.share)))

    def truth(self, words: str = "") -> Level:
        """Played as it was, or with the change; the population is that of the day as it was."""
        scene = self._with_all(words.split(";")) if words else self.scene
        called = play(scene).called_at[0] if words else self.calls.called_at[0]
        come = scene.tickets.appears[0]
        later = (self.calls.called_at[0] > self.at) & (called < NEVER) & (come < NEVER)
        waits = called[later] - come[later]
        return Level(float(waits.mean()), len(waits))

    def _with_all(self, changes: list[str]) -> Scene:
        morning = self
        for words in changes:
            morning = replace(morning, scene=morning._with(words.split()))
        return morning.scene

    def _with(self, words: list[str]) -> Scene:
        if words[2:3] == ["opens"]:
            return self._opened(int(words[1]) - self.maker.kind.windows - 1)
        if words[2:3] == ["closes"]:
            return self._closed(int(words[1]) - 1)
        if words[2:3] == ["serves"]:
            return self._helped(int(words[1]) - 1, words[3])
        return self._stopped(words[2], self.at + 30)

    def _opened(self, i: int) -> Scene:
        """A spare window, which may be late, be closed unplanned and go on past noon like any other."""
        staffing, (groups, slow) = self.scene.staffing, self.spare[i]
        window = staffing.busy_until.shape[1]
        rng = np.random.default_rng([i, int(self.day.replace("-", ""))])
        real = happened([(window, self.at, NOON)], rng)
        takes = [0.0 if self.maker.group[line // 3] in groups else NEVER for line in range(self.lines)]
        rows = len(real)
        return self.scene._replace(staffing=staffing._replace(
            window=np.append(staffing.window, [window] * rows),
            opens=beside(staffing.opens, [a for _, a, _ in real]),
            closes=beside(staffing.closes, [b for _, _, b in real]),
            slowness=beside(staffing.slowness, [slow] * rows),
            takes=np.concatenate([staffing.takes, [takes] * rows]),
            busy_until=beside(staffing.busy_until, [0.0]),
        ))  # fmt: skip

    @property
    def lines(self) -> int:
        return len(self.scene.figures.rate)

    def _closed(self, window: int) -> Scene:
        staffing = self.scene.staffing
        own = staffing.window == window
        early, late = own & (staffing.opens[0] < NOON), own & (staffing.opens[0] >= self.at)
        closes, opens = staffing.closes.copy(), staffing.opens.copy()
        closes[:, early] = np.minimum(closes[:, early], self.at)
        gone = late & (opens[0] < NOON)
        closes[:, gone] = opens[:, gone]
        return self.scene._replace(staffing=staffing._replace(opens=opens, closes=closes))

    def _helped(self, window: int, service: str) -> Scene:
        staffing = self.scene.staffing
        takes, lines = staffing.takes.copy(), 3 * int(service[1:]) + np.arange(3)
        rows = np.flatnonzero((staffing.window == window) & (staffing.closes[0] > self.at))
        takes[np.ix_(rows, lines)] = 0.0
        return self._from_now(staffing._replace(takes=takes), window)

    def _from_now(self, staffing: Any, window: int) -> Scene:
        """What changes at the hour is in force from it on: a running stretch is cut in two there."""
        before, old = self.scene.staffing, staffing
        cut = [k for k in np.flatnonzero(old.window == window)
               if old.opens[0, k] < self.at < old.closes[0, k]]  # fmt: skip
        for k in reversed(cut):
            opens = np.insert(old.opens, k + 1, self.at, axis=1)
            closes = np.insert(old.closes, k, self.at, axis=1)
            takes = np.insert(old.takes, k, before.takes[k], axis=0)
            old = old._replace(
                window=np.insert(old.window, k, window), opens=opens, closes=closes, takes=takes,
                slowness=np.insert(old.slowness, k, old.slowness[0, k], axis=1),
            )  # fmt: skip
        return self.scene._replace(staffing=old)

    def _stopped(self, service: str, until: float) -> Scene:
        tickets = self.scene.tickets
        own = (tickets.line // 3 == int(service[1:])) & (tickets.line % 3 != 2)
        appears = np.where(own & (tickets.appears > until), NEVER, tickets.appears)
        return self.scene._replace(tickets=tickets._replace(appears=appears))


def name(service: int) -> str:
    return f"s{service:02d}"


def beside(values: Floats, more: list[float]) -> Floats:
    return np.concatenate([values, np.array([more])], axis=1)


def mornings(kind: Kind, seed: int, learn: int, count: int, at: float) -> Iterator[Morning]:
    """The days after those that are only learned from; each knows all before it, and itself."""
    rng = np.random.default_rng([seed, 99])
    known: list[Visit] = []
    plan: list[Stretch] = []
    spare: list[tuple[tuple[int, ...], float]] = []
    for number, (maker, made, scene) in enumerate(days(kind, seed, learn + count)):
        day, calls = working_day(number), play(scene)
        known += [visit_of(row) for row in visits(maker, made, scene, calls, day)]
        plan += [stretch_of(row) for row in stretches(maker, made, day)]
        if not spare:
            spare = [(maker.skills[int(rng.integers(kind.windows))], float(np.exp(rng.normal(0, 0.18))))
                     for _ in range(SPARE)]  # fmt: skip
        if number >= learn:
            yield Morning(day.isoformat(), maker, made, scene, calls, list(known), list(plan), at, rng, spare)


def visit_of(row: dict[str, str]) -> Visit:
    from forecast.logs import Row
    from forecast.logs import visit_of as read

    return read(Row(row, "made"), None)


def stretch_of(row: dict[str, str]) -> Stretch:
    from forecast.logs import Row
    from forecast.logs import stretch_of as read

    return read(Row(row, "made"), None)
