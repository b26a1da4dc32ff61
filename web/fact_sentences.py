"""What a person reads when a fact, a list or a photo isn't taken."""

from __future__ import annotations

from collections.abc import Mapping

from web.words import LazyString, _l

OF_FACTS: Mapping[str, LazyString] = {
    "unknown_fact": _l("This entry can't be found. Look at the list again."),
    "told_by_the_queue": _l("The queue tells this by itself, so it can't be entered by hand."),
    "unknown_kind": _l('There is no kind of entry called "%(kind)s".'),
    "unknown_item": _l("The scheme has no item %(item)s. Choose one from its list."),
    "unknown_scheme": _l('No scheme "%(scheme)s" was in force in this hall on that day.'),
    "concerns_nobody": _l("Please choose the window or the person that this is about."),
    "day_ahead": _l("%(day)s is still to come. Please choose the day on which it happened."),
    "day_too_early": _l("%(day)s lies before %(first)s. Is the year right?"),
    "not_a_day": _l('"%(day)s" isn\'t a date. Write it like 2026-10-12.'),
    "not_a_number": _l('"%(value)s" isn\'t a number from %(least)s to %(most)s with at most two decimals.'),
    "points_not_free": _l("The scheme itself says how many points this is. Leave the points out."),
    "points_out_of_range": _l("Item %(item)s is worth %(least)s to %(most)s points."),
    "figure_needed": _l("A figure needs its name (letters and digits) and its value."),
    "about_yourself": _l("This is about yourself. Please leave it to somebody else."),
    "four_eyes": _l(
        "Who entered this, or whom it is about, can't withdraw it. Please ask another supervisor or the "
        "administrator."
    ),
    "of_a_rating": _l(
        "This comes from a rating. A reviewer sets ratings aside in the office under “Checks”, with a reason."
    ),
    "of_a_decision": _l(
        "This counts because a complaint or a call-back was decided so. Take the decision back there."
    ),
    "already_withdrawn": _l("This has been withdrawn already."),
    "text_too_long": _l("Please use %(most)s characters at the most."),
    "text_not_plain": _l("This text has characters that can't be read. Please write it anew."),
    "not_your_fact": _l("Photos are added by whoever made the entry, or by a supervisor."),
    "not_a_time": _l('"%(value)s" isn\'t a time like 08:25, or it lies before the coming.'),
    "unknown_leave": _l('"%(value)s" is no kind of leave. Use private, sick or official.'),
}

OF_PHOTOS: Mapping[str, LazyString] = {
    "photo_refused": _l("This isn't a photo that can be kept. Please use JPEG, PNG or WebP, up to 12 MB."),
    "too_many_photos": _l("This entry has %(most)s photos already."),
    "no_room_for_photos": _l(
        "All photos together take more than %(most)s MB. Please tell the administrator: older ones can go."
    ),
    "unknown_photo": _l("This photo isn't there, or isn't there any more."),
}

OF_LISTS: Mapping[str, LazyString] = {
    "empty_list": _l("This list has no line below its heading. Please choose the right file."),
    "not_a_list": _l(
        "This file can't be read as a list. Please send a CSV file as Excel saves it, with the headings that "
        "the example has."
    ),
}

SENTENCES: Mapping[str, LazyString] = {**OF_FACTS, **OF_PHOTOS, **OF_LISTS}
