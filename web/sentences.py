"""What a person reads when the hall refuses: by code, what is the matter and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from queueing.house import House
from web.assessment_sentences import OF_ASSESSMENTS
from web.booking_sentences import BOOKING_STATES, OF_BOOKINGS
from web.complaint_sentences import OF_COMPLAINTS
from web.context import here
from web.fact_sentences import SENTENCES as OF_FACTS
from web.rating_sentences import ABOUT_BAD_RATINGS
from web.words import LazyString, _l, long_date, said_here

STATES: Mapping[str, LazyString] = {
    "waiting": _l("waiting"),
    "called": _l("called"),
    "serving": _l("being served"),
    "held": _l("on hold"),
    "no_show": _l("marked as no-show"),
    "finished": _l("finished"),
    "abandoned": _l("given up"),
    **BOOKING_STATES,
}

AT_THE_WINDOW: Mapping[str, LazyString] = {
    "nobody_waiting": _l("Nobody is waiting for window %(window)s at the moment."),
    "window_busy": _l(
        "Window %(window)s still has ticket %(number)s. Finish it or mark it as no-show first."
    ),
    "no_ticket": _l("Window %(window)s has no ticket at the moment. Call the next one first."),
    "ticket_moved": _l("Ticket %(number)s was changed meanwhile. Look at the screen again before you press."),
    "not_your_window": _l("You aren't sitting at window %(window)s. Sit down there first."),
    "window_taken": _l("%(clerk)s is sitting at window %(window)s. Take over only if you have agreed on it."),
    "finish_first": _l("Ticket %(number)s is still open at window %(window)s. Finish it before you leave."),
    "window_closed": _l("Nobody is sitting at window %(window)s. Sit down there first."),
    "window_paused": _l("Window %(window)s is paused. Take the sign down before you call."),
    "not_served_here": _l('Window %(window)s is not for "%(service)s". Choose a window that is.'),
    "cannot": _l("That isn't possible: the ticket is %(state)s."),
    "nothing_to_undo": _l("There is nothing to take back at window %(window)s."),
    "undo_too_late": _l("A press can be taken back for %(seconds)s seconds only; this one is older."),
    "undo_moved_on": _l("Ticket %(number)s has moved on or been rated since, so the press stands."),
    "recall_first": _l(
        "Ticket %(number)s has been called %(calls)s of %(needed)s times. Recall it once more first."
    ),
    "still_walking": _l(
        "Ticket %(number)s may still be on the way. It can be marked in %(seconds)s seconds."
    ),
    "nobody_there": _l("Nobody sits at window %(window)s now. Send the ticket to its service instead."),
    "seat_changed": _l("The seat or sign of window %(window)s has changed since, so the press stands."),
    "not_by_staff": _l("Staff don't rate, and this browser is signed in as %(clerk)s. Use another browser."),
    "day_over": _l("Ticket %(number)s is of another day. Please take a new number."),
    "return_too_late": _l(
        "Number %(number)s could come back within %(minutes)s minutes of its call. Please take a new number."
    ),
    "too_many_reinstatements": _l(
        "Ticket %(number)s has already come back %(times)s times. Please take a new number."
    ),
}

IN_THE_HALL: Mapping[str, LazyString] = {
    "unknown_service": _l("The hall doesn't have this service. Go back and choose from the list."),
    "unknown_window": _l("The hall doesn't have a window %(window)s. Check the number on its sign."),
    "unknown_ticket": _l("This ticket can't be found, or its link has expired. Please ask the guide."),
    "no_pagers": _l("This hall has no pagers. Its file names no address that is told of them."),
    "ticket_over": _l("Ticket %(number)s isn't open any more, so it gets no pager."),
    "push_not_offered": _l("Messages can't be sent to this browser. Please keep this page open instead."),
    "push_too_late": _l("Number %(number)s is over, so there is nothing more to tell."),
    "pager_in_use": _l(
        "Pager %(pager)s is with number %(number)s. Please take another, or take it off there."
    ),
    "unknown_number": _l("No ticket of today has the number %(number)s. Please compare it with your slip."),
    "unknown_case": _l("There is no case %(case)s. Please compare it with your receipt."),
    "cases_not_asked": _l("Cases can't be looked up here. Please ask at the window."),
    "paper_not_drawn": _l(
        "The PDF couldn't be made on this machine. The Excel file has the same figures. "
        "Tell the administrator."
    ),
    "cases_silent": _l("The case system doesn't answer just now. Please try later, or ask at the window."),
    "unknown_class": _l("The hall doesn't have this kind of ticket. Reload the page and choose again."),
    "nothing_to_confirm": _l("Number %(number)s stands in a line where nothing has to be checked."),
    "suggestion_gone": _l("That suggestion isn't there any more; ask for a new one."),
    "unknown_rule": _l("This rule isn't in the hall's file any more."),
    "class_not_offered": _l("Numbers of this kind aren't given out here. Please ask a member of staff."),
    "unknown_area": _l('The hall has no area "%(area)s". Choose one from the list.'),
    "service_closed": _l('"%(service)s" is closed now. Please come back during opening hours.'),
    "service_paused": _l('All windows for "%(service)s" are taking a break. Please try again later.'),
    "service_stopped": _l('No numbers for "%(service)s" at the moment. Please try later, or ask the guide.'),
    "service_full": _l('All numbers for "%(service)s" are taken today. Please come back on another day.'),
    "line_ends_after_closing": _l(
        'No more numbers for "%(service)s" today: %(waiting)s people wait and it closes at %(closes)s. '
        "Everybody who has a number is still served. Please come back on another day."
    ),
    "postponed_enough": _l(
        "Number %(number)s has been moved back %(times)s times already. Please be there when it is called."
    ),
    "called_already": _l(
        "Number %(number)s is being called to window %(window)s. Please go there now, or leave the line."
    ),
    "not_away": _l("Number %(number)s waits in its line already."),
    "identity_needed": _l(
        '"%(service)s" gives numbers to real names only: please enter the number of your ID card.'
    ),
    "identity_not_asked": _l("No document is needed for this service. Please take the number without one."),
    "not_a_document_number": _l(
        "This number can't be right. Please compare it with your document, sign by sign."
    ),
    "document_not_taken": _l("Only mainland ID cards are read here. Please ask the guide at the desk."),
    "no_printer": _l("There is no printer for this kiosk. Please note the number, or scan its code."),
    "unknown_printer": _l("The hall has no printer %(printer)s. Reload the page and choose again."),
    "enough_lists": _l("Several lists were printed just now. Please scan the code, or wait a minute."),
    "too_late_to_print": _l("This kiosk doesn't print %(number)s any more. The guide at the desk does."),
    "already_in_line": _l(
        "With this document there is an open number for this service already. "
        "If you have lost it, the guide finds it for you: please show your document."
    ),
    "too_many_open": _l(
        "With this document %(most)s numbers are open already. Please use those first, or ask the guide."
    ),
    "blocked_until": _l(
        "%(no_shows)s calls were missed with this document, so it gets no number until the end of %(until)s. "
        "Was there a reason? The guide at the desk can help you at once."
    ),
    "not_reserved": _l("%(number)s isn't a reserved number. Check it, or give this person a new number."),
    "already_entered": _l('%(number)s has been entered already, for "%(service)s".'),
    "reserved_earlier": _l("%(number)s was given out for another day. Please give this person a new number."),
    "time_ahead": _l("%(time)s is still to come. Please enter the time that is written on the slip."),
    "before_opening": _l(
        "Today numbers for this are given from %(opens)s, so %(time)s can't be right. "
        "Please enter the time that is written on the slip."
    ),
    "kiosk_running": _l(
        "The kiosk that has %(number)s is connected and enters its numbers by itself. "
        "Does somebody hold this slip who isn't in the line? Please give this person a new number."
    ),
    "enough_reserved": _l(
        "Enough numbers are kept here. Those that were given out have to be entered first."
    ),
    "no_voice": _l("The hall can't say this in that language now. Please read the screen."),
    "unusable_clips": _l(
        "These recordings can't be read. Send WAV files, or one ZIP file of them, of at most 24 MB."
    ),
    "already_rated": _l("This visit has already been rated. Thank you."),
    "rating_closed": _l("The time for rating this visit is over."),
    "not_finished": _l("A visit can be rated when the service has ended."),
    "not_this_pad": _l("Ticket %(number)s wasn't served at window %(window)s, so it can't be rated here."),
    "not_rated": _l("There is no such rating any more. Load the page again."),
    "own_rating": _l("The rating of ticket %(number)s is about you. Somebody else reviews it."),
    "already_aside": _l("The rating of ticket %(number)s was set aside already."),
    "not_aside": _l("The rating of ticket %(number)s isn't set aside, so it can't be put back."),
    "reason_needed": _l("Please say what wasn't good: choose at least one reason."),
    "no_scheme_in_force": _l("No scheme of assessment was valid on %(day)s. Ask the administrator."),
}

AT_THE_DOOR: Mapping[str, LazyString] = {
    "not_signed_in": _l("You aren't signed in, or the day is over. Please sign in again."),
    "not_paired": _l("This screen isn't connected to the hall yet. Ask an administrator for a code."),
    "not_allowed": _l("This isn't open to your account or this screen. Ask your supervisor if you need it."),
    "password_must_change": _l("Please choose a password of your own before you go on."),
    "password_wrong": _l("The name or the password isn't right. Please check both and try again."),
    "password_too_short": _l("The new password needs at least %(least)s characters."),
    "password_too_plain": _l("The new password needs at least %(least)s different characters."),
    "password_not_new": _l("The new password must differ from the old one and from your name."),
    "code_wrong": _l("This code is wrong, used or older than ten minutes. Please ask for a new one."),
    "already_given_out": _l("This was already given out and is shown only once. Ask for a new one."),
    "throttled": _l("Too many wrong tries. Please wait %(seconds)s seconds, then try again."),
    "unknown_staff": _l("Nobody with this name works in this hall. Look at the list of staff again."),
    "unknown_board": _l("The hall has no such board any more. Look at the list of boards again."),
    "unknown_media": _l("This picture or video isn't there any more. Look at the list again."),
    "media_in_use": _l("A board still shows this. Take it out of the playlist first."),
    "media_refused": _l(
        "Boards can't show this file. Please take a picture (JPEG, PNG, WebP, up to 30 MB) "
        "or a video (MP4, WebM, up to 300 MB)."
    ),
    "picture_too_large": _l(
        "This picture has more than 50 million dots (width times height). Please save it smaller, "
        "for example 3840 dots wide, and add it again."
    ),
    "composed_meanwhile": _l(
        "Somebody else has changed this board meanwhile, so nothing was saved. "
        "Look at it again, then change it."
    ),
    "too_much_media": _l("There is no room for more pictures and videos. Take some away first."),
    "unknown_device": _l("This screen isn't connected any more. Look at the list of screens again."),
}

BEHIND_IT_ALL: Mapping[str, LazyString] = {
    "key_missing": _l("The request came without a key, so nothing was changed. Reload the page."),
    "key_reused": _l("The same key came with another request, so nothing was changed. Reload the page."),
    "bad_request": _l("The hall couldn't understand this. Check what you entered, or reload the page."),
    "too_many": _l("That was too often. Please wait %(seconds)s seconds, then try again."),
    "too_many_screens": _l("This page is open too many times already. Please close some, then try again."),
    "length_required": _l("The request came without its length, so nothing was changed. Reload the page."),
    "not_found": _l("There is nothing at this address. Check it, or go back to the start page."),
    "storage_failed": _l("The hall couldn't save this, so nothing was changed. Tell the administrator."),
    "disk_full": _l("The hall's disk is full, so nothing was changed. Tell the administrator."),
    "disk_read_only": _l("The hall can't write to its disk, so nothing was changed. Tell the administrator."),
    "data_damaged": _l("The hall's data are damaged, so nothing was changed. Tell the administrator."),
    "database_away": _l(
        "The hall's database can't be reached, so nothing was changed. Tell the administrator."
    ),
    "no_connections": _l(
        "The hall's database lets nobody else in, so nothing was changed. Tell the administrator."
    ),
    "newer_release": _l(
        "This server is older than the hall's data, so nothing was changed. Tell the administrator."
    ),
    "not_known_whether_kept": _l(
        "The hall's database went away just then: it isn't known whether this was saved. "
        "Look before you try again."
    ),
    "failed": _l("Something went wrong in the hall. Try again, or tell the administrator."),
}

SENTENCES: Mapping[str, LazyString] = {
    **AT_THE_WINDOW,
    **IN_THE_HALL,
    **AT_THE_DOOR,
    **BEHIND_IT_ALL,
    **OF_COMPLAINTS,
    **OF_BOOKINGS,
    **ABOUT_BAD_RATINGS,
    **OF_ASSESSMENTS,
    **OF_FACTS,
}


def sentence(code: str, detail: Mapping[str, Any]) -> str:
    """The sentence for a code in the reader's language, with names instead of ids."""
    return str(SENTENCES.get(code, SENTENCES["failed"])) % _Readable(here().house, detail)


class _Readable(dict[str, str]):
    """A refusal's details as a person would say them; what isn't known is left open."""

    def __init__(self, house: House, detail: Mapping[str, Any]) -> None:
        super().__init__({key: str(value) for key, value in detail.items()})
        named = {("service", each.id): each.name for each in house.services}
        named |= {("clerk", each.id): each.name for each in house.staff}
        for key in ("service", "clerk"):
            if (key, self.get(key)) in named:
                self[key] = said_here(named[key, self[key]])
        for key in {"until", "visit_day"} & self.keys():
            self[key] = long_date(date.fromisoformat(self[key]))
        if self.get("state") in STATES:
            self["state"] = str(STATES[self["state"]])

    def __missing__(self, key: str) -> str:
        return "…"
