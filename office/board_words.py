"""The sentences of the office's view of boards."""

from __future__ import annotations

from web.words import _


def board_view_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _board_words() | _media_words()


def _board_words() -> dict[str, str]:
    return {
        "board_hall": _("Board of the whole hall"),
        "board_area": _("Board: {place}"),
        "board_device": _("Screen {device}: {place}"),
        "board_own": _("composed"),
        "board_as_hall": _("as the whole hall"),
        "board_usual": _("as usual"),
        "board_saved": _("Saved. The boards show it now."),
        "board_changed": _("Not saved yet: the preview alone shows it."),
        "board_meanwhile": _("Not saved: somebody else has changed this board meanwhile."),
        "board_again_sure": _("What you changed here is then gone. Look at the board as it is now?"),
        "board_leave": _("What you changed here isn't saved. Leave it?"),
        "board_reset_sure": _("This board then shows what its place or the whole hall shows. Go on?"),
        "line_zh": _("Chinese"),
        "line_en": _("English (may be empty)"),
        "line_away": _("Remove line {n}"),
        "line_empty": _(
            "Every line needs its Chinese words; without English ones they stand on English boards too."
        ),
        "preview_of": _("Preview of the board"),
    }


def _media_words() -> dict[str, str]:
    return {
        "media_picture": _("Picture {n}"),
        "media_video": _("Video {n}"),
        "media_seconds": _("seconds"),
        "media_up": _("Earlier"),
        "media_down": _("Later"),
        "media_out": _("Take out"),
        "media_in": _("Put into the playlist"),
        "media_away": _("Delete for good"),
        "media_away_sure": _("Delete this for good? It can't be brought back."),
        "media_missing": _("The file isn't in its place."),
        "media_sending": _("{name}: {percent}%"),
        "media_sent": _("{name}: ready."),
        "media_failed": _("{name}: {why}"),
        "media_no_answer": _("the hall doesn't answer"),
        "media_size": _("{used} of {most} MB are taken."),
    }
