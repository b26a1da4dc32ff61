"""What the kiosk offers: departments, services and places, in one language, as its script reads them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kiosk.guides import guide_of
from kiosk.pictures import picture_of
from queueing.class_rules import TicketClass, name_of
from queueing.grants import granted_at
from queueing.house import Department, House, Service, Text, Window
from web.pinyin import spelling
from web.spoken import said_in

Facts = dict[str, Any]

TINTS = 6
"""How many colours a picture may stand on."""


def catalogue(house: House, language: str) -> Facts:
    """The whole offer; every text is in this language, what people may type is in all of them."""
    windows = {service.id: _windows_of(house, service) for service in house.services}
    return {
        "hall": _hall(house, language),
        "language": language,
        "areas": [{"id": area.id, "name": said_in(language, area.name)} for area in house.areas],
        "departments": _departments(house, windows, language),
        "services": [_service(house, service, windows[service.id], language) for service in house.services],
        "grounds": _grounds(house, language),
        "grounds_are_seen": any(house.classes[name].confirm for name in granted_at(house.classes, "kiosk")),
        "booking": _booking(house),
        "cases": bool(house.cases.url),
        "identity": {"others": house.identity.other_documents, "keep_days": house.identity.keep_days},
    }


def _hall(house: House, language: str) -> Facts:
    info = house.hall
    return {
        "id": info.id,
        "name": said_in(language, info.name),
        "timezone": info.timezone,
        "first_language": info.languages[0],
        "complaint_phone": info.complaint_phone,
    }


def _departments(house: House, windows: dict[str, list[Window]], language: str) -> list[Facts]:
    areas = _areas_of(house, windows)
    return [
        _department(department, place % TINTS, areas.get(department.id), language)
        for place, department in enumerate(house.departments)
        if department.id in areas
    ]


def _booking(house: House) -> Facts:
    """An empty prefix: the hall has no appointments."""
    rules = house.bookings
    return {
        "prefix": rules.prefix if rules.is_on else "",
        "days_ahead": rules.days_ahead,
        "keep_days": rules.keep_days,
    }


def _department(department: Department, tint: int, area: str | None, language: str) -> Facts:
    return {
        "id": department.id,
        "name": said_in(language, department.name),
        "picture": picture_of(department.name.zh, department.icon),
        "tint": tint,
        "area": area,
        "promises": [said_in(language, promise) for promise in department.promises],
    }


def _areas_of(house: House, windows: dict[str, list[Window]]) -> dict[str, str | None]:
    """Where most of a department's windows stand; departments without a service are left out."""
    found: dict[str, Counter[str]] = {}
    for service in house.services:
        counted = found.setdefault(service.department, Counter())
        counted.update(window.area for window in windows[service.id])
    return {department: _commonest(counted) for department, counted in found.items()}


def _commonest(counted: Counter[str]) -> str | None:
    return counted.most_common(1)[0][0] if counted else None


def _windows_of(house: House, service: Service) -> list[Window]:
    """The windows whose own work it is; helpers call from elsewhere, so nobody is sent to wait there."""
    return [
        window
        for window in house.windows
        if service.id in window.serves or service.department in window.departments
    ]


def _service(house: House, service: Service, windows: list[Window], language: str) -> Facts:
    initials, pinyin = spelling(service.name.zh)
    return {
        "id": service.id,
        "department": service.department,
        "name": said_in(language, service.name),
        "find": {"initials": initials, "pinyin": pinyin, "names": sorted({service.name.zh, service.name.en})},
        "common": service.common,
        "bookable": house.bookings.share_of(service.id) > 0,
        "real_name": service.real_name and house.identity.asked,
        "case": service.case,
        "limit_days": service.limit_days,
        "fee": said_in(language, service.fee),
        "materials": [said_in(language, material) for material in service.materials],
        "guide": guide_of(house, service, language),
        "windows": [window.id for window in windows],
        "areas": list(dict.fromkeys(window.area for window in windows)),
    }


def _grounds(house: House, language: str) -> list[Facts]:
    """What a citizen may say to be called earlier; a class without grounds is one itself."""
    return [
        {"ticket_class": name, "ground": place, "name": said_in(language, text)}
        for name in granted_at(house.classes, "kiosk")
        for place, text in grounds_of(name, house.classes[name])
    ]


def grounds_of(name: str, rule: TicketClass) -> list[tuple[int | None, Text]]:
    """The grounds of a class with their places."""
    return list(enumerate(rule.grounds)) or [(None, name_of(name, rule))]
