"""The sentences of the office's view of printers."""

from __future__ import annotations

from web.words import _


def printer_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _states() | _facts() | _slips()


def _states() -> dict[str, str]:
    return {
        "kind_printer": _("Printer"),
        "printer_starting": _("Starting"),
        "printer_ok": _("Ready"),
        "printer_paper_low": _("Paper is running low"),
        "printer_paper_out": _("No paper"),
        "printer_cover_open": _("Its cover is open"),
        "printer_fault": _("It reports a fault"),
        "printer_silent": _("It doesn't answer"),
        "printer_gone": _("It can't be reached"),
        "printer_stuck": _("It hangs in the middle of a slip"),
        "printer_off": _("The hall can't print just now"),
    }


def _facts() -> dict[str, str]:
    return {
        "printer_since": _("Since"),
        "printer_waiting": _("Slips waiting"),
        "printer_place": _("Reached at"),
        "printer_paper": _("Paper"),
        "printer_mm": _("{paper} mm"),
        "printer_for": _("Prints for"),
        "printer_for_all": _("all kiosks that no other printer names"),
        "printer_at_machine": _("the kiosk on the hall's machine"),
        "printer_kiosk": _("kiosk {kiosk}"),
        "printer_mute": _("It doesn't tell how its paper is. Please look now and then."),
        "printer_try": _("Print a trial"),
    }


def _slips() -> dict[str, str]:
    return {
        "slip_trial": _("Trial"),
        "slip_list": _("What to bring"),
        "slip_missing": _("What is missing"),
        "slip_again": _("once more"),
        "slip_waiting": _("waiting"),
        "slip_printing": _("being printed"),
        "slip_printed": _("printed"),
        "slip_unsure": _("not certain"),
        "slip_dropped": _("not printed"),
        "slip_why_late": _("too late to be of use"),
        "slip_why_called": _("its number no longer waits"),
        "slip_why_full": _("too many were waiting"),
        "slip_why_stopped": _("printing broke off"),
    }
