"""The sentences that the office's scripts say, in the language of the request."""

from __future__ import annotations

from web.words import _


def start_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return {"opens_at": _("Opens {when}"), "live": _("Live"), "lost": _("No connection to the hall")}


def office_words() -> dict[str, str]:
    return _hall_words() | _rating_words() | _score_words() | _door_words()


def _hall_words() -> dict[str, str]:
    return {
        "open": _("Open"),
        "closed": _("Closed"),
        "paused": _("Paused"),
        "called": _("Called"),
        "serving": _("Serving"),
        "free": _("Free"),
        "nobody": _("Nobody is waiting."),
        "wait_unknown": _("not known yet"),
        "wait_none": _("no wait"),
        "wait_short": _("under {high} min"),
        "wait_range": _("{low} to {high} min"),
        "wait_about": _("about {low} min"),
        "wait_hours": _("{low} to {high} h"),
        "wait_hours_about": _("about {low} h"),
        "lost": _("Not live: nothing heard from the hall for {age} seconds."),
        "updated": _("Updated {age} s ago"),
    }


def _rating_words() -> dict[str, str]:
    return {
        "very_satisfied": _("Very satisfied"),
        "satisfied": _("Satisfied"),
        "fairly_satisfied": _("Fairly satisfied"),
        "dissatisfied": _("Dissatisfied"),
        "very_dissatisfied": _("Very dissatisfied"),
        "pad": _("Pad"),
        "phone": _("Phone"),
        "window_n": _("Window {n}"),
        "no_ratings": _("No rating has arrived since this page was opened."),
    }


def _score_words() -> dict[str, str]:
    return {
        "too_few": _("too few ratings"),
        "unrated": _("none"),
        "by_window": _("Window"),
        "by_clerk": _("Clerk"),
        "moved": _("{name}: {score} points"),
    }


def _door_words() -> dict[str, str]:
    return {
        "kiosk": _("Kiosk"),
        "board": _("Board"),
        "panel": _("Window panel"),
        "pad_device": _("Rating pad"),
        "announcer": _("Announcer"),
        "no_screens": _("No screen has been paired yet."),
        "revoked": _("Taken back"),
        "revoke": _("Take back"),
        "revoke_sure": _("Take back this screen? It shows nothing until it is paired again."),
        "one_time": _("New one-time password"),
        "one_time_sure": _("{name} gets a new one-time password, and the old password stops working."),
        "one_time_is": _("One-time password for {name}: {password}"),
        "has_password": _("Has a password"),
        "has_one_time": _("One-time password not used yet"),
        "no_password": _("Can't sign in yet"),
        "code_is": _("Type this code on the screen within ten minutes: {code}"),
        "whole_hall": _("Whole hall"),
        "clerk": _("Clerk"),
        "guide": _("Guide"),
        "supervisor": _("Supervisor"),
        "inspector": _("Inspector"),
        "administrator": _("Administrator"),
        "uncertain": _("The hall doesn't answer. Check the network, then try again."),
    }
