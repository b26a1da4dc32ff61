"""Appointments: shares that are parts of a whole, letters of their own, rules that fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from queueing.house import House
from settings.checks.names import PREFIX, free
from settings.checks.work import unknown
from settings.findings import KeyPath, Slip

CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAY_MINUTES = 1440
LONGEST_AHEAD = 60


def figures(house: House) -> Iterator[tuple[KeyPath, float, float]]:
    """Every number of the lists, with the least that makes sense."""
    yield ("bookings", "share"), house.bookings.share, 0
    for at, each in enumerate(house.bookings.services):
        yield ("bookings", "services", at, "share"), each.share, 0
    for at, reminder in enumerate(house.bookings.reminders):
        yield ("bookings", "reminders", at, "days_before"), reminder.days_before, 0
        yield ("bookings", "reminders", at, "minutes_before"), reminder.minutes_before, 0


def shares_are_parts(house: House) -> Iterator[Slip]:
    rules = house.bookings
    shares: list[tuple[KeyPath, float]] = [(("bookings", "share"), rules.share)]
    shares += [(("bookings", "services", at, "share"), each.share) for at, each in enumerate(rules.services)]
    for path, share in shares:
        if share > 1:
            yield Slip(path, f"{share:g} is more than all of the time.", "Use 0 to 1, such as 0.3.")


def services_are_known_once(house: House) -> Iterator[Slip]:
    known, named = {each.id for each in house.services}, [each.service for each in house.bookings.services]
    for at, word in enumerate(named):
        path: KeyPath = ("bookings", "services", at, "service")
        yield from unknown(path, "service", word, known)
        if word in named[:at]:
            yield Slip(path, f"'{word}' has a share already.", "Take one of the two out.")


def letters_are_free(house: House) -> Iterator[Slip]:
    """Only where anything is booked, so that a hall that has no appointments needs no letters for them."""
    letters = house.bookings.prefix
    taken = {each.prefix: f"services[{at}]" for at, each in enumerate(house.services)}
    taken |= {house.fallback.prefix: "fallback.prefix", house.fallback.paper_prefix: "fallback.paper_prefix"}
    if not PREFIX.fullmatch(letters):
        remedy = "Use one to three capital letters A to Z."
        yield Slip(("bookings", "prefix"), f"'{letters}' can't be a number prefix.", remedy)
    elif house.bookings.is_on and letters in taken:
        problem = f"'{letters}' is also the prefix of {taken[letters]}."
        yield Slip(("bookings", "prefix"), problem, f"Choose letters of their own, such as {free(taken)}.")


def slots_fill_the_day(house: House) -> Iterator[Slip]:
    minutes = house.bookings.slot_minutes
    if minutes > 0 and DAY_MINUTES % minutes:
        problem = f"slots of {minutes} minutes don't fill a day."
        yield Slip(("bookings", "slot_minutes"), problem, "Use 15, 20, 30 or 60.")
    if house.bookings.days_ahead > LONGEST_AHEAD:
        problem = f"{house.bookings.days_ahead} days are further than a hall's plans reach."
        yield Slip(("bookings", "days_ahead"), problem, f"Use {LONGEST_AHEAD} or fewer.")


def appointments_have_a_class(house: House) -> Iterator[Slip]:
    if house.bookings.is_on and "appointment" not in house.classes:
        problem = "nobody who booked could be called: the class appointment is missing."
        yield Slip(("bookings",), problem, "Add [classes.appointment], or use share = 0.")


def bookers_are_kept_for_as_long_as_they_are_counted(house: House) -> Iterator[Slip]:
    rules = house.bookings
    if rules.keep_days < rules.needed_days:
        problem = f"{rules.keep_days} days are too few to count what was missed and to end a block."
        remedy = f"Use missed_days + blocked_days = {rules.needed_days} or more, or missed = 0."
        yield Slip(("bookings", "keep_days"), problem, remedy)


def late_is_later_than_on_time(house: House) -> Iterator[Slip]:
    rules = house.bookings
    if rules.late_minutes < rules.grace_minutes:
        problem = f"{rules.late_minutes:g} minutes are less than grace_minutes."
        yield Slip(("bookings", "late_minutes"), problem, f"Use {rules.grace_minutes:g} or more.")


def reminders_have_a_time(house: House) -> Iterator[Slip]:
    names = [each.name for each in house.bookings.reminders]
    for at, each in enumerate(house.bookings.reminders):
        path: KeyPath = ("bookings", "reminders", at)
        if bool(each.at) == bool(each.minutes_before) or (each.at and not CLOCK_TIME.fullmatch(each.at)):
            remedy = 'Write { days_before = 1, at = "18:00" } or { minutes_before = 120 }.'
            yield Slip(path, "doesn't say when.", remedy)
        elif each.name in names[:at]:
            yield Slip(path, f"stands there twice ({each.name}).", "Take one out.")


ALL = (
    shares_are_parts,
    services_are_known_once,
    letters_are_free,
    slots_fill_the_day,
    appointments_have_a_class,
    bookers_are_kept_for_as_long_as_they_are_counted,
    late_is_later_than_on_time,
    reminders_have_a_time,
)
