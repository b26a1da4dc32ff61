"""What the kiosk says to somebody who has an appointment, or makes one."""

from __future__ import annotations

from web.booking import phones_are_told
from web.words import _


def booking_words() -> dict[str, str]:
    """By key, as in words.py."""
    return _arriving() | _booking() | _changing() | _asking()


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
        "book_next": _("Next: your document"),
        "book_id_why": _(
            "For this service one place is given to each person. Please bring the document with you. "
            "Until {day} we keep the last signs of the number and a code made from it, "
            "never your name or the number itself."
        ),
        "book_phone": _("Your telephone number"),
        "book_phone_why": _phone_why(),
        "book_phone_short": _("Please enter the whole telephone number."),
        "book_send": _("Make this appointment"),
        "booked_code": _("Your appointment's code"),
        "booked_how": _('Come from {opens} on and touch "I have an appointment". You take no number.'),
        "booked_scan": _("Scan this with your phone: there, or at this screen, you can change or cancel it."),
        "booked_remember": _("No phone? Note the code, the day and the time."),
    }


def _changing() -> dict[str, str]:
    """Finding one's appointment, and what can be done with it."""
    return {
        "change": _("Move or cancel an appointment"),
        "change_day": _("Which day is your appointment?"),
        "change_day_how": _(
            "Touch its day, or hold the square picture of your appointment to the reader."
        ),
        "change_today": _("Today, {day}"),
        "change_how": _(
            "Type the code of your appointment on {day} and the last four digits of your telephone number."
        ),
        "change_find": _("Show my appointment"),
        "change_now": _("Your appointment"),
        "change_next": _("Move it to another time"),
        "change_days": _("More days and times"),
        "change_cancel": _("Cancel this appointment"),
        "change_enough": _(
            "This appointment has been moved as often as possible. The guide at the desk can still move it."
        ),
        "change_checked_in": _("You are checked in already: your code is called."),
        "change_missed": _("The time of this appointment is over."),
        "change_cancelled": _("This appointment has been cancelled."),
    }


def _asking() -> dict[str, str]:
    """The question before an appointment is moved or cancelled, and what was done."""
    return {
        "move_question": _("Move your appointment?"),
        "move_from": _("Until now"),
        "move_to": _("Then"),
        "move_code": _("On another day your appointment has another code. The next page shows it."),
        "move_yes": _("Yes, move it"),
        "move_no": _("No, leave it"),
        "moved_code": _("Moved. Your appointment's code"),
        "cancel_question": _("Cancel your appointment?"),
        "cancel_why": _("The place goes to somebody else. To come at another time, move it instead."),
        "cancel_yes": _("Yes, cancel it"),
        "cancel_no": _("No, keep it"),
        "cancelled": _("Appointment {code} is cancelled"),
        "cancelled_how": _("Nobody waits for you at that time. You may make a new appointment."),
    }


def _phone_why() -> str:
    """What becomes of the number: whoever is reminded by a message, it is kept in full until then."""
    if phones_are_told():
        return _("With its last four digits you check in. We send you a reminder, then forget the number.")
    return _("With its last four digits you check in. We keep no more than those and a code.")
