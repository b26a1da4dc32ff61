"""What the page for entering says beside the words of scores."""

from __future__ import annotations

from web.words import _


def entry_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _of_items() | _of_effects() | _of_entries() | _of_files()


def _of_items() -> dict[str, str]:
    return {
        "items_found": _("{n} items fit."),
        "items_found_one": _("{n} item fits."),
        "points_from_to": _("{from} to {to}"),
        "points_blank": _("no points stated"),
        "points_range": _("From {from} to {to}; empty: {from}."),
        "measured": _("a figure from 0 to the part's points"),
        "once": _("counts once a month"),
        "at_most": _("at most {points}"),
        "per_time": _("each time"),
        "per_person": _("each person and time"),
        "per_case": _("each case"),
        "per_day": _("each day"),
        "per_half_day": _("each half day"),
        "per_percentage_point": _("each percentage point under the target"),
        "value_rate": _("Rate in percent"),
        "value_figure": _("Figure"),
        "no_scheme": _("No rules are in force for this day."),
    }


def _of_effects() -> dict[str, str]:
    return {
        "effect_score": _("Score"),
        "effect_from_to": _("{was} → {now}"),
        "effect_none": _("Nothing changes: {score}."),
        "effect_unknown": _("What it does can't be told now."),
        "effect_line": _("This item"),
        "effect_released": _("This month is released: the entry counts from revision {n} on."),
    }


def _of_entries() -> dict[str, str]:
    return {
        "entered": _("Entered: {what}"),
        "entered_without_photos": _("Entered, but {n} photos could not be sent. Add them to the entry."),
        "entered_without_photos_one": _("Entered, but {n} photo could not be sent. Add it to the entry."),
        "sending_photos": _("Sending the photos …"),
        "anybody": _("Not named"),
        "everything": _("Everything"),
        "all_windows": _("Windows"),
        "all_clerks": _("Clerks"),
        "take_back": _("Take back"),
        "add_photo": _("Add a photo"),
        "taken_back": _("Taken back."),
        "of_item": _("{code} {text}"),
    }


def _of_files() -> dict[str, str]:
    return {
        "import_count": _("{n} lines can be entered."),
        "import_count_one": _("{n} line can be entered."),
        "import_faults": _("{n} lines can't be entered; correct them in the file and choose it again."),
        "import_faults_one": _("{n} line can't be entered; correct it in the file and choose it again."),
        "import_known": _("{n} lines were entered before and are left out."),
        "import_known_one": _("{n} line was entered before and is left out."),
        "import_line": _("Line {n}"),
        "import_enter": _("Enter these {n}"),
        "import_enter_one": _("Enter this one"),
        "import_done": _("{n} lines entered."),
        "import_done_one": _("{n} line entered."),
        "import_empty": _("This file has no lines to enter."),
        "import_too_large": _("This file is too large; divide it."),
    }
