"""The sentences that the terminal's script says, in the language of the request."""

from __future__ import annotations

from web.words import _


def terminal_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _head() | _buttons() | _told() | _undone() | _lists() | _guide() | _choosing() | _trouble()


def _head() -> dict[str, str]:
    """What stands above the big button."""
    return {
        "window": _("Window {window}"),
        "loading": _("Loading …"),
        "is_free": _("Free"),
        "is_called": _("Called"),
        "is_serving": _("In service"),
        "is_paused": _("Paused"),
        "is_away": _("Only looking"),
        "next_up": _("Next in turn"),
        "nobody": _("Nobody is waiting"),
        "called_times": _("called {times} times"),
        "waited": _("waited {minutes} min"),
        "since_call": _("Since the call"),
        "service_time": _("Service time"),
        "usual": _("usually about {minutes} min"),
        "helps": _("You also help with {services} now"),
        "direct": _("For this window"),
        "real_name_resident": _("Real name: ID card {masked}"),
        "real_name_other": _("Real name: another document {masked}"),
        "real_name_none": _("Real name: no document shown yet"),
        "sign_paused": _("The sign says: service paused"),
        "sign_wait": _("The sign says: please wait a moment"),
        "sign_go_to": _("The sign says: please go to window {window}"),
        "taken_over": _("{name} took this window over at {time}. This terminal only shows what happens."),
        "elsewhere": _("You sit at window {window} now. This terminal only shows what happens here."),
        "left": _("Nobody sits at this window. This terminal only shows what happens."),
    }


def _buttons() -> dict[str, str]:
    """What the buttons say, which change with the state."""
    return {
        "next": _("Next"),
        "start": _("Start service"),
        "finish": _("Finish"),
        "finish_and_next": _("Finish and next"),
        "open_again": _("Open again"),
        "pause": _("Pause"),
        "call": _("Call this one"),
        "postpone": _("Move back"),
        "transfer": _("Transfer"),
        "resume": _("Resume"),
        "reinstate": _("Reinstate"),
    }


def _told() -> dict[str, str]:
    """What happened at this window, for the line under the buttons and for those who listen."""
    return {
        "done_call": _("{number} is called"),
        "done_recall": _("{number} is called again"),
        "done_serve": _("Service of {number} has begun"),
        "done_finish": _("{number} is finished"),
        "done_mark_no_show": _("{number} did not come"),
        "done_hold": _("{number} is on hold"),
        "done_resume": _("Service of {number} goes on"),
        "done_transfer": _("{number} is transferred"),
        "done_postpone": _("{number} goes some places back"),
        "done_reinstate": _("{number} waits again"),
        "done_confirm_class": _("{number}: seen, entitled"),
        "done_refuse_class": _("{number} stands among the ordinary numbers again, by the time it was taken"),
        "done_undo": _("The last press is taken back"),
        "done_abandon": _("{number} has given the ticket back"),
        "done_pause": _("The sign is up"),
        "done_open": _("The window is open again"),
        "done_expire": _("{number} is closed at the end of the day"),
    }


def _undone() -> dict[str, str]:
    """What an undo would take back."""
    return {
        "undo": _("Undo: {what}"),
        "undo_last": _("Undo the last press"),
        "undo_seconds": _("{seconds} s"),
        "and": _(", "),
        "undo_call": _("call of {number}"),
        "undo_recall": _("recall of {number}"),
        "undo_serve": _("start of {number}"),
        "undo_finish": _("finish of {number}"),
        "undo_mark_no_show": _("no-show of {number}"),
        "undo_hold": _("hold of {number}"),
        "undo_resume": _("resuming {number}"),
        "undo_transfer": _("transfer of {number}"),
        "undo_postpone": _("putting {number} back"),
        "undo_confirm_class": _("confirming {number}"),
        "undo_refuse_class": _("putting {number} back among the ordinary ones"),
        "undo_reinstate": _("reinstating {number}"),
    }


def _lists() -> dict[str, str]:
    """The lists on the right and the day's figures."""
    return {
        "longest": _("longest {minutes} min"),
        "after_hours": _("Closed at {time}: {n} people with a number are still to be served."),
        "after_hours_one": _("Closed at {time}: 1 person with a number is still to be served."),
        "minutes": _("{minutes} min"),
        "slot": _("from {time}"),
        "away": _("Away"),
        "at_window": _("window {window}"),
        "ratings_none": _("from {batch} on"),
        "ratings": _("{n} · {positive} % content"),
    }


def _guide() -> dict[str, str]:
    """The service guide at the clerk's hand."""
    return {
        "guide": _("Service guide"),
        "guide_of": _("What {service} needs"),
        "guide_none": _("No materials are listed for this service."),
        "something_else": _("Something else that is missing"),
        "guide_fee": _("Fee: {fee}"),
        "guide_instant": _("Finished the same day"),
        "guide_day": _("Promised within 1 working day"),
        "guide_days": _("Promised within {days} working days"),
        "tick_first": _("Tick what is missing first, then print."),
        "list_comes": _("The list comes out here: {name}."),
        "list_waits": _("{name} can't print just now; the list waits there."),
        "slip_where": _("Told at window {window}, {date}"),
    }


def _choosing() -> dict[str, str]:
    """Windows to sit at, and places to transfer to."""
    return {
        "nobody_sits": _("Nobody sits here"),
        "you_sit": _("You sit here"),
        "sits": _("{name} sits here"),
        "take_over": _("{name} sits at window {window}. Take over?"),
        "leave": _("Leave window {window}?"),
        "still_waiting": _("{count} people still wait for what this window serves."),
        "transfer_of": _("Transfer {number}"),
        "transfer_to": _("Transfer to {goal}"),
        "transfer_where": _("Choose where to"),
        "waiting": _("{count} waiting"),
        "state_closed": _("closed"),
        "state_paused": _("paused"),
        "state_full": _("full"),
        "state_ends_late": _("no more numbers today"),
    }


def _trouble() -> dict[str, str]:
    """What went wrong, and what is known about it."""
    return {
        "not_live": _("Not live: nothing heard from the hall for {seconds} s. What you see may be old."),
        "never_live": _("Not live: the hall can't be reached yet."),
        "waits_for_hall": _("Waiting for the hall … Your press is kept and counts once."),
        "unsure": _("Not certain yet – checking with the hall …"),
        "was_done": _("Checked: the press was done."),
        "not_done": _("Checked: the press was not done. Please press again."),
        "no_answer": _("The hall did not answer."),
    }
