"""The sentences of the office's view of what is said aloud."""

from __future__ import annotations

from web.words import _


def announcing_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _states() | _lines() | _reasons()


def _states() -> dict[str, str]:
    return {
        "kind_silent": _("Nobody announces"),
        "find_silent": _("{area}: no announcer is running"),
        "kind_not_heard": _("Not heard"),
        "find_not_heard": _("{area}: the browser withholds sound, its button must be touched"),
        "kind_late": _("Announcements late"),
        "find_late": _("{area}: {n} calls wait to be announced, the oldest for {seconds} s"),
        "sound_heard": _("Announcements are heard"),
        "sound_quiet": _("Quiet hour: captions only"),
        "sound_not_heard": _("Not heard: the browser withholds sound"),
        "sound_none": _("No announcer is running"),
        "spoken_by_announcer": _("by the announcer {name}"),
        "spoken_by_board": _("by the board {name}"),
        "own_machine": _("on the hall's own machine"),
        "able_chime": _("no voice, only the chime"),
        "waiting_none": _("No call waits to be announced"),
        "waiting_some": _("{n} calls wait to be announced, the oldest for {seconds} s"),
        "being_said": _("Now: {number} to window {window} ({language})"),
        "all_areas": _("All areas"),
    }


def _lines() -> dict[str, str]:
    return {
        "zh_Hans": _("Mandarin"),
        "yue": _("Cantonese"),
        "en": _("English"),
        "outcome_said": _("announced"),
        "outcome_broken": _("broken off"),
        "outcome_skipped": _("not announced"),
        "by_hall": _("the hall's voice"),
        "by_browser": _("the device's own voice"),
        "by_chime": _("chime only"),
        "recalled": _("called again"),
        "once_more": _("repetition"),
        "took": _("{seconds} s"),
        "no_announcements": _("Nothing was called yet."),
    }


def _reasons() -> dict[str, str]:
    """Why something wasn't announced."""
    return {
        "skip_undone": _("the call was undone"),
        "skip_answered": _("already at the window"),
        "skip_missed": _("already marked as missed"),
        "skip_moved": _("sent elsewhere"),
        "skip_left": _("has left"),
        "skip_called_again": _("called again meanwhile"),
        "skip_too_old": _("waited for more than a minute"),
        "skip_backlog": _("left out because others waited"),
        "skip_broken": _("said again if younger than a minute"),
        "skip_quiet": _("quiet hour: caption only"),
        "skip_no_voice": _("no voice in this language: caption only"),
        "skip_remembered": _("said before, as the machine remembers"),
    }
