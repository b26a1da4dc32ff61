"""What may stand after an option of a command; the rest is refused in one line, before anything is read."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError

CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
A_DAY = 24 * 60.0
MOST_PLAYS = 2_000
MOST_SEED = 2**32 - 1


def renewal(text: str) -> float:
    """Minutes between two estimates."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 1.0 <= minutes <= A_DAY:
        raise ArgumentTypeError(f"{text!r} should be minutes, from 1 to {A_DAY:g}.")
    return minutes


def time_of_day(text: str) -> str:
    """HH:MM, as it was typed."""
    if not CLOCK.fullmatch(text):
        raise ArgumentTypeError(f"{text!r} should be a time of day such as 10:00.")
    return text


def plays(text: str) -> int:
    return whole(text, 1, MOST_PLAYS)


def seed(text: str) -> int:
    return whole(text, 0, MOST_SEED)


def whole(text: str, least: int, most: int) -> int:
    """ArgumentTypeError for what is no whole number between the two, both included."""
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise ArgumentTypeError(f"{text!r} should be a whole number from {least} to {most}.")
    return number
