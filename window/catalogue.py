"""The hall's windows and services in one language, with what a clerk may type to find them."""

from __future__ import annotations

from functools import cache
from typing import Any

from pypinyin import Style, lazy_pinyin

from queueing.class_rules import WALK_IN, name_of
from queueing.house import House, Service, Text, Window
from web.words import spoken

Facts = dict[str, Any]


def catalogue(house: House, language: str) -> Facts:
    """Windows, services with their guides, and the reasons for a pause."""
    departments = {department.id: department.name for department in house.departments}
    areas = {area.id: area.name for area in house.areas}
    asked = house.identity.asked
    return {
        "timezone": house.hall.timezone,
        "windows": [_window(each, areas[each.area], departments, language) for each in house.windows],
        "services": [
            _service(each, departments[each.department], language) | {"real_name": each.real_name and asked}
            for each in house.services
        ],
        "classes": classes_of(house, language),
        "list_printers": [window for printer in house.printers for window in printer.windows],
        "pauses": [{"id": pause.id, "name": say(pause.name, language)} for pause in house.pauses],
    }


def say(text: Text, language: str) -> str:
    """The text in the page's language."""
    return spoken(text)[language]


def classes_of(house: House, language: str) -> dict[str, str]:
    """What classes are called that a clerk is told of; a walk-in has no tag."""
    named = ((name, name_of(name, rule)) for name, rule in house.classes.items() if name != WALK_IN)
    return {name: say(text, language) for name, text in named}


def _window(window: Window, area: Text, departments: dict[str, Text], language: str) -> Facts:
    bureaus = [departments[each] for each in window.departments]
    return {
        "id": window.id,
        "name": say(window.name, language),
        "area": say(area, language),
        "departments": [say(bureau, language) for bureau in bureaus],
        "find": findable(window.id, window.name, *bureaus),
    }


def _service(service: Service, department: Text, language: str) -> Facts:
    return {
        "id": service.id,
        "name": say(service.name, language),
        "department": say(department, language),
        "prefix": service.prefix,
        "case": service.case,
        "limit_days": service.limit_days,
        "fee": say(service.fee, language),
        "materials": [say(material, language) for material in service.materials],
        "minutes": service.minutes,
        "find": findable(service.prefix, service.name, department),
    }


def findable(code: str, *names: Text) -> str:
    """Everything that a search may hit: the code, the names, the first letters of their pinyin."""
    typed = [word for name in names for word in (name.zh, name.zh_hant, name.en, initials(name.zh))]
    return " ".join([code, *typed]).casefold()


@cache
def initials(name: str) -> str:
    """企业登记 is qydj."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
