"""A larger or smaller share of appointments: people move between the walk-ins' lines and the appointments'.

Whoever moves keeps the service and its length. New appointments are spread evenly over the hours in which
windows for the service are planned to be open, in slots of a quarter of an hour.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from forecast.changes import Bookings, ChangeError
from forecast.courses import Course
from forecast.logs import Stretch
from forecast.scenes import NEVER, Floats, Ints, Tickets

APPOINTMENT, WALK_IN = "appointment", "walk_in"
SLOT, EARLY, EARLY_SPREAD = 15.0, 6.0, 5.0
"""Minutes: a slot's length; by how much people come before their slot, mostly and spread."""


def booked(course: Course, lines: list[int], change: Bookings) -> Course:
    """Of each service the share comes by appointment."""
    for kind in (APPOINTMENT, WALK_IN):
        if kind not in course.names.classes:
            raise ChangeError("change_no_class", f"The hall has no class {kind}.", name=kind, known="")
    rng = np.random.default_rng([course.seed, 7])
    for service in dict.fromkeys(course.names.lines[line][0] for line in lines):
        course = of_service(course, service, change.share, rng)
    return course


def of_service(course: Course, service: str, share: float, rng: np.random.Generator) -> Course:
    tickets, names = course.scene.tickets, course.names
    own, other = names.line(service, APPOINTMENT), names.line(service, WALK_IN)
    there = (course.mark < 1) & (tickets.appears < NEVER) & (tickets.appears > course.scene.now)
    booked, others = there[:, tickets.line == own].sum(), there[:, tickets.line == other].sum()
    everybody = there[:, np.isin(tickets.line, names.lines_of(service))].sum()
    missing = share * everybody - booked
    if missing >= 0:
        return moved(course, other, own, min(1.0, missing / max(others, 1)), service, rng)
    return moved(course, own, other, min(1.0, -missing / max(booked, 1)), service, rng)


def moved(
    course: Course, source: int, target: int, part: float, service: str, rng: np.random.Generator
) -> Course:
    """That part of a line stands in another instead, in columns of its own."""
    tickets = course.scene.tickets
    columns = np.flatnonzero(tickets.line == source)
    chance = rng.random((course.plays, len(columns)))
    comes = tickets.appears[:, columns]
    goes = (chance < part) & (comes > course.scene.now) & (comes < NEVER)
    mark = np.concatenate([course.mark, np.where(goes, course.mark[:, columns], NEVER)], axis=1)
    mark[:, columns] = np.where(goes, NEVER, course.mark[:, columns])
    appears, line_at = comes, comes
    if course.names.lines[target][1] == APPOINTMENT:
        line_at = slots(course, service, chance / max(part, 1e-9))
        early = rng.normal(EARLY, EARLY_SPREAD, line_at.shape).clip(-9, 25)
        appears = np.maximum(line_at - early, course.scene.now + 0.01)
    n, more = len(tickets.line), len(columns)
    both = tickets_with(tickets, columns, target, appears, line_at)
    both = both._replace(tie=np.arange(n + more))
    return replace(course, mark=mark, scene=course.scene._replace(tickets=both))


def tickets_with(
    tickets: Tickets,
    columns: Ints,
    line: int,
    appears: Floats,
    line_at: Floats,
) -> Tickets:
    """Copies of columns in another line, at other times."""

    def side_by_side(old: Floats, new: Floats) -> Floats:
        return np.concatenate([old, new], axis=-1)

    return Tickets(
        np.concatenate([tickets.line, np.full(len(columns), line)]), tickets.tie,
        np.concatenate([tickets.phantom, tickets.phantom[columns]]),
        np.concatenate([tickets.watched, tickets.watched[columns]]),
        side_by_side(tickets.appears, appears), side_by_side(tickets.line_at, line_at),
        side_by_side(tickets.work, tickets.work[:, columns]),
        side_by_side(tickets.walk, tickets.walk[:, columns]),
        np.concatenate([tickets.absent, tickets.absent[:, columns]], axis=1),
        side_by_side(tickets.leaves, tickets.leaves[:, columns]),
    )  # fmt: skip


def slots(course: Course, service: str, part: Floats) -> Floats:
    """Evenly over the planned minutes of the service's windows that are still to come; `part` is 0 to 1."""
    open_for = [s for s in course.plan if not s.services or service in s.services]
    begins = np.arange(0.0, 24 * 60, SLOT)
    weight = np.array([capacity(open_for, at) if at >= course.scene.now else 0.0 for at in begins])
    if not weight.sum():
        return np.full(part.shape, NEVER)
    summed = np.cumsum(weight) / weight.sum()
    return np.asarray(begins[np.searchsorted(summed, part.clip(0, 0.999999), side="right")])


def capacity(plan: list[Stretch], at: float) -> float:
    return sum(max(0.0, min(s.closes, at + SLOT) - max(s.opens, at)) for s in plan)
