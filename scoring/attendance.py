"""Attendance lists: four sign-ins a day become late, left early, absent, missed or leave, by the hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from queueing.errors import HallError
from queueing.hall import Hall
from queueing.house import StaffMember, Window
from queueing.people import UnknownStaff
from scoring.fact_errors import NotATime, UnknownLeave
from scoring.fact_rules import NewFact
from scoring.facts import Kind
from scoring.importing import Line
from scoring.lists import Row, day_of, heads, person_of, rows_of

SIGNS = ("in_1", "out_1", "in_2", "out_2")
COLUMNS = {name: name for name in (*SIGNS, "clerk", "window", "leave", "note")} | {
    "date": "day", "day": "day", "日期": "day", "人员": "clerk", "工号": "clerk", "姓名": "clerk",
    "上午签到": "in_1", "上午签退": "out_1", "下午签到": "in_2", "下午签退": "out_2",
    "请假": "leave", "窗口": "window", "说明": "note", "备注": "note",
}  # fmt: skip
LEAVES: dict[str, Kind | None] = {
    "": "absent", "private": "private_leave", "事假": "private_leave", "sick": "sick_leave",
    "病假": "sick_leave", "official": None, "公假": None, "出差": None,
}  # fmt: skip
"""What being away is; official leave and journeys count for nothing."""
TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?")


@dataclass(frozen=True)
class Half:
    """A part of somebody's day with its two sign-ins; `share`: how much of the day it is."""

    opens: time
    closes: time
    came: time | None
    went: time | None
    share: Decimal = Decimal("0.5")


Found = tuple[Kind, Decimal, Decimal | None]
"""What it is, how many times, and how much: minutes or days."""


def is_attendance(content: bytes) -> bool:
    """Whether the list has a column for the first sign-in."""
    return any(COLUMNS.get(word) == SIGNS[0] for word in heads(content))


def attendance_lines(content: bytes, hall: Hall) -> list[Line]:
    """The facts in a list of sign-ins; a line may hold none, one or more. Raises NotAList."""
    rows = rows_of(content, COLUMNS, ("day", "clerk", *SIGNS))
    return [line for row in rows for line in lines_of(row, hall)]


def lines_of(row: Row, hall: Hall) -> Iterator[Line]:
    try:
        for wanted in list(facts_in(row, hall)):
            yield Line(row.number, wanted)
    except HallError as error:
        yield Line(row.number, wrong=error)


def facts_in(row: Row, hall: Hall) -> Iterator[NewFact]:
    day, clerk = day_of(row.get("day")), person_of(hall.house, row.get("clerk"))
    person = hall.plan.person(clerk or "")
    if person is None:
        raise UnknownStaff(staff=row.get("clerk")[:40])
    window = home_of(person, row.get("window"), hall)
    signs, away_is = [time_of(row.get(name)) for name in SIGNS], away_by(row.get("leave"))
    hours = hall.hours.stretches(window or hall.house.windows[0], date.fromisoformat(day))
    for kind, times, value in found_in(halves_of(hours, signs), away_is, hall.house.duty.late_minutes):
        yield NewFact(
            day, kind, window=window.id if window else None, clerk=person.id, times=times, value=value,
            note=row.get("note"),
        )  # fmt: skip


def home_of(person: StaffMember, named: str, hall: Hall) -> Window | None:
    """Whose hours the person keeps: the named window's, else the first of the own ones.

    Whoever has none keeps the hours of the hall's first window, and no window is concerned.
    """
    if named:
        return hall.plan.window(named)
    return hall.plan.window(person.windows[0]) if person.windows else None


def halves_of(stretches: Sequence[tuple[datetime, datetime]], signs: Sequence[time | None]) -> list[Half]:
    """Two halves of a day with a break; a day without one has the first coming and the last going only."""
    if not stretches:
        return []
    opens, closes = stretches[0][0].time(), stretches[-1][1].time()
    if len(stretches) == 1:
        came, went = first_of(signs[0], signs[2]), first_of(signs[3], signs[1])
        return [Half(opens, closes, came, went, Decimal(1))]
    noon, afternoon = stretches[0][1].time(), stretches[1][0].time()
    return [Half(opens, noon, signs[0], signs[1]), Half(afternoon, closes, signs[2], signs[3])]


def first_of(one: time | None, other: time | None) -> time | None:
    return other if one is None else one


def found_in(halves: Sequence[Half], away_is: Kind | None, late: float) -> Iterator[Found]:
    """What a day's sign-ins say."""
    away = sum((half.share for half in halves if half.came is None and half.went is None), Decimal(0))
    if away and away_is:
        yield away_is, Decimal(1), away
    missed = sum((half.came is None) != (half.went is None) for half in halves)
    if missed:
        yield "missed_sign_in", Decimal(missed), None
    for half in halves:
        yield from in_time(half, late)


def in_time(half: Half, late: float) -> Iterator[Found]:
    """Late and early by more than so many minutes; 0: that isn't asked."""
    if half.came and half.went and half.went < half.came:
        raise NotATime(value=f"{half.went:%H:%M}")
    after = minutes(half.came) - minutes(half.opens) if half.came else 0
    before = minutes(half.closes) - minutes(half.went) if half.went else 0
    if 0 < late < after:
        yield "late", Decimal(1), Decimal(after)
    if 0 < late < before:
        yield "left_early", Decimal(1), Decimal(before)


def minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def time_of(text: str) -> time | None:
    """08:25, 8:25 or 08:25:10; None for an empty cell."""
    if not text:
        return None
    match = TIME.fullmatch(text)
    if not match:
        raise NotATime(value=text[:40])
    return time(int(match[1]), int(match[2]))


def away_by(leave: str) -> Kind | None:
    if leave.lower() not in LEAVES:
        raise UnknownLeave(value=leave[:40])
    return LEAVES[leave.lower()]
