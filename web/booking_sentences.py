"""What a person reads when something about an appointment is refused; see `web.sentences`."""

from __future__ import annotations

from collections.abc import Mapping

from web.words import LazyString, _l

OF_BOOKINGS: Mapping[str, LazyString] = {
    "not_bookable": _l('There are no appointments for "%(service)s". Please take a number in the hall.'),
    "slot_not_open": _l(
        'No appointment for "%(service)s" can be made for that time. Please choose one from the list.'
    ),
    "slot_full": _l("Somebody has just taken the last place at that time. Please choose another time."),
    "unknown_booking": _l(
        "No appointment fits this. Please compare the code and the digits, or ask at the guide's desk."
    ),
    "booking_over": _l("Appointment %(code)s is %(state)s, so this can't be done any more."),
    "booking_moved": _l("Appointment %(code)s was changed meanwhile. Please look at it again."),
    "too_early": _l(
        "Appointment %(code)s is on %(visit_day)s at %(time)s. You can check in from %(opens)s on that day."
    ),
    "check_in_there": _l("Please check in in the hall, at the kiosk or at the guide's desk."),
    "moved_enough": _l(
        "Appointment %(code)s has been moved %(times)s times already. You can cancel it and make a new one."
    ),
    "too_many_bookings": _l(
        "With this telephone or document %(most)s appointments are open already. Cancel one of them first."
    ),
    "enough_from_here": _l(
        "Many appointments were made from this connection. Please book at the kiosk or the guide's desk."
    ),
    "booking_blocked": _l(
        "%(missed)s appointments were missed, so none can be made until the end of %(until)s. "
        "You can take a number in the hall, and the guide at the desk can help."
    ),
    "phone_needed": _l("Please enter a telephone number: its last four digits find your appointment again."),
    "not_a_phone": _l("This can't be a telephone number. Please compare it digit by digit."),
}

BOOKING_STATES: Mapping[str, LazyString] = {
    "booked": _l("booked"),
    "checked_in": _l("checked in already"),
    "missed": _l("over, because nobody checked in in time"),
    "cancelled": _l("cancelled"),
}
