"""What the kiosk says to somebody who has an appointment, or makes one."""

from __future__ import annotations

from web.booking import phones_are_told
from web.words import _


def booking_words() -> dict[str, str]:
    """By key, as in words.py."""
    return _arriving() | _booking()


def _arriving() -> dict[str, str]:
    return {
        "appointment": _("I have an appointment"),
        "appointment_how": _(
            "Type your code and the last four digits of your telephone number, "
            "or hold the square picture of your appointment to the reader."
        ),
        "appointment_code": _("Your code"),
        "appointment_digits": _("Last four digits of your telephone number"),
        "appointment_send": _("I am here"),
        "appointment_short": _("Please enter your code and all four digits of your telephone number."),
        "appointment_lost": _("Code forgotten? Please ask the guide at the desk."),
        "appointment_over": _(
            "Appointment {code} could be used until {closes}, so the place went to others. "
            "You can still be served today: please take a number."
        ),
        "appointment_walk_in": _("Take a number instead"),
        "appointment_cut_off": _(
            "Appointments can't be looked up here just now. Please ask the guide at the desk."
        ),
        "appointment_here": _("You are checked in. Your code is called"),
        "appointment_late": _("You came after your time, so you stand in the line from now on."),
        "appointment_slot": _(
            "You are called from the time of your appointment on, or earlier if nobody waits."
        ),
    }


def _booking() -> dict[str, str]:
    return {
        "book_when": _("When would you like to come?"),
        "book_left": _("{count} places left"),
        "book_left_one": _("1 place left"),
        "book_none": _("No day can be booked just now. Please ask the guide at the desk."),
        "book_cut_off": _(
            "No appointments can be made here just now: nobody can say which places are free. "
            "Please ask the guide at the desk."
        ),
        "book_elsewhere": _(
            "Appointments for this service are made with a document: on your phone, or with the guide "
            "at the desk."
        ),
        "book_phone": _("Your telephone number"),
        "book_phone_why": _phone_why(),
        "book_phone_short": _("Please enter the whole telephone number."),
        "book_send": _("Make this appointment"),
        "booked_code": _("Your appointment's code"),
        "booked_how": _('Come from {opens} on and touch "I have an appointment". You take no number.'),
        "booked_scan": _("Scan this with your phone: there you can change or cancel it."),
        "booked_remember": _("No phone? Note the code, the day and the time."),
    }


def _phone_why() -> str:
    """What becomes of the number: whoever is reminded by a message, it is kept in full until then."""
    if phones_are_told():
        return _("With its last four digits you check in. We send you a reminder, then forget the number.")
    return _("With its last four digits you check in. We keep no more than those and a code.")
