"""Moments and stretches of time as people say them."""

from __future__ import annotations

from babel.dates import format_skeleton

from queueing.clock import Instant, local, minutes_between
from web.context import here, the_hall
from web.words import _, language, ngettext

HOUR, DAY = 60, 24 * 60


def moment_words(at: Instant | None) -> str:
    """ "12 Oct, 09:30" or "10月12日 09:30"; a dash for what hasn't been."""
    if not at:
        return "–"
    wall = local(at, here().house.hall.timezone)
    tongue = {"en": "en_GB"}.get(language(), language())
    return f"{format_skeleton('MMMd', wall, locale=tongue)} {wall:%H:%M}"


def left_words(due_at: Instant | None) -> str:
    """How long there still is, or how much too late it is."""
    if not due_at:
        return ""
    minutes = minutes_between(the_hall().now(), due_at)
    stretch = stretch_words(abs(minutes))
    return _("%(stretch)s left", stretch=stretch) if minutes >= 0 else _("%(stretch)s late", stretch=stretch)


def stretch_words(minutes: float) -> str:
    """In the largest unit of which there are at least two."""
    if minutes >= 2 * DAY:
        return str(ngettext("%(num)d day", "%(num)d days", int(minutes // DAY)))
    if minutes >= 2 * HOUR:
        return str(ngettext("%(num)d hour", "%(num)d hours", int(minutes // HOUR)))
    return str(ngettext("%(num)d minute", "%(num)d minutes", int(minutes)))
