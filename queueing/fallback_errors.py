"""The refusals of numbers that were given out without the server."""

from __future__ import annotations

from queueing.errors import HallError


class NotReserved(HallError):
    code = "not_reserved"
    status = 422
    sentence = "Number {number} isn't one that was reserved for this."


class AlreadyEntered(HallError):
    code = "already_entered"
    sentence = "Number {number} has been entered already, for {service}."


class ReservedEarlier(HallError):
    code = "reserved_earlier"
    sentence = "Number {number} was reserved for another day; give this person a new number."


class TimeAhead(HallError):
    code = "time_ahead"
    status = 422
    sentence = "{time} is still to come."


class BeforeOpening(HallError):
    code = "before_opening"
    status = 422
    sentence = "No number was given at {time}; today they are given from {opens}."


class EnoughReserved(HallError):
    code = "enough_reserved"
    sentence = "Enough numbers are reserved; enter those that were given out first."


class KioskRunning(HallError):
    code = "kiosk_running"
    sentence = "The kiosk of number {number} is connected; it enters its numbers by itself."
