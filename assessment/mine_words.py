"""What a clerk's own page says beside the words of scores."""

from __future__ import annotations

from web.words import _


def mine_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return {
        "own_score": _("My own assessment"),
        "window_score": _("Window {window} · {name}"),
        "others": _("{n} more that don't concern you"),
        "others_one": _("{n} more that doesn't concern you"),
        "appeal": _("Appeal"),
        "appeal_until": _("An appeal is possible until {time}."),
        "appeal_over": _("The time for an appeal is over."),
        "state_open": _("Appeal: not decided yet"),
        "state_upheld": _("Appeal upheld: it counts no more"),
        "state_rejected": _("Appeal rejected: it stands"),
        "appealed_said": _("Your appeal was sent."),
        "decided_at": _("Decided {time}: {reason}"),
        "sent_at": _("Sent {time}"),
        "nothing_mine": _("There is no assessment of yours for this month."),
        "words_needed": _("Say why it isn't right."),
        "sending_photos": _("Sending the photos …"),
    }
