"""Why a slip isn't printed."""

from __future__ import annotations

from queueing.errors import HallError


class NoPrinter(HallError):
    code = "no_printer"
    sentence = "No printer of the hall prints for this kiosk."


class UnknownPrinter(HallError):
    code = "unknown_printer"
    status = 404
    sentence = "The hall has no printer {printer}."


class TooLateToPrint(HallError):
    code = "too_late_to_print"
    sentence = "This kiosk doesn't print number {number} any more; the guide does."


class EnoughLists(HallError):
    code = "enough_lists"
    status = 429
    sentence = "This kiosk has printed several lists within a minute; the next one has to wait."
