"""The sentences that the screens' scripts say, in the language of the request."""

from __future__ import annotations

from web.wait_words import short_wait_words
from web.words import _

Words = dict[str, str]


def live_words() -> Words:
    """How old the data is; every screen says so."""
    return {
        "live": _("Live"),
        "updated": _("updated {seconds} s ago"),
        "connecting": _("Connecting to the hall …"),
        "refused": _("The hall does not accept this screen: {why}"),
    }


def board_words() -> Words:
    """For the board."""
    return live_words() | short_wait_words() | {
        "wait_range": _("{low}–{high} min"),
        "wait_hours": _("{low}–{high} h"),
        "not_live": _("NOT LIVE since {time}: watch the window panels and listen to the clerks"),
        "never_live": _("NOT LIVE: watch the window panels and listen to the clerks"),
        "idle": _("Please wait until your number is called"),
        "page": _("{page} of {pages}"),
        "newest": _("New"),
        "again": _("Called again"),
        "missed": _("Missed"),
        "serving": _("Serving"),
        "held": _("Set aside"),
        "finished": _("Finished"),
        "get_ready": _("Get ready, likely next: {numbers}"),
        "paused_plain": _("Window {window}"),
        "paused_wait": _("Window {window}: please wait"),
        "paused_go_to": _("Window {window}: please go to {other}"),
        "window": _("Window {window}"),
        "complaint": _("Complaints and suggestions: {phone}"),
        "published": _("{month}: {ratings} ratings, {positive} positive"),
        "published_right": _(
            "{month}: {ratings} ratings, {positive} positive, {put_right} of the bad ones put right"
        ),
        "flags_of": _("Red-flag windows of {month}"),
        "flags_more": _("and {n} more"),
        "flags_published": _("Published on {day}"),
        "opens_today": _("Closed. Opens today at {time}"),
        "opens_on": _("Closed. Opens {day} at {time}"),
        "closed_now": _("Closed"),
    }


def panel_words() -> Words:
    """For the sign above a window."""
    return live_words() | {
        "not_live": _("NOT LIVE since {time}: please listen to the clerk"),
        "never_live": _("NOT LIVE: please listen to the clerk"),
        "called": _("Please come to this window"),
        "serving": _("Now serving"),
        "free": _("Please wait until your number is called"),
        "paused": _("Paused"),
        "go_to": _("Please go to window {window}"),
        "wait": _("Please wait, we will be back soon"),
        "closed": _("Closed"),
        "nobody": _("Nobody at this window at the moment"),
        "follow_board": _("Please follow the hall board"),
    }


def announcer_words() -> Words:
    """For the loudspeaker."""
    return live_words() | {
        "not_live": _("NOT LIVE since {time}: nothing can be announced"),
        "never_live": _("NOT LIVE: nothing can be announced"),
        "idle": _("No call to announce"),
        "window": _("Window {window}"),
        "again": _("Called again"),
        "next": _("{count} more to announce"),
        "next_old": _("{count} more to announce, the oldest for {seconds} s"),
    } | announcing_words()


def announcing_words() -> Words:
    """Which voice is in force, for each language that calls are spoken in."""
    return {
        "voice_hall": _("{language}: the hall's voice"),
        "voice_browser": _("{language}: this device's own voice"),
        "voice_chime": _("{language}: no voice, chime and captions only"),
        "zh_Hans": _("Mandarin"),
        "yue": _("Cantonese"),
        "en": _("English"),
    }
