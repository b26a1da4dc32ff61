"""A window's hours as a sign tells them: days that share their times stand together."""

from __future__ import annotations

from itertools import groupby

from babel import Locale

from queueing.hours import WEEKDAYS
from queueing.house import Hours, Stretch
from web.words import _


def timetable(hours: Hours, window: str, language: str) -> list[dict[str, str]]:
    """Rows of days and times, from Monday on; stretches that other windows keep are left out."""
    kept = [stretch for stretch in hours.open if keeps(stretch, window)]
    times = [(day, times_on(kept, name)) for day, name in enumerate(WEEKDAYS)]
    runs = [(said, [day for day, _said in run]) for said, run in groupby(times, key=lambda pair: pair[1])]
    return [{"days": days_said(days, language), "times": said} for said, days in runs if said]


def keeps(stretch: Stretch, window: str) -> bool:
    """Whether the window keeps this stretch, always or in turn."""
    return not stretch.rotation or any(window in group for group in stretch.rotation)


def times_on(stretches: list[Stretch], weekday: str) -> str:
    """The day's hours; those kept in turn with other windows are marked."""
    found = sorted(
        (stretch.opens, stretch.closes, bool(stretch.rotation))
        for stretch in stretches
        if weekday in stretch.days
    )
    return "  ".join(
        _("%(opens)s–%(closes)s in turn", opens=opens, closes=closes) if in_turn else f"{opens}–{closes}"
        for opens, closes, in_turn in found
    )


def days_said(days: list[int], language: str) -> str:
    """One day, or the first and last of a run."""
    names = Locale.parse(language).days["stand-alone"]["abbreviated"]
    if len(days) == 1:
        return str(names[days[0]])
    return _("%(first)s to %(last)s", first=names[days[0]], last=names[days[-1]])
