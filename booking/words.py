"""The sentences that the scripts of appointments say."""

from __future__ import annotations

from web.words import _


def trouble_words() -> dict[str, str]:
    """When something can't be done; {names} in braces are filled in by the script."""
    return {
        "no_answer": _("The hall did not answer. Please try once more; it counts once."),
        "waits_for_hall": _("Waiting for the hall … Your answer is kept and counts once."),
        "not_sent": _("This could not be sent. Please try once more."),
        "near": _("These are still free:"),
        "push_failed": _("Your browser doesn't allow it. Please note the day and the time instead."),
    }
