"""What a fact has to be before it is kept: a day that came, a kind that people enter, numbers in bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from unicodedata import category

from scoring.fact_errors import (
    DayAhead,
    DayTooEarly,
    FigureNeeded,
    NotADay,
    NotANumber,
    PointsNotFree,
    PointsOutOfRange,
    TextNotPlain,
    TextTooLong,
    ToldByTheQueue,
    UnknownKind,
)
from scoring.facts import KINDS, OF_THE_QUEUE, Kind
from scoring.scheme import Item

ENTERED: tuple[Kind, ...] = tuple(
    kind for kind in KINDS if kind not in OF_THE_QUEUE or kind == "case_overdue"
)
"""What people may enter; whether a case was done in time is known to the departments alone."""
EARLIEST = "2000-01-01"
"""No fact is older: a slip of the pen such as 0226 would call for assessments of that year."""
NOTE_LENGTH = 500
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIMES, VALUES, POINTS = (Decimal("0.01"), Decimal(1000)), (Decimal(0), Decimal(100_000)), Decimal(1000)
DECIMALS, DIGITS = 2, 9


@dataclass(frozen=True)
class NewFact:
    """What somebody wants to enter."""

    day: str
    kind: str = "item"
    item: str = ""
    scheme: str = ""
    window: str | None = None
    clerk: str | None = None
    times: Decimal = Decimal(1)
    value: Decimal | None = None
    points: Decimal | None = None
    note: str = ""


def must_make_sense(wanted: NewFact, today: str) -> None:
    """Whatever hall it is."""
    must_be_a_day(wanted.day, today)
    must_be_entered(wanted.kind)
    for number, least, most in bounds_of(wanted):
        must_be_plain(number, least, most)
    must_be_text(wanted.note)
    if wanted.kind != "item" and wanted.points is not None:
        raise PointsNotFree(item=wanted.kind)
    if wanted.kind == "figure" and (not CODE.fullmatch(wanted.item) or wanted.value is None):
        raise FigureNeeded()


def must_be_text(words: str) -> None:
    """Of a bounded length, without control characters such as NUL; lines and tabs are text."""
    if len(words) > NOTE_LENGTH:
        raise TextTooLong(most=NOTE_LENGTH)
    if any(category(sign) in ("Cc", "Cs") and sign not in "\r\n\t" for sign in words):
        raise TextNotPlain()


def kind_of(name: str) -> Kind:
    """Raises UnknownKind."""
    for kind in KINDS:
        if kind == name:
            return kind
    raise UnknownKind(kind=name)


def must_be_entered(name: str) -> None:
    if kind_of(name) not in ENTERED:
        raise ToldByTheQueue(kind=name)


def must_be_a_day(day: str, today: str) -> None:
    try:
        if not DAY.fullmatch(day):
            raise ValueError
        date.fromisoformat(day)
    except ValueError:
        raise NotADay(day=day) from None
    must_not_be_too_early(day)
    if day > today:
        raise DayAhead(day=day)


def must_not_be_too_early(day: str) -> None:
    if day < EARLIEST:
        raise DayTooEarly(day=day, first=EARLIEST)


def bounds_of(wanted: NewFact) -> list[tuple[Decimal | None, Decimal, Decimal]]:
    """Every number with the least and the most that make sense."""
    return [(wanted.times, *TIMES), (wanted.value, *VALUES), (wanted.points, -POINTS, POINTS)]


def must_be_plain(number: Decimal | None, least: Decimal, most: Decimal) -> None:
    if number is None:
        return
    fine = is_short(number) and least <= number <= most
    if not fine or number != number.quantize(Decimal(1).scaleb(-DECIMALS)):
        raise NotANumber(value=str(number)[:40], least=str(least), most=str(most))


def is_short(number: Decimal) -> bool:
    """Whether few digits write it out, zeros included; neither infinite nor no number."""
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and abs(exponent) <= DIGITS and len(digits) <= 2 * DIGITS


def must_be_worth(item: Item, points: Decimal | None) -> None:
    """Points are chosen only where the scheme leaves a range."""
    if points is None:
        return
    if item.up_to is None:
        raise PointsNotFree(item=item.code)
    least, most = sorted((item.points, item.up_to))
    if not least <= points <= most:
        raise PointsOutOfRange(item=item.code, least=f"{least:f}", most=f"{most:f}")
