"""The sentences that the office's scripts say, in the language of the request."""

from __future__ import annotations

from office.watch_words import watch_words
from web.wait_words import short_wait_words
from web.words import _


def start_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return {"opens_at": _("Opens {when}"), "live": _("Live"), "lost": _("No connection to the hall")}


def office_words() -> dict[str, str]:
    floor = _hall_words() | _finding_words() | short_wait_words()
    return floor | _rating_words() | _score_words() | _door_words() | _people_words() | watch_words()


def _hall_words() -> dict[str, str]:
    return {
        "closed": _("Closed"),
        "empty": _("Unattended"),
        "paused": _("Paused"),
        "called": _("Called"),
        "serving": _("Serving"),
        "free": _("Free"),
        "of": _("{n} of {all}"),
        "minutes": _("{n} min"),
        "minutes_ago": _("{n} min ago"),
        "people_wait": _("{n} waiting"),
        "nobody": _("Nobody is waiting."),
        "away_until": _("{number} asked to be called later, from {time}"),
        "ends_late": _("No more numbers: it would end after {time}"),
        "keep_open": _("Give numbers again today"),
        "more_services": _("and {n} more services"),
        "lost": _("Not live: nothing heard from the hall for {age} seconds."),
        "never": _("Not live: the hall can't be reached."),
        "updated": _("Updated {age} s ago"),
    }


def _finding_words() -> dict[str, str]:
    """What stands out in the hall."""
    return {
        "kind_empty": _("Unattended"),
        "kind_paused": _("Paused"),
        "kind_idle": _("Free while people wait"),
        "kind_walking": _("Called, not come"),
        "find_walking": _("{number} hasn't come yet"),
        "kind_long": _("Takes long"),
        "find_long": _("{number}, usually about {usual} min"),
        "between": _(", "),
        "kind_stranded": _("Nobody there"),
        "find_stranded": _("{service}: no window keeps hours"),
        "kind_rating": _("Bad rating"),
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
        "other_reason": _("Something else"),
        "rated_today": _("positive of {n} rated today"),
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
        "code_is": _("Type this code on the screen within ten minutes: {code}"),
        "whole_hall": _("Whole hall"),
        "door_is_open": _("A browser on the hall's own machine opens screens without a code."),
        "door_is_shut": _("Every screen needs a code, also on the hall's own machine."),
        "door_proxied": _("Behind a proxy every screen needs a code, also on the hall's own machine."),
        "door_shut": _("Ask for a code there, too"),
        "door_open": _("Open screens there without a code"),
        "door_shut_sure": _("Screens on the hall's own machine that have no code close at once. Go on?"),
        "door_open_sure": _("Everybody who uses the hall's own machine can open any screen. Go on?"),
    }


def _people_words() -> dict[str, str]:
    return {
        "one_time": _("New one-time password"),
        "sign_out_of": _("Sign out ({n})"),
        "all_out_sure": _("Everybody but you has to sign in again, also at the windows. Go on?"),
        "one_time_sure": _("{name} gets a new one-time password, and the old password stops working."),
        "one_time_is": _("One-time password for {name}: {password}"),
        "has_password": _("Has a password"),
        "has_one_time": _("One-time password not used yet"),
        "no_password": _("Can't sign in yet"),
        "clerk": _("Clerk"),
        "guide": _("Guide"),
        "supervisor": _("Supervisor"),
        "inspector": _("Inspector"),
        "administrator": _("Administrator"),
        "uncertain": _("The hall doesn't answer. Check the network, then try again."),
    }
