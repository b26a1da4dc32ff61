"""What the pages of appeals, releases and honours say beside the words of scores."""

from __future__ import annotations

from web.words import _


def round_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _of_appeals() | _of_releases() | _of_changes() | _of_honours()


def _of_appeals() -> dict[str, str]:
    return {
        "side_entry": _("The entry"),
        "side_clerk": _("{who} says"),
        "appealed_at": _("Appealed {time}"),
        "about": _("{whose}, {month}"),
        "reason": _("Reason for the decision"),
        "uphold": _("Uphold: take the entry back"),
        "reject": _("Reject: the entry stands"),
        "upheld": _("Upheld"),
        "rejected": _("Rejected"),
        "decided_by": _("{who}, {time}: {reason}"),
        "not_yours": _("You entered this, or it concerns you: somebody else decides."),
        "only_reviewers": _("A supervisor or the administrator decides."),
        "reason_needed": _("Give a reason first."),
        "decided_said": _("Decided: {what}."),
        "queue_side": _("told by the queue itself"),
    }


def _of_releases() -> dict[str, str]:
    return {
        "ready_first": _("{month}: not released yet"),
        "ready_next": _("{month}: released, revision {n}"),
        "ready_counts": _("{windows} windows and {clerks} clerks will be frozen."),
        "ready_same": _("Nothing has changed since: there is nothing to release."),
        "ready_changed": _("{n} scores would come out otherwise than released."),
        "ready_changed_one": _("{n} score would come out otherwise than released."),
        "open_appeals": _("{n} appeals of this month aren't decided."),
        "open_appeals_one": _("{n} appeal of this month isn't decided."),
        "open_ratings": _("{n} bad ratings of this month are still being followed up."),
        "open_ratings_one": _("{n} bad rating of this month is still being followed up."),
        "open_complaints": _("{n} complaints of this month are still open."),
        "open_complaints_one": _("{n} complaint of this month is still open."),
        "open_missing": _("{n} scores lack a figure."),
        "open_missing_one": _("{n} score lacks a figure."),
        "open_month": _("The month isn't over."),
        "open_empty": _(
            "Nothing happened in this month: no entry, no rating, nothing from the queue."
        ),
        "open_nothing": _("Nothing is open."),
        "open_rules": _("The rules were changed since; a new revision keeps the old ones unless you choose."),
        "check": _("Check"),
        "check_same": _("As it was released"),
        "check_other": _("Not as it was released"),
        "release_month": _("Release {month}"),
        "release_next": _("Release revision {n} of {month}"),
        "really": _("Release {month} now?"),
        "released_said": _("{month} is released, revision {n}."),
        "early": _("released early"),
    }


def _of_changes() -> dict[str, str]:
    return {
        "how_added": _("new: {what}"),
        "how_withdrawn": _("taken back: {what}"),
        "how_changed": _("changed: {what}"),
        "how_gone": _("no more there: {what}"),
        "few_ratings": _("a few ratings"),
    }


def _of_honours() -> dict[str, str]:
    return {
        "honour_window_month": _("Red-flag windows of the month"),
        "honour_window_quarter": _("Windows of the quarter"),
        "honour_window_year": _("Windows of the year"),
        "honour_clerk_month": _("Clerks of the month"),
        "honour_clerk_quarter": _("The best of the quarter"),
        "honour_clerk_year": _("The best of the year"),
        "proposed": _("Proposed"),
        "published": _("Released {time}"),
        "shown_window_month": _(
            "The page of people shows it. A board shows it only where its red-flag windows are chosen:"
        ),
        "shown": _("The page of people shows it; boards show only the windows of a month."),
        "to_boards": _("Choose for boards"),
        "none_window": _("This scheme names no red-flag windows for this time."),
        "none_clerk": _("This scheme names no best people for this time."),
        "equal_ones": _(
            "{n} share the {places} places, being equal, and all would be shown. "
            "Release none, or take names back afterwards."
        ),
        "honour_release": _("Release"),
        "honour_back": _("Take back"),
        "back_reason": _("Reason for taking it back"),
        "back_said": _("Taken back: it is shown no more."),
        "back_by": _("{whose}: taken back {time}. {reason}"),
        "released_honour": _("Released."),
        "really_release": _("Show these to the public?"),
        "cancel": _("Cancel"),
        "nobody_named": _("Nobody is named by these rules."),
        "place": _("Place {n}"),
        "not_ready": _("The scores of this time haven't been released yet."),
    } | _of_those_left_out()


def _of_those_left_out() -> dict[str, str]:
    return {
        "left_out_title": _("Not on the list: {n}"),
        "left_out_no_score": _("a figure is missing"),
        "left_out_barred": _("barred"),
        "left_out_months_of_service": _("too few months of service"),
        "left_out_not_passing": _("not passed"),
    }
