"""The sentences that the page of sounds says, in the language of the request."""

from __future__ import annotations

from web.words import _


def sound_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _of_languages() | _of_recordings() | _of_refusals()


def _of_languages() -> dict[str, str]:
    return {
        "zh_Hans": _("Mandarin"),
        "yue": _("Cantonese"),
        "en": _("English"),
        "by_clips": _("Recorded voice"),
        "by_synthetic": _("Synthetic voice"),
        "silent": _("No voice"),
        "not_used": _("Not spoken in this hall"),
        "used_in": _("Spoken in: {areas}"),
        "why_missing": _("The synthetic voice isn't installed on the hall's machine."),
        "why_no_voice": _("The synthetic voice doesn't know this language."),
        "why_failed": _("The synthetic voice broke off."),
        "why_late": _("The synthetic voice took too long."),
        "why_silent": _("The synthetic voice gave no sound."),
        "instead": _("Screens use their browser's own voice, or chime and show the call."),
        "play": _("Listen: {language}"),
        "cannot_play": _("This can't be played here: {why}"),
        "uncertain": _("The hall did not answer. Please look whether it was done before you press again."),
    }


def _of_recordings() -> dict[str, str]:
    return {
        "clips_of": _("{have} of {of} clips recorded"),
        "complete": _("All {of} clips are there. Calls in this language are spoken by them."),
        "incomplete": _("The synthetic voice speaks until all clips are there; the two are never mixed."),
        "damaged": _("The recordings on the disk can't be read. Upload them again."),
        "none": _("Nothing recorded. The synthetic voice speaks."),
        "there": _("recorded"),
        "not_there": _("missing"),
        "looking": _("Looking through {name} …"),
        "taken": _("{n} clips taken."),
        "nothing_taken": _("No clip was taken."),
        "removed": _("The recordings are gone."),
    }


def _of_refusals() -> dict[str, str]:
    """By the reasons that the hall gives for a recording that it can't use."""
    return {
        "not_unknown": _("no clip of this name is needed; the list below has the names"),
        "not_twice": _("the upload holds this clip twice; the first one was taken"),
        "not_not_wav": _("isn't a WAV file"),
        "not_too_large": _("is larger than 4 MB"),
        "not_too_long": _("is too long: a clip holds one word, at most 4 seconds"),
        "not_too_short": _("is too short to hold a word"),
        "not_silent": _("nothing can be heard"),
        "not_channels": _("has more than two channels; record in mono or stereo"),
        "not_rate": _("has an unusual sample rate; use 8 to 192 kHz"),
        "larger": _("{name} is larger than 24 MB. Send the clips in parts."),
    }
