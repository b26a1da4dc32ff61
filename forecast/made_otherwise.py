"""A made-up hall built on other assumptions than `forecast.made`, so that nothing is fitted to one maker.

Services take gamma times, with a few very long ones; the plan knows of no rests, though every window takes
one; who still waits at noon waits until the afternoon; some give up; a few windows serve everything; days are
uneven. python -m forecast.made_otherwise --days 20 --seed 3 --out DIR
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from forecast.logs import LOG_COLUMNS, PLAN_COLUMNS
from forecast.made import HALVES, KINDS, OVERTIME, Day, Truth, day_of, made, scene_of
from forecast.made_files import Row, stretches, visits, working_day, write_rows
from forecast.playing import play
from forecast.scenes import Floats, Scene

EVENING = HALVES[1][1]
PATIENCE, SPREAD = 75.0, 0.5
"""Minutes until half of those who wait have given up, and the spread of their logarithm."""

Stretches = list[tuple[int, float, float]]


def hall(seed: int, windows: int, load: float) -> Truth:
    """A hall where every sixth window serves everything."""
    truth = made(replace(KINDS["county"], windows=windows, load=load, absent=0.05), seed)
    every = tuple(range(truth.kind.groups))
    skills = tuple(every if w % 6 == 0 else own[:1] for w, own in enumerate(truth.skills))
    return replace(truth, skills=skills)


def day(truth: Truth, number: int) -> Day:
    """One day: the busiest of the week has a fourth more visitors than the others."""
    rng, busy = truth.rng, 1.25 if number % 5 == 0 else 0.95
    usual = day_of(replace(truth, kind=replace(truth.kind, load=truth.kind.load * busy)), number)
    n = len(usual.joined)
    long = np.where(rng.random(n) < 0.02, 4.0, 1.0)
    work = rng.gamma(2.2, 1 / 2.2, n) * truth.mean[usual.service] * long * usual.slow
    real = rested(whole(usual.plan), rng)
    return replace(usual, work=work, plan=whole(usual.plan), real=real)


def whole(plan: Stretches) -> Stretches:
    """Without the rests: each window's morning and afternoon as one."""
    halves = {(w, opens >= HALVES[1][0]) for w, opens, _ in plan}
    return [(w, *HALVES[late]) for w, late in sorted(halves)]


def rested(plan: Stretches, rng: np.random.Generator) -> Stretches:
    """What became of it: a rest that nobody planned, a slow start, work until the last one only at night."""
    real = []
    for window, opens, closes in plan:
        begins = opens + rng.gamma(1.0, 2.0)
        rest = opens + rng.uniform(50, 150)
        ends = closes + OVERTIME if closes == EVENING else closes
        real += [(window, begins, rest), (window, rest + rng.gamma(4.0, 3.0), ends)]
    return real


def impatient(scene: Scene, joined: Floats, rng: np.random.Generator) -> Scene:
    leaves = joined + PATIENCE * np.exp(SPREAD * rng.standard_normal(len(joined)))
    return scene._replace(tickets=scene.tickets._replace(leaves=leaves.reshape(1, -1)))


def days(seed: int, count: int, windows: int, load: float) -> Iterator[tuple[Truth, Day, Scene]]:
    truth = hall(seed, windows, load)
    for number in range(count):
        one = day(truth, number)
        yield truth, one, impatient(scene_of(truth, one), one.joined, truth.rng)


def write(folder: Path, seed: int, count: int, windows: int, load: float) -> None:
    """Writes tickets.csv and windows.csv into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    log: list[Row] = []
    plan: list[Row] = []
    for number, (truth, one, scene) in enumerate(days(seed, count, windows, load)):
        log += visits(truth, one, scene, play(scene), working_day(number))
        plan += stretches(truth, one, working_day(number))
    write_rows(folder / "tickets.csv", (*LOG_COLUMNS, "clerk", "slot", "line_at"), log)
    write_rows(folder / "windows.csv", PLAN_COLUMNS, plan)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--windows", type=int, default=24)
    parser.add_argument("--load", type=float, default=0.85)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    write(asked.out, asked.seed, asked.days, asked.windows, asked.load)


if __name__ == "__main__":
    main()
