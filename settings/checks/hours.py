"""Timetables and days: stretches that overlap, end before they begin, or rotate among strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from queueing.house import Hours, House, Stretch
from settings.checks.work import unknown
from settings.findings import KeyPath, Slip

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
Placed = tuple[KeyPath, Hours, Stretch]


def stretches(house: House) -> Iterator[Placed]:
    """Every stretch with its place and its timetable."""
    for at, hours in enumerate(house.hours):
        for n, stretch in enumerate(hours.open):
            yield ("hours", at, "open", n), hours, stretch


def is_sound(stretch: Stretch) -> bool:
    """Whether the stretch has two readable times, the first one earlier."""
    readable = all(CLOCK.fullmatch(time) for time in (stretch.opens, stretch.closes))
    return readable and stretch.opens < stretch.closes


def times_are_readable(house: House) -> Iterator[Slip]:
    for path, _, stretch in stretches(house):
        for key, time in (("opens", stretch.opens), ("closes", stretch.closes)):
            if not CLOCK.fullmatch(time):
                problem = f"'{time}' isn't a time of day."
                yield Slip((*path, key), problem, 'Write it like "08:30" or "17:00".')


def opens_before_it_closes(house: House) -> Iterator[Slip]:
    for path, _, stretch in stretches(house):
        readable = CLOCK.fullmatch(stretch.opens) and CLOCK.fullmatch(stretch.closes)
        if readable and not is_sound(stretch):
            problem = f"opens at {stretch.opens}, not before it closes at {stretch.closes}."
            yield Slip((*path, "opens"), problem, "Correct one of the two; no stretch passes midnight.")


def days_are_named(house: House) -> Iterator[Slip]:
    for path, _, stretch in stretches(house):
        if not stretch.days:
            yield Slip((*path, "days"), "is empty.", 'Name the weekdays, such as ["mon", "tue"].')


def timetables_open(house: House) -> Iterator[Slip]:
    for at, hours in enumerate(house.hours):
        if not hours.open:
            yield Slip(("hours", at, "open"), f"'{hours.id}' never opens.", "Add a stretch.")


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether both keep the same minute of the same weekday; touching ends don't."""
    together = set(one.days) & set(other.days)
    return bool(together) and one.opens < other.closes and other.opens < one.closes


def no_stretches_overlap(house: House) -> Iterator[Slip]:
    for (_, hours, one), (path, also, other) in combinations(stretches(house), 2):
        if hours is also and is_sound(one) and is_sound(other) and overlap(one, other):
            times = f"{other.opens}-{other.closes} overlaps {one.opens}-{one.closes}"
            problem = f"{times} on the same weekday in '{hours.id}'."
            yield Slip((*path, "opens"), problem, "Shorten one, or make two timetables of it.")


def rotations_name_their_windows(house: House) -> Iterator[Slip]:
    """A rotation names windows of the hall that follow this very timetable."""
    hours_of = {each.id: each.hours for each in house.windows}
    for path, hours, stretch in stretches(house):
        for g, group in enumerate(stretch.rotation):
            for n, window in enumerate(group):
                here = (*path, "rotation", g, n)
                yield from unknown(here, "window", window, hours_of)
                yield from _stranger(here, window, hours_of.get(window, hours.id), hours.id)


def _stranger(path: KeyPath, window: str, keeps: str, here: str) -> Iterator[Slip]:
    if keeps != here:
        problem = f"window '{window}' keeps the hours '{keeps}', not '{here}'."
        yield Slip(path, problem, "Change its hours, or take it out of the rotation.")


def rotation_turns_are_filled(house: House) -> Iterator[Slip]:
    for path, _, stretch in stretches(house):
        for g, group in enumerate(stretch.rotation):
            if not group:
                yield Slip((*path, "rotation", g), "is a turn without windows.", "Name its windows.")


def days_off_are_not_worked(house: House) -> Iterator[Slip]:
    for at, day in enumerate(house.calendar.worked):
        if day in house.calendar.closed:
            yield Slip(("calendar", "worked", at), f"{day} is also closed.", "Take it out of one of the two.")


ALL = (
    times_are_readable,
    opens_before_it_closes,
    days_are_named,
    timetables_open,
    no_stretches_overlap,
    rotations_name_their_windows,
    rotation_turns_are_filled,
    days_off_are_not_worked,
)
