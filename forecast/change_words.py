"""Changes to a hall's day in words: what a what-if is asked with.

    window 7 opens 10:00-12:00            also: open window 7 10:00-12:00; without an end: until its hours end
    window 7 opens 10:00-12:00 for permits, passports by li     whom it serves, and who sits there
    window 7 closes 11:00                 for the rest of the day; 11:00-12:00: only then; no time: all day
    clerk li serves permits too           also: window 7 serves permits too
    window 5 helps with permits after 10 min       the same, 10 minutes more reluctant than its own lines
    window 5 stops serving permits        also: clerk li stops serving permits
    clerk li is away 10:00-11:00          the window where li sits is closed meanwhile; no time: all day
    tickets for permits only until 11:00  nobody takes a number after it; appointments come nonetheless
    demand 1.2                            so many times as many people; demand for permits 80 %
    bookings 40 %                         so many of all come by appointment; bookings for permits 0.3
    head start 20                         of priority; head start 5 for appointment
    priority rate 2                       minutes of claim for each minute waited; rate 2 for appointment

Capitals and the kind of dash don't matter; "and", commas and spaces separate several services.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from forecast.changes import (
    DAY,
    Bookings,
    Change,
    ChangeError,
    Closes,
    Demand,
    Opens,
    Rule,
    Serves,
    Until,
    minutes,
)  # fmt: skip

MOST_CHANGES = 20
LONGEST = 300
"""Signs of one change."""

Found = re.Match[str]

CLOCK = r"([01]?\d|2[0-4]):([0-5]\d)"
SPAN = rf"(?P<opens>{CLOCK})(?:\s*(?:-|to|until)\s*(?P<closes>{CLOCK}))?"
WHO = r"(?:window\s+(?P<window>\S+)|clerk\s+(?P<clerk>\S+))"
NUMBER = r"(?P<value>\d+(?:\.\d+)?)\s*(?P<percent>%|percent)?"
MINUTES = r"(?:\s*(?:min|mins|minutes?))?"
OF = r"(?:\s+(?:for|of)\s+(?P<service>\S+))?"
CLASS = r"(?:\s+(?:for|of)\s+(?P<class>[\w-]+))?"


def span(found: Found) -> tuple[float, float | None]:
    """From when to when; ChangeError when it ends before it begins."""
    opens, closes = minutes(found["opens"]), found["closes"] and minutes(found["closes"])
    if closes and closes <= opens:
        raise ChangeError(
            "change_ends_early",
            f"“{found.string}” ends before it begins; say the earlier time first.",
            change=found.string,
        )
    return opens, closes or None


def number(found: Found) -> float:
    return float(found["value"]) / (100.0 if found["percent"] else 1.0)


def services(text: str | None) -> tuple[str, ...]:
    return tuple(each for each in re.split(r"[\s,;|]+", text or "") if each and each.lower() != "and")


def opening(found: Found) -> Change:
    return Opens(found["window"], *span(found), services(found["services"]), found["clerk"] or "")


def closing(found: Found) -> Change:
    """Without an end the rest of the day; without any time all of it."""
    opens, closes = span(found) if found["opens"] else (0.0, None)
    named = found.groupdict()
    return Closes(named.get("window") or "", opens, closes or DAY, named.get("clerk") or "")


def serving(found: Found) -> Change:
    reluctance = found.groupdict().get("value")
    return Serves(found["window"] or "", found["clerk"] or "", found["service"], float(reluctance or 0.0))


def stopping(found: Found) -> Change:
    return Serves(found["window"] or "", found["clerk"] or "", found["service"], None)


def until(found: Found) -> Change:
    return Until(found["service"], span(found)[0])


def demand(found: Found) -> Change:
    return Demand(within(number(found), 0.0, 5.0, found), found["service"] or "")


def bookings(found: Found) -> Change:
    return Bookings(within(number(found), 0.0, 1.0, found), found["service"] or "")


def head_start(found: Found) -> Change:
    value = within(float(found["value"]), 0.0, 600.0, found)
    return Rule("head_start", value, class_of(found))


def class_of(found: Found) -> str:
    return (found["class"] or "priority").lower().replace("-", "_")


def rate(found: Found) -> Change:
    value = within(float(found["value"]), 0.0, 100.0, found)
    return Rule("rate", value, class_of(found))


def within(value: float, least: float, most: float, found: Found) -> float:
    if least <= value <= most:
        return value
    raise ChangeError(
        "change_out_of_bounds",
        f"“{found.string}”: the number must be between {least:g} and {most:g}.",
        change=found.string, least=f"{least:g}", most=f"{most:g}",
    )  # fmt: skip


FORMS: tuple[tuple[str, Callable[[Found], Change]], ...] = (
    (
        rf"window\s+(?P<window>\S+)\s+opens\s+(?:at\s+|from\s+)?{SPAN}"
        r"(?:\s+for\s+(?P<services>.+?))?(?:\s+by\s+(?:clerk\s+)?(?P<clerk>\S+))?",
        opening,
    ),
    (rf"window\s+(?P<window>\S+)\s+closes(?:\s+(?:at\s+|from\s+)?{SPAN})?", closing),
    (rf"clerk\s+(?P<clerk>\S+)\s+is\s+away(?:\s+(?:from\s+)?{SPAN})?", closing),
    (rf"{WHO}\s+serves\s+(?P<service>\S+)(?:\s+too)?", serving),
    (rf"{WHO}\s+helps\s+with\s+(?P<service>\S+)(?:\s+after\s+(?P<value>\d+(?:\.\d+)?){MINUTES})?", serving),
    (rf"{WHO}\s+stops\s+serving\s+(?P<service>\S+)", stopping),
    (rf"tickets\s+for\s+(?P<service>\S+)\s+only\s+until\s+{SPAN}", until),
    (rf"demand{OF}\s+{NUMBER}", demand),
    (rf"bookings{OF}\s+{NUMBER}", bookings),
    (rf"head\s+start\s+{NUMBER}{MINUTES}{CLASS}", head_start),
    (rf"rate\s+{NUMBER}{CLASS}", rate),
)
COMPILED = tuple((re.compile(form, re.IGNORECASE), make) for form, make in FORMS)

OTHER_ORDERS = (
    (r"[\u2010-\u2015\u2212~]", "-"),
    (r"\s+", " "),
    (r"^open window (\S+)", r"window \1 opens"),
    (r"^close window (\S+)", r"window \1 closes"),
    (r"^share of (\S+) bookable", r"bookings for \1"),
    (r"^([\w-]+) (head start|rate) (.+)$", r"\2 \3 for \1"),
)
EXAMPLES = (
    "window 7 opens 10:00-12:00", "window 7 closes 11:00", "clerk li serves permits too",
    "window 5 helps with permits after 10 min", "tickets for permits only until 11:00", "demand 1.2",
    "bookings 40 %", "head start 20", "priority rate 2",
)  # fmt: skip


def parsed(text: str) -> Change:
    """The change that a line of words means; ChangeError says what would be understood."""
    line = one_order(text)
    for form, make in COMPILED:
        found = form.fullmatch(line)
        if found:
            return make(found)
    raise ChangeError(
        "change_unknown", f"“{text.strip()[:LONGEST]}” isn't understood. {nearest(line)}", change=text[:80]
    )


def one_order(text: str) -> str:
    """The same words in the one order that the forms know."""
    if len(text) > LONGEST:
        raise ChangeError("change_too_long", f"A change has at most {LONGEST} signs.", most=str(LONGEST))
    line = text
    for pattern, instead in OTHER_ORDERS:
        line = re.sub(pattern, instead, line.strip(), flags=re.IGNORECASE)
    return line


def nearest(line: str) -> str:
    """Examples that begin like it, or all of them."""
    first = line.lower().split(" ")[0] if line else ""
    close = [each for each in EXAMPLES if first in each.split(" ")]
    return "Say it like: " + "; ".join(close or EXAMPLES) + "."


def all_parsed(texts: Iterable[str]) -> list[Change]:
    """Several changes at once; lines and semicolons separate them too."""
    lines = [line for text in texts for line in re.split(r"[;\n]", text) if line.strip()]
    if len(lines) > MOST_CHANGES:
        raise ChangeError(
            "too_many_changes", f"At most {MOST_CHANGES} changes at once.", most=str(MOST_CHANGES)
        )
    return [parsed(line) for line in lines]
