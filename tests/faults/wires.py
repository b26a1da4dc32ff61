"""Cuts a hall's screens off again and again, at random: `make wires ROUNDS=50`.

Seven pages (board, panel, announcer, terminal, pad, phone, kiosk) stand behind one wire. In each round the
wire breaks in one of six ways, the windows go on working, the wire is mended, and each page notes when it is
live again and shows all that happened. Prints how long that took, page by page, and last what was missed or
announced twice.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import TimeoutError as TooLate

from tests.display.mortal import MortalHall, mortal_hall
from tests.display.screens import Screens, chromium
from tests.faults.onlookers import Meanwhile, Onlookers, Windows, digits, now
from tests.faults.wire import Wire

LONGEST_CUT = 8.0
PATIENCE = 15.0


@dataclass
class Tally:
    """What the rounds have come to."""

    cuts: int = 0
    missed: int = 0
    doubled: int = 0
    silent: int = 0
    took: dict[str, list[float]] = field(default_factory=dict)

    def know(self, took: dict[str, float]) -> None:
        for name, seconds in took.items():
            self.took.setdefault(name, []).append(seconds)

    def lines(self) -> list[str]:
        rows = [row(name, seconds) for name, seconds in self.took.items()]
        slowest = max(max(seconds) for seconds in self.took.values())
        last = f"cuts={self.cuts} missed={self.missed} doubled={self.doubled} silent={self.silent}"
        return [*rows, f"{last} slowest={slowest:.2f}"]


def row(name: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    ninety_five = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:10} p50 {statistics.median(ordered):.2f} p95 {ninety_five:.2f} max {ordered[-1]:.2f}"


@dataclass
class Trial:
    """One hall, its wire, its screens, and the dice."""

    hall: MortalHall
    wire: Wire
    windows: Windows
    everybody: Onlookers
    dice: random.Random
    tally: Tally = field(default_factory=Tally)

    def round(self, name: str) -> None:
        begun = now()
        FAULTS[name](self)
        done = self.windows.work()
        self._wait_for_the_end_of_the_cut(begun)
        self.everybody.expect(done)
        mended = now()
        self.wire.mend(self.hall.url)
        self.tally.cuts += 1
        self._see(mended, done)
        self.windows.send_away()
        self.everybody.follow(self.windows.prepare())

    def die(self) -> None:
        """A power cut; the windows work again with what starts on the same data."""
        self.wire.cut()
        self.hall.die()
        self.hall.rise()
        for person in (self.windows.li, self.windows.wang):
            person.url = self.hall.url

    def _wait_for_the_end_of_the_cut(self, begun: float) -> None:
        """Cuts of all lengths, but long enough for a page to say that it isn't live."""
        try:
            self.everybody.say_that_they_are_not_live()
        except TooLate:
            self.tally.silent += 1
        time.sleep(self.dice.uniform(0, max(0.0, LONGEST_CUT - (now() - begun))))

    def _see(self, mended: float, done: Meanwhile) -> None:
        try:
            self.tally.know(self.everybody.know(mended, PATIENCE))
            self.everybody.wait_until_said([done.there, done.here])
        except TooLate:
            self.tally.missed += 1
        said = [sum(digits(number) in text for text in self.everybody.said()) for number in done.calls]
        self.tally.doubled += sum(times > 1 for times in said)


FAULTS: dict[str, Callable[[Trial], None]] = {
    "stalled both ways": lambda trial: trial.wire.stall(),
    "stalled one way": lambda trial: trial.wire.stall("down"),
    "cut": lambda trial: trial.wire.cut(),
    "bitten through, FIN": lambda trial: trial.wire.bite("fin"),
    "bitten through, RST": lambda trial: trial.wire.bite("rst"),
    "hall killed": lambda trial: trial.die(),
}


def play(rounds: int, seed: int) -> Tally:
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        mortal_hall(Path(folder) / "data") as hall,
        Wire(hall.url) as wire,
        chromium() as browser,
    ):
        windows = Windows(hall, hall.clerk("li"), hall.clerk("wang"))
        windows.li.press("sit", "1")
        windows.wang.press("sit", "2")
        screens = Screens(browser)
        trial = Trial(hall, wire, windows, Onlookers(screens, wire.url, windows), dice)
        for number in range(1, rounds + 1):
            name = dice.choice(sorted(FAULTS))
            trial.round(name)
            say(f"{number:3} {name:20} slowest {max(last(trial.tally)):.2f}")
        screens.close()
    return trial.tally


def last(tally: Tally) -> list[float]:
    return [seconds[-1] for seconds in tally.took.values()] or [0.0]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make wires", description="Cuts screens off, again and again.")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    say(f"seed={options.seed}")
    tally = play(options.rounds, options.seed)
    for line in tally.lines():
        say(line)
    return 1 if tally.missed or tally.doubled or tally.silent else 0


if __name__ == "__main__":
    sys.exit(main())
