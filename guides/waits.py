"""A wait in words, rounded as the screens round it (static/shared/page.js, waitSentence)."""

from __future__ import annotations

from math import ceil, floor

from web.words import _

HOUR = 60


def wait_words(low: int, high: int) -> str:
    """Of so many minutes: in fives, from an hour on in half hours."""
    if low >= HOUR:
        return _hours(floor(low / 30) / 2, ceil(high / 30) / 2)
    least, most = 5 * floor(low / 5), 5 * ceil(high / 5)
    if not least:
        return _("Wait: less than %(high)d minutes", high=most)
    if least == most:
        return _("Wait: about %(low)d minutes", low=least)
    return _("Wait: about %(low)d to %(high)d minutes", low=least, high=most)


def _hours(low: float, high: float) -> str:
    if low == high:
        return _("Wait: about %(low)g hours", low=low)
    return _("Wait: about %(low)g to %(high)g hours", low=low, high=high)
