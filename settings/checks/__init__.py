"""What a hall file may contradict although each key for itself is right: one small function per rule.

A check takes the house as the file has it and yields slips. No pydantic, no TOML, no line numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from queueing.house import House
from settings.checks import (
    bookings,
    city,
    classes,
    figures,
    guides,
    hours,
    names,
    outside,
    printers,
    rules,
    signals,
    voice,
    work,
)
from settings.findings import Slip

ALL = (
    *names.ALL,
    *work.ALL,
    *hours.ALL,
    *figures.ALL,
    *voice.ALL,
    *outside.ALL,
    *guides.ALL,
    *printers.ALL,
    *signals.ALL,
    *classes.ALL,
    *rules.ALL,
    *bookings.ALL,
    *city.ALL,
)


def contradictions(house: House, root: Path) -> Iterator[Slip]:
    """Everything that the checks find; `root` is where relative paths start."""
    for check in ALL:
        yield from check(house)
    yield from outside.scheme_is_there(house, root)
    yield from outside.province_is_there(house, root)
    yield from guides.papers_are_there(house, root)
    yield from printers.logo_is_there(house, root)
    yield from printers.trials_overwrite_nothing(house, root)
