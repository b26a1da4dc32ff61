"""The sentences that the kiosk's script says, in the language of the request."""

from __future__ import annotations

from kiosk.booking_words import booking_words
from kiosk.guide_words import guide_words
from kiosk.help_words import help_words
from web.wait_words import wait_words
from web.words import _


def kiosk_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    parts = (
        *(_walking(), _lines(), wait_words(), _confirming(), _identity(), _ticket(), _paper(), _trouble()),
        *(guide_words(), help_words(), booking_words()),
    )
    return {key: sentence for part in parts for key, sentence in part.items()}


def _walking() -> dict[str, str]:
    """From the first screen to a service."""
    return {
        "welcome": _("What do you need today?"),
        "common": _("Often asked for"),
        "departments": _("All offices"),
        "choose_service": _("Please choose what you need"),
        "back": _("Back"),
        "more_down": _("More below"),
        "more_up": _("More above"),
        "find": _("Find by name"),
        "find_hint": _("Type the first letters of its name"),
        "find_example": _('For "{name}", touch {letters}. The more letters, the shorter the list.'),
        "find_typed": _("Letters typed so far"),
        "find_nothing": _('Nothing found for "{typed}". Try fewer letters, or ask the guide at the desk.'),
        "find_found": _("{count} found"),
        "erase": _("Erase"),
        "clear": _("Clear all"),
        "space": _("Space"),
    }


def _lines() -> dict[str, str]:
    """How a line is doing, and when it opens."""
    return {
        "waiting_none": _("Nobody waiting"),
        "waiting_one": _("1 waiting"),
        "waiting_many": _("{count} waiting"),
        "line_unknown": _("Not known just now"),
        "closed": _("Closed now"),
        "all_closed": _("No numbers are given out just now"),
        "paused": _("Paused for now"),
        "full": _("All numbers for today are taken"),
        "ends_late": _("Full for today"),
        "ends_late_one": _("1 person waits and it closes at {time}"),
        "ends_late_many": _("{count} people wait and it closes at {time}"),
        "ends_late_why": _(
            "Whoever came now would be called after closing, so no more numbers are given for this today. "
            "Everybody who has a number is still served."
        ),
        "ends_late_book": _("Make an appointment"),
        "ends_late_scan": _("An appointment for another day? Scan this with your phone."),
        "ends_late_guide": _("Are you to be called earlier? Then please ask the guide at the desk."),
        "opens_today": _("Opens today at {time}"),
        "opens_tomorrow": _("Opens tomorrow at {time}"),
        "opens_on": _("Opens on {day} at {time}"),
    }


def _confirming() -> dict[str, str]:
    """What is told once and completely before a number is taken."""
    return {
        "waiting_now": _("Waiting now"),
        "how_long": _("How long"),
        "not_known": _("Not known yet"),
        "where": _("Where"),
        "windows": _("Windows {windows}"),
        "window": _("Window {windows}"),
        "materials": _("Please have these with you"),
        "materials_none": _("You need to bring nothing."),
        "limit": _("When it will be ready"),
        "limit_instant": _("Today, while you are here"),
        "limit_day": _("Within 1 working day"),
        "limit_days": _("Within {days} working days"),
        "limit_ask": _("The clerk will tell you"),
        "fee": _("Cost"),
        "priority": _("Should we call you earlier?"),
        "priority_hint": _("If one of these is true for you, touch it. If not, leave it."),
        "priority_seen": _("If one of these is true for you, touch it. The window will look at the proof."),
        "take": _("Take my number"),
        "taking": _("One moment …"),
        "closed_why": _("No numbers are given out for this just now."),
        "closed_then": _("You can still read here what you need to bring."),
    }


def _identity() -> dict[str, str]:
    """Where a real-name service asks for a document."""
    return {
        "id_title": _("Please enter your ID card number"),
        "id_title_other": _("Please enter your document's number"),
        "id_why": _(
            "Numbers for this service are given to real names only, one for each person. "
            "Until {day} we keep the last signs of the number and a code made from it, "
            "never your name or the number itself."
        ),
        "id_keys": _("Keys"),
        "id_count": _("{count} of 18 entered"),
        "id_count_other": _("{count} entered"),
        "id_show": _("Show what I typed"),
        "id_other": _("Passport or another document"),
        "id_resident": _("Mainland ID card"),
        "id_guide": _("With a passport or another document, please ask the guide at the desk."),
        "id_short": _("An ID card number has 18 digits; the last one may be an X. Please enter all of them."),
        "id_wrong": _(
            "One of the digits isn't right. Please compare with your card: "
            "erase what is wrong, or begin again."
        ),
        "id_wrong_other": _("Please enter the document's number: 5 to 20 letters and digits."),
        "stored_nothing": _("Kept: your number, the service and the times, nothing that names you."),
        "stored_until": _(
            "Kept until {day}: the last signs of your document, {masked}, and a code, not its number."
        ),
    }


def _ticket() -> dict[str, str]:
    """The number, and what to do with it."""
    return {
        "your_number": _("Your number"),
        "ahead": _("People before you"),
        "ahead_none": _("Nobody"),
        "taken_at": _("Taken at"),
        "wait_here": _("Please wait here"),
        "called_how": _("We call your number and show it on the big screen."),
        "scan": _("Scan this with your phone: it tells you when it is your turn."),
        "remember": _("No phone? Just remember your number."),
        "take_slip": _("Please take your slip below."),
        "done": _("Done"),
        "more_time": _("I need more time"),
        "closing": _("This page closes in {seconds} seconds"),
        "earlier": _("You will be called earlier"),
    }


def _paper() -> dict[str, str]:
    """What becomes of the slip, where the hall prints it."""
    return {
        "slip_printing": _("Your slip is being printed."),
        "slip_ready": _("Please take your slip."),
        "slip_elsewhere": _("Please take your slip over there: {name}."),
        "slip_no_paper": _(
            "There is no paper just now. Your number {number} stands: scan the code or note the number."
        ),
        "slip_trouble": _(
            "The printer can't print just now. Your number {number} stands: scan the code or note the number."
        ),
        "slip_dropped": _("No slip was printed. Your number {number} stands: scan its code or note it."),
        "slip_unsure": _("No slip, or only half of one? Print it again. Your number {number} stands."),
        "print_again": _("Print again"),
        "low_paper": _("Paper is running low; slips still come. Staff have been told."),
        "no_paper": _("No paper at the moment: please note your number or scan it."),
        "no_slips": _("No slips at the moment: please note your number or scan it."),
    }


def _trouble() -> dict[str, str]:
    """What went wrong and what to do, without a technical word."""
    return {
        "still_hint": _("This screen starts again in {seconds} seconds."),
        "not_live": _(
            "No numbers can be taken here just now. Please ask the guide at the desk, or wait a moment."
        ),
        "reserve_banner": _("The hall can't be reached just now. You can still take a number here."),
        "reserve_note": _(
            "This number is kept for you: your place counts from this minute. How long it takes can't be "
            "said just now."
        ),
        "reserve_scan": _(
            "Scan this: your phone shows your place as soon as this machine is connected again."
        ),
        "uncertain_reserve": _(
            "We can't say whether your number arrived. Touch the button once more: the number that you "
            "see then is the one that counts."
        ),
        "real_name": _("Just now only from the guide at the desk"),
        "not_live_take": _("Please wait a moment"),
        "uncertain": _(
            "We can't say yet whether you got a number. Touch the button once more: you won't get two."
        ),
        "ask_guide": _("If it doesn't work, please ask the guide at the desk."),
        "language_later": _("The language can't be changed just now. Please try again in a moment."),
        "not_paired": _("This screen isn't set up yet. Please tell the staff."),
    }
