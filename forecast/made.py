"""Made-up halls with a hidden truth, to judge estimates by.

Everything that a real hall doesn't tell is drawn here from a seed: how long each service takes, how fast each
clerk is and how slow a day, who comes late, which window closes unplanned, who doesn't answer. What a hall
does know is written by `forecast.made_files`: tickets.csv and windows.csv (the plan, not what became of it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from forecast.scenes import NEVER, Figures, Floats, Ints, Scene, Staffing, Tickets

CLASSES = ("walk_in", "priority", "appointment")
HALVES = ((510.0, 720.0), (840.0, 1050.0))  # 8:30 to 12:00, 14:00 to 17:30
GAP, ABSENT = 0.3, 1.0
OVERTIME = 90.0
FULL = 0.985  # of the planned minutes are worked at load 1


@dataclass(frozen=True)
class Kind:
    """The outline of a hall: how many windows, groups of skills and services; load 1 is all they can do."""

    windows: int
    groups: int
    services: int
    load: float = 1.0
    drift: bool = False
    priority: float = 0.12
    appointments: float = 0.12
    rates: tuple[float, float, float] = (1.0, 3.0, 3.0)
    head_starts: tuple[float, float, float] = (0.0, 0.0, 0.0)
    absent: float = 0.08


KINDS = {
    "street": Kind(12, 3, 8),
    "county": Kind(24, 5, 12),
    "town": Kind(36, 6, 20),
    "district": Kind(151, 14, 90),
}


@dataclass(frozen=True)
class Truth:
    """What only the maker knows of a hall."""

    kind: Kind
    mean: Floats  # (S) minutes at a clerk of speed 1
    sigma: Floats  # (S) spread of the logarithm
    share: Floats  # (S) of all who come
    group: Ints  # (S)
    skills: tuple[tuple[int, ...], ...]  # per window, the groups that it serves
    slowness: Floats  # per window's clerk
    profile: Floats  # (half hours) of arrivals
    rng: np.random.Generator


@dataclass(frozen=True)
class Day:
    """One day as it went: the tickets' columns, and the plan's rows."""

    joined: Floats
    line_at: Floats
    service: Ints
    of_class: Ints
    work: Floats
    absent: Floats
    walk: Floats
    plan: list[tuple[int, float, float]]
    real: list[tuple[int, float, float]]
    slow: float


def made(kind: Kind, seed: int) -> Truth:
    """Draws a hall."""
    rng = np.random.default_rng(seed)
    groups, services = kind.groups, kind.services
    group = np.concatenate([np.arange(groups), rng.integers(0, groups, services - groups)])
    share = rng.dirichlet(np.full(services, 3.0))
    mean = rng.uniform(4.0, 12.0, services)
    skills = skills_of(kind, work_of(group, share * mean, groups), rng)
    slowness = np.exp(rng.normal(0, 0.18, kind.windows))
    share = balanced(share, mean, group, capacity_of(skills, slowness, groups), rng)
    profile = np.array([2.0, 1.4, 1.2, 1.1, 1.0, 0.8, 0.6, 1.6, 1.2, 1.1, 1.0, 0.85, 0.7, 0.5])
    return Truth(
        kind, mean, rng.uniform(0.5, 0.8, services), share, group, skills,
        slowness, profile * rng.uniform(0.9, 1.1, 14), rng,
    )  # fmt: skip


def work_of(group: Ints, work: Floats, groups: int) -> Floats:
    """The sum of the services' work in each group."""
    return np.asarray(np.bincount(group, weights=work, minlength=groups), dtype=float)


def capacity_of(skills: tuple[tuple[int, ...], ...], slowness: Floats, groups: int) -> Floats:
    """What the windows of each group can do; who serves two groups is half with either."""
    capacity = np.zeros(groups)
    for window, served in enumerate(skills):
        capacity[list(served)] += 1 / slowness[window] / len(served)
    return capacity


def balanced(share: Floats, mean: Floats, group: Ints, capacity: Floats, rng: np.random.Generator) -> Floats:
    """Shares of arrivals that load all groups about alike, as in a hall that has staffed by its past."""
    work = work_of(group, share * mean, len(capacity))
    wanted = capacity / work * np.exp(rng.normal(0, 0.02, len(capacity)))
    fitted = share * wanted[group]
    return np.asarray(fitted / fitted.sum())


def skills_of(kind: Kind, work: Floats, rng: np.random.Generator) -> tuple[tuple[int, ...], ...]:
    """Windows for each group by its work, nearly half of them for a second group too."""
    wanted = work / work.sum() * kind.windows
    counts = np.maximum(1, np.floor(wanted)).astype(int)
    while counts.sum() < kind.windows:
        counts[np.argmax(wanted - counts)] += 1
    while counts.sum() > kind.windows:
        counts[np.argmax(counts)] -= 1
    own = np.repeat(np.arange(kind.groups), counts)
    second = rng.random(kind.windows) < 0.45
    other = rng.integers(0, kind.groups, kind.windows)
    return tuple(
        (int(g), int(o)) if two and o != g else (int(g),)
        for g, o, two in zip(own, other, second, strict=True)
    )


def day_of(truth: Truth, number: int, *, drifted: bool = False) -> Day:
    """Draws one day of the hall."""
    kind, rng = truth.kind, truth.rng
    plan = planned(kind, rng)
    slow = float(np.exp(rng.normal(0, 0.06))) * (1.15 if drifted else 1.0)
    n = rng.poisson(expected(truth, plan) * np.exp(rng.normal(0, 0.03)))
    joined, of_class = arrivals(truth, n), rng.choice(3, n, p=class_shares(kind))
    service = rng.choice(kind.services, n, p=truth.share)
    line_at = joined.copy()
    booked = of_class == 2
    slots = np.round(joined[booked] / 15) * 15
    joined[booked] = slots + rng.normal(-6, 5, booked.sum()).clip(-25, 9)
    line_at[booked] = np.where(joined[booked] <= slots + 10, slots, joined[booked])
    work = (
        np.exp(rng.normal(0, 1, n) * truth.sigma[service] - truth.sigma[service] ** 2 / 2)
        * truth.mean[service]
    )
    absent, walk = rng.random(n) < kind.absent, rng.uniform(0.2, 0.9, n)
    return Day(joined, line_at, service, of_class, work * slow, absent, walk, plan, happened(plan, rng), slow)


def class_shares(kind: Kind) -> list[float]:
    return [1 - kind.priority - kind.appointments, kind.priority, kind.appointments]


def expected(truth: Truth, plan: list[tuple[int, float, float]]) -> float:
    """How many tickets make the load on what is planned."""
    each = (truth.mean * truth.share).sum() * np.mean(truth.slowness) * (1 - truth.kind.absent) + 0.9
    return float(truth.kind.load * FULL * sum(closes - opens for _, opens, closes in plan) / each)


def arrivals(truth: Truth, n: int) -> Floats:
    rng, starts = truth.rng, np.array([a + 30 * i for a, _ in HALVES for i in range(7)])
    cell = rng.choice(len(starts), n, p=truth.profile / truth.profile.sum())
    return np.asarray(np.sort(starts[cell] + rng.random(n) * 29.5))


def planned(kind: Kind, rng: np.random.Generator) -> list[tuple[int, float, float]]:
    """Who should be where: two halves, a break of 10 to 15 minutes in most, a few windows off."""
    plan = []
    for window in range(kind.windows):
        for opens, closes in HALVES:
            if rng.random() < 0.05:
                continue
            rest = opens + rng.uniform(60, 150)
            plan += [(window, opens, rest), (window, rest + rng.uniform(10, 15), closes)]
    return plan


def happened(
    plan: list[tuple[int, float, float]], rng: np.random.Generator
) -> list[tuple[int, float, float]]:
    """What became of the plan: late openings, unplanned closures, and nobody leaves while people wait."""
    real = []
    for window, opens, closes in plan:
        late = rng.exponential(6) if rng.random() < 0.15 else 0.0
        begins, ends = min(opens + late, closes), closes + (OVERTIME if closes in (720.0, 1050.0) else 0.0)
        if rng.random() < 0.05:
            away = rng.uniform(begins, closes)
            real += [(window, begins, away), (window, away + rng.uniform(10, 30), ends)]
        else:
            real.append((window, begins, ends))
    return [(w, a, b) for w, a, b in real if a < b]


def scene_of(truth: Truth, day: Day) -> Scene:
    """The day as the engine plays it."""
    kind, n = truth.kind, len(day.joined)
    shape = (1, n)
    skipped = (
        (truth.rng.random(n) < 0.1) * truth.rng.uniform(3, 12, n) if kind.drift and day.slow > 1.1 else 0.0
    )
    tickets = Tickets(
        day.service * 3 + day.of_class, np.arange(n), np.zeros(n, bool), np.ones(n, bool),
        day.joined.reshape(shape), (day.line_at + skipped).reshape(shape), day.work.reshape(shape),
        day.walk.reshape(shape), np.asarray(day.absent, dtype=bool).reshape(shape), np.full(shape, NEVER),
    )  # fmt: skip
    real = sorted(day.real)
    window = np.array([w for w, _, _ in real], dtype=np.int64)
    takes = np.array(
        [[reluctance(truth, w, line // 3) for line in range(kind.services * 3)] for w, _, _ in real]
    )
    staffing = Staffing(
        window, np.array([[a for _, a, _ in real]]), np.array([[b for _, _, b in real]]),
        truth.slowness[window].reshape(1, -1), takes, np.zeros((1, kind.windows)),
    )  # fmt: skip
    figures = Figures(
        np.tile(kind.head_starts, kind.services), np.tile(kind.rates, kind.services), ABSENT, GAP
    )
    return Scene(0.0, tickets, staffing, figures)


def reluctance(truth: Truth, window: int, service: int) -> float:
    return 0.0 if truth.group[service] in truth.skills[window] else NEVER


def days(kind: Kind, seed: int, count: int) -> Iterator[tuple[Truth, Day, Scene]]:
    """Days of one hall; with drift, the second half of them is another world."""
    truth = made(kind, seed)
    for number in range(count):
        day = day_of(truth, number, drifted=kind.drift and number >= count // 2)
        yield truth, day, scene_of(truth, day)
