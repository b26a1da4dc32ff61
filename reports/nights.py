"""Written by themselves: each night the reports of periods that are over, those of missed nights too."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.shelf import FORMS, Shelf
from scoring.periods import Period, around, before

if TYPE_CHECKING:
    from reports.making import Maker

LOG = logging.getLogger(__name__)

CAUGHT_UP = {"week": 6, "month": 3, "quarter": 2, "year": 1}
"""How many periods back a night looks for reports that weren't written."""


class Nights:
    """Called when a new business day begins, and when the hall starts."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    def write_what_is_due(self, day: str) -> None:
        """The oldest first; one that fails doesn't keep the others from being written."""
        shelf, since = Shelf(self._maker), self._first_day(day)
        self._maker.aside(lambda: shelf.clear(day))
        for each in due(day, self._maker.built.house.reports.write):
            if since is not None and each.last >= since:
                self._write(shelf, each)

    def _write(self, shelf: Shelf, each: Period) -> None:
        lacking = [form for form in FORMS if not shelf.has(each, form)]
        for form in lacking:
            try:
                shelf.keep(each, form)
            except Exception:
                LOG.exception("The report of %s couldn't be written (%s)", each.name, form)

    def _first_day(self, day: str) -> str | None:
        """Of a hall that nobody has visited there is nothing to report."""
        return self._maker.first_day(min(each.first for each in due(day, tuple(CAUGHT_UP))))


def due(day: str, kinds: tuple[str, ...]) -> Iterator[Period]:
    """The latest finished periods of these kinds, seen from a day, the oldest first."""
    for kind in kinds:
        found, last = [], before(around(kind, day))
        for _ in range(CAUGHT_UP[kind]):
            found.append(last)
            last = before(last)
        yield from reversed(found)
