"""Within which limits a missed call may be made good: one sentence for slips, phones and kiosks."""

from __future__ import annotations

from web.context import here
from web.words import _, ngettext


def come_back_limits() -> str:
    """How long, how often and how many places later, in the language of the request."""
    limits = here().house.limits
    if not limits.reinstatements:
        return _("Who misses the call needs a new number.")
    if limits.reinstate_minutes:
        return str(ngettext(
            "Within %(minutes)s minutes of the call, once; up to %(places)s others of your line go first.",
            "Within %(minutes)s minutes of the call, %(num)d times at most; "
            "up to %(places)s others of your line go first.",
            limits.reinstatements, minutes=f"{limits.reinstate_minutes:g}", places=limits.reinstate_places,
        ))  # fmt: skip
    return str(ngettext(
        "Today, once; up to %(places)s others of your line go first.",
        "Today, %(num)d times at most; up to %(places)s others of your line go first.",
        limits.reinstatements, places=limits.reinstate_places,
    ))  # fmt: skip
