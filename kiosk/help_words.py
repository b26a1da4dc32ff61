"""What the kiosk says aloud, and to somebody who missed the call."""

from __future__ import annotations

from web.coming_back import come_back_limits
from web.words import _


def help_words() -> dict[str, str]:
    """By key, as in words.py."""
    return _aloud() | _missed()


def _aloud() -> dict[str, str]:
    """Heard in the headphones; {choices} are what the keypad's digits choose."""
    return {
        "sound_on": _(
            "Reading aloud is on. Arrow down: the next thing. Arrow up: the one before. Enter: choose it. "
            "A number: choose that tile. Star: say it again. "
            "Plus and minus: louder and quieter. Zero: go back. Point: the languages and what helps."
        ),
        "sound_choices": _("{count} things to choose from"),
        "sound_choice": _("1 thing to choose"),
        "sound_key": _("Number {number}"),
        "sound_chosen": _("chosen"),
        "sound_not_chosen": _("not chosen"),
        "sound_step": _("Loudness {step} of 5"),
    }


def _missed() -> dict[str, str]:
    """Back in line after a missed call, by what only the holder has."""
    return {
        "missed": _("Missed your call?"),
        "missed_how": _("Type the 6 digits from your slip, or hold its square code to the reader."),
        "missed_lost": _("No slip? Please ask the guide at the desk."),
        "missed_limits": come_back_limits(),
        "missed_behind": _("You now stand behind {count} others."),
        "missed_behind_one": _("You now stand behind 1 other."),
        "missed_next": _("You are next."),
        "missed_count": _("{count} of 6 entered"),
        "missed_send": _("Wait again"),
        "missed_short": _("The slip has 6 digits. Please enter all of them."),
        "missed_wrong": _(
            "No missed number has these digits. Please compare with your slip, or ask the guide at the desk."
        ),
        "missed_uncertain": _("The hall did not answer. Please touch the button once more; it counts once."),
        "missed_back": _("Your number waits again"),
        "missed_digits": _("Missed your call? Type {digits} at this screen and you wait again."),
        "slip_missed": _("Missed your call? Please ask the guide at the desk."),
        "slip_not_in_line": _(
            "Do you hold number {number}? It is not in the line. Please ask the guide at the desk."
        ),
    }
