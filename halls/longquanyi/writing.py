"""Writes tables of a hall file; the standard library only reads TOML."""

from __future__ import annotations

import json

from longquanyi.items import Department, Service
from longquanyi.people import Person
from longquanyi.windows import WEEKEND_TURNS, Window

MORNING, AFTERNOON = ("08:30", "12:00"), ("14:00", "17:30")
SHORT_MORNING, SHORT_AFTERNOON = ("09:00", "12:00"), ("14:00", "17:00")


def quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def both(pair: str) -> str:
    """The inline table of a "中文/English" pair."""
    zh, _, en = pair.partition("/")
    return f"{{ zh = {quoted(zh)}, en = {quoted(en)} }}"


def table(header: str, **keys: str) -> str:
    """A table; keys with nothing to say are left out."""
    lines = [f"{key} = {value}" for key, value in keys.items() if value]
    return "\n".join([f"[[{header}]]", *lines, ""])


def person_table(person: Person) -> str:
    return table(
        "staff",
        id=quoted(person.id),
        name=both(person.name),
        post=both(person.post),
        role=quoted(person.role) if person.role != "clerk" else "",
        promise=both(person.promise) if person.promise else "",
        windows=quoted(person.windows) if person.windows else "",
    )


def department_table(department: Department) -> str:
    return table("departments", id=quoted(department.id), name=both(f"{department.zh}/{department.en}"))


def service_table(department: Department, service: Service) -> str:
    return table(
        "services",
        id=quoted(service.id),
        department=quoted(department.id),
        name=both(f"{service.zh}/{service.en}"),
        prefix=quoted(service.prefix),
        case=quoted("promised") if service.days else "",
        limit_days=str(service.days or ""),
        fee=both(service.fee) if service.fee else "",
        materials=f"[{', '.join(both(each) for each in service.materials)}]",
        minutes=str(service.minutes),
        common="true" if service.common else "",
    )


def window_table(window: Window) -> str:
    helps = ", ".join(f"{{ service = {quoted(s)}, reluctance = {r} }}" for s, r in window.helps.items())
    return table(
        "windows",
        id=quoted(window.id),
        name=both(f"{window.zh}/{window.en}"),
        area=quoted(window.department.area),
        hours=quoted(window.hours),
        departments=quoted(window.departments) if window.departments else "",
        serves=quoted(window.serves) if window.serves else "",
        helps=f"[{helps}]" if helps else "",
    )


def weekend_hours(windows: list[Window]) -> str:
    """Weekdays as everybody, weekends in rotation: a turn for every fourth window of each department."""
    keeping = [each for each in windows if each.hours == "weekend"]
    turns = quoted([[each.id for each in keeping[turn::WEEKEND_TURNS]] for turn in range(WEEKEND_TURNS)])
    week = [stretch('"mon", "tue", "wed", "thu", "fri"', *times) for times in (MORNING, AFTERNOON)]
    turn = f', rotation = {turns}, every = "week"'
    weekend = [stretch('"sat", "sun"', *times, turn) for times in (SHORT_MORNING, SHORT_AFTERNOON)]
    return table("hours", id=quoted("weekend"), open=f"[\n{''.join([*week, *weekend])}]")


def stretch(days: str, opens: str, closes: str, turn: str = "") -> str:
    return f'    {{ days = [{days}], opens = "{opens}", closes = "{closes}"{turn} }},\n'
