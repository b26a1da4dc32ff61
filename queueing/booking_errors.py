"""The refusals of appointments."""

from __future__ import annotations

from queueing.errors import HallError


class NotBookable(HallError):
    code = "not_bookable"
    status = 422
    sentence = "There are no appointments for {service}."


class SlotNotOpen(HallError):
    """Outside the windows' hours, on no slot's beginning, too soon or too far ahead."""

    code = "slot_not_open"
    status = 422
    sentence = "No appointment for {service} can be made for that time."


class SlotFull(HallError):
    """`near` names free slots: the nearest of the day, else of the days after."""

    code = "slot_full"
    sentence = "Every place for {service} at that time is taken."


class UnknownBooking(HallError):
    """Also when the proof is wrong: who guesses learns nothing."""

    code = "unknown_booking"
    status = 404
    sentence = "There is no such appointment, or it belongs to somebody else."


class BookingOver(HallError):
    """The table of states doesn't hold this step."""

    code = "booking_over"
    sentence = "Appointment {code} is {state}; it can't {action}."


class BookingMoved(HallError):
    code = "booking_moved"
    sentence = "Appointment {code} was changed meanwhile; look again."


class TooEarly(HallError):
    code = "too_early"
    sentence = "Appointment {code} is on {visit_day} at {time}; check in from {opens}."


class CheckInThere(HallError):
    code = "check_in_there"
    sentence = "Appointments are checked in in the hall, at the kiosk or the guide's desk."


class MovedEnough(HallError):
    code = "moved_enough"
    sentence = "Appointment {code} has been moved {times} times already."


class TooManyBookings(HallError):
    code = "too_many_bookings"
    sentence = "{most} appointments are open for this person already."


class EnoughFromHere(HallError):
    code = "enough_from_here"
    status = 429
    sentence = "Many appointments from this network address are open already."


class BookingBlocked(HallError):
    code = "booking_blocked"
    sentence = "After {missed} missed appointments none can be made for this person until {until}."


class PhoneNeeded(HallError):
    code = "phone_needed"
    status = 422
    sentence = "An appointment needs a telephone number."


class NotAPhone(HallError):
    """Without what was typed."""

    code = "not_a_phone"
    status = 422
    sentence = "This can't be a telephone number."
